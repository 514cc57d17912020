/** A number 0..1 that depends on nothing but how often it was asked. */
export type Chance = () => number;

/** A 32-bit hash of a text (FNV-1a with a final mix). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** A repeatable stream of numbers (mulberry32). */
export function createChance(text: string): Chance {
  let state = hashText(text);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Smooth noise -1..1 at a point; the same key gives the same landscape. */
export function smoothNoise(x: number, y: number, key: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const fx = ease(x - x0);
  const fy = ease(y - y0);
  const top = mix(corner(x0, y0, key), corner(x0 + 1, y0, key), fx);
  const bottom = mix(corner(x0, y0 + 1, key), corner(x0 + 1, y0 + 1, key), fx);
  return mix(top, bottom, fy);
}

/** Three octaves of {@link smoothNoise}. */
export function layeredNoise(x: number, y: number, key: number): number {
  return (
    smoothNoise(x, y, key) * 0.57 +
    smoothNoise(x * 2.03, y * 2.03, key + 17) * 0.29 +
    smoothNoise(x * 4.1, y * 4.1, key + 41) * 0.14
  );
}

/** From `a` to `b` by `part`. */
export function mix(a: number, b: number, part: number): number {
  return a + (b - a) * part;
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function smoothStep(from: number, to: number, value: number): number {
  const part = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return part * part * (3 - 2 * part);
}

function ease(part: number): number {
  return part * part * part * (part * (part * 6 - 15) + 10);
}

function corner(x: number, y: number, key: number): number {
  let hash = Math.imul(x, 374_761_393) ^ Math.imul(y, 668_265_263) ^ Math.imul(key, 1_274_126_177);
  hash = Math.imul(hash ^ (hash >>> 13), 1_103_515_245);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2_147_483_648 - 1;
}
