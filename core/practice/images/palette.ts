import { type Chance } from './chance.ts';

/** A colour, each part 0..1. */
export type Colour = readonly [number, number, number];

/** Colours of one scene, from far to near. */
export interface Palette {
  readonly skyTop: Colour;
  readonly skyLow: Colour;
  readonly light: Colour;
  readonly mist: Colour;
  readonly far: Colour;
  readonly near: Colour;
}

const WORD_HUES: Readonly<Record<string, number>> = {
  red: 0.0,
  crimson: 0.98,
  fire: 0.03,
  autumn: 0.06,
  orange: 0.07,
  fox: 0.06,
  sunset: 0.05,
  gold: 0.12,
  golden: 0.12,
  desert: 0.1,
  yellow: 0.14,
  green: 0.35,
  forest: 0.36,
  jungle: 0.33,
  teal: 0.48,
  cyan: 0.5,
  ocean: 0.54,
  sea: 0.54,
  sky: 0.57,
  blue: 0.6,
  ice: 0.55,
  snow: 0.57,
  night: 0.64,
  indigo: 0.7,
  purple: 0.76,
  violet: 0.77,
  neon: 0.85,
  pink: 0.91,
  rose: 0.94,
};
const DARK_WORDS = /\b(night|dark|moon|midnight|noir|storm|space|cave)\b/;

/** Picks colours that go with a text; words like "sunset" or "forest" set the hue. */
export function choosePalette(text: string, shift: number, chance: Chance): Palette {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  const named = words.flatMap((word) => {
    const hue = Object.hasOwn(WORD_HUES, word) ? WORD_HUES[word] : undefined;
    return hue === undefined ? [] : [hue];
  });
  const free = chance();
  const hue = (named[0] ?? free) + shift;
  const second = named[1] === undefined ? hue + 0.42 + (chance() - 0.5) * 0.22 : named[1] + shift;
  const isDark = DARK_WORDS.test(text.toLowerCase());
  const bright = isDark ? 0.42 : 0.82;
  return {
    skyTop: fromHsv(hue + 0.03, 0.62, bright * 0.72),
    skyLow: fromHsv(second, 0.38, Math.min(1, bright * 1.18)),
    light: fromHsv(second + 0.04, isDark ? 0.12 : 0.24, 1),
    mist: fromHsv(second - 0.02, 0.26, bright),
    far: fromHsv(hue + 0.08, 0.4, bright * 0.66),
    near: fromHsv(hue - 0.04, 0.58, 0.14),
  };
}

/** Hue, saturation and value (0..1, hue wraps) as a colour. */
function fromHsv(hue: number, saturation: number, value: number): Colour {
  const turn = (((hue % 1) + 1) % 1) * 6;
  const part = (offset: number): number => {
    const k = (offset + turn) % 6;
    return value - value * saturation * Math.max(0, Math.min(k, 4 - k, 1));
  };
  return [part(5), part(3), part(1)];
}
