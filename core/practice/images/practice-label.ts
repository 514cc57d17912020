/** Letters of the label, five wide and seven high, as rows of dots. */
const LETTERS: Readonly<Record<string, readonly string[]>> = {
  P: ['####.', '#...#', '#...#', '####.', '#....', '#....', '#....'],
  R: ['####.', '#...#', '#...#', '####.', '#.#..', '#..#.', '#...#'],
  A: ['.###.', '#...#', '#...#', '#####', '#...#', '#...#', '#...#'],
  C: ['.####', '#....', '#....', '#....', '#....', '#....', '.####'],
  T: ['#####', '..#..', '..#..', '..#..', '..#..', '..#..', '..#..'],
  I: ['.###.', '..#..', '..#..', '..#..', '..#..', '..#..', '.###.'],
  E: ['#####', '#....', '#....', '####.', '#....', '#....', '#####'],
};
const WORD = 'PRACTICE';

/**
 * Stamps "PRACTICE" into the lower right corner of a frame, in place: light dots on a dark plate,
 * about a sixth of the width, drawn without fonts. Frames too small to read it get one pixel dots.
 */
export function stampPracticeLabel(
  frame: Float32Array,
  width: number,
  height: number,
  channels: 3 | 4 = 3,
): void {
  const dot = Math.max(1, Math.round(Math.min(width, height * 1.4) / 300));
  const plate = { width: (WORD.length * 6 + 3) * dot, height: 11 * dot };
  const left = Math.max(0, width - plate.width - 3 * dot);
  const top = Math.max(0, height - plate.height - 3 * dot);
  const paint = (x: number, y: number, value: number, part: number): void => {
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    const at = (y * width + x) * channels;
    for (let c = 0; c < 3; c += 1) {
      frame[at + c] = (frame[at + c] ?? 0) * (1 - part) + value * part;
    }
  };
  for (let y = 0; y < plate.height; y += 1) {
    for (let x = 0; x < plate.width; x += 1) paint(left + x, top + y, 0.05, 0.62);
  }
  for (const [index, letter] of WORD.split('').entries()) {
    for (const [row, line] of (LETTERS[letter] ?? []).entries()) {
      for (const [column, mark] of line.split('').entries()) {
        if (mark !== '#') continue;
        const x = left + (2 + index * 6 + column) * dot;
        const y = top + (2 + row) * dot;
        for (let i = 0; i < dot * dot; i += 1)
          paint(x + (i % dot), y + Math.floor(i / dot), 1, 0.92);
      }
    }
  }
}
