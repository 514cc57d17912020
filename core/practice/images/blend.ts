/** One channel of ImageBlend: what two values become; the names are the node's blend modes. */
export function blendValues(mode: string, a: number, b: number): number {
  switch (mode) {
    case 'multiply':
      return a * b;
    case 'screen':
      return 1 - (1 - a) * (1 - b);
    case 'overlay':
      return a <= 0.5 ? 2 * a * b : 1 - 2 * (1 - a) * (1 - b);
    case 'soft_light':
      return b <= 0.5
        ? a - (1 - 2 * b) * a * (1 - a)
        : a + (2 * b - 1) * ((a <= 0.25 ? ((16 * a - 12) * a + 4) * a : Math.sqrt(a)) - a);
    case 'difference':
      return a - b;
    default:
      return b;
  }
}
