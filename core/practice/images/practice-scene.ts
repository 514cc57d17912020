import { type Sampling } from '../nodes/node-values.ts';
import { createChance, hashText, layeredNoise, mix, smoothNoise, smoothStep } from './chance.ts';
import { choosePalette, type Colour } from './palette.ts';

/** A scene that can be drawn at any size. */
export interface Scene {
  /** Interleaved RGB floats 0..1. */
  draw(width: number, height: number): Float32Array;
}

/**
 * Composes the picture that a sampling "finds": the text chooses colours and motif, the seed the
 * layout, every other setting moves it a little; more steps bring it nearer to its final form.
 */
export function composeScene(sampling: Sampling, frame: number): Scene {
  const motif = createChance(`motif ${sampling.positive}`);
  const layout = createChance(`layout ${sampling.seed} ${frame}`);
  const touch = createChance(`touch ${sampling.parts.join('|')} ${sampling.negative}`);
  const palette = choosePalette(sampling.positive, (touch() - 0.5) * 0.12, motif);
  // What is not yet found after few steps is a displacement that fades as 1/steps.
  const unsettled = 2 / (1 + Math.max(1, sampling.steps));
  const key = hashText(`${sampling.seed} ${frame}`) & 0xffff;
  const guide = hashText(`${sampling.positive}|${sampling.negative}`) & 0xffff;
  const frequency = 1.5 + motif() * 1.4 + (touch() - 0.5) * 0.5;
  const bend = 0.35 + motif() * 0.4 + (touch() - 0.5) * 0.16 + unsettled * 0.6;
  const horizon = 0.5 + (motif() - 0.5) * 0.22 + (layout() - 0.5) * 0.16;
  const sun = {
    x: 0.16 + layout() * 0.68,
    y: horizon * (0.25 + layout() * 0.6),
    size: 0.05 + motif() * 0.07,
  };
  const roughness = 0.6 + touch() * 0.8;
  const ridges = Array.from({ length: 3 + Math.floor(motif() * 3) }, () => ({
    phase: layout() * 40 + unsettled * 3,
    frequency: 1.4 + motif() * 2.6,
    lift: motif() * 0.08,
  }));
  const settledContrast = 0.62 + 0.5 * (1 - Math.exp(-sampling.cfg / 7)) + (touch() - 0.5) * 0.1;
  const contrast = Math.max(0.2, settledContrast - unsettled * 0.7);
  const saturation = 0.7 + 0.045 * Math.min(12, sampling.cfg) + (touch() - 0.5) * 0.1;
  const offset = layout() * 50;
  const exposure = 0.94 + touch() * 0.12 + sampling.denoise * 0.02;

  const colourAt = (u: number, v: number, aspect: number): Colour => {
    const x = u * aspect * frequency + offset;
    const y = v * frequency;
    const warpX = layeredNoise(x + 3.1, y + 7.7, key) * bend;
    const warpY = layeredNoise(x - 5.2, y + 1.3, key + 7) * bend;
    const cloud = layeredNoise(x * 0.8 + warpX * 1.8, y * 2.4 + warpY * 1.8, guide);
    const height = smoothStep(0, horizon + 0.12, v + warpY * 0.12);
    let colour = blend(palette.skyTop, palette.skyLow, height);
    colour = blend(colour, palette.mist, smoothStep(0.02, 0.62, cloud) * (0.35 + 0.4 * height));
    const distance = Math.hypot((u - sun.x) * aspect, v - sun.y);
    const glow = Math.exp(-distance * distance * 9) * 0.55 + Math.exp(-distance * 7) * 0.3;
    colour = blend(colour, palette.light, Math.min(1, glow));
    colour = blend(colour, palette.light, 1 - smoothStep(sun.size * 0.92, sun.size, distance));
    for (const [i, ridge] of ridges.entries()) {
      const depth = (i + 1) / ridges.length;
      const line =
        horizon +
        (i / ridges.length) * (0.98 - horizon) +
        ridge.lift -
        layeredNoise(
          u * aspect * ridge.frequency + ridge.phase + warpX * 0.3,
          ridge.phase,
          key + i,
        ) *
          0.15 *
          roughness -
        smoothNoise(u * aspect * 18 + ridge.phase, i, key) * 0.012 * roughness;
      const cover = smoothStep(line - 0.004, line + 0.004, v);
      if (cover <= 0) continue;
      const below = smoothStep(line, line + 0.4, v);
      const rock = blend(blend(palette.far, palette.near, depth), palette.mist, (1 - depth) * 0.35);
      const lit = blend(rock, palette.light, Math.max(0, cloud) * 0.16 + glow * 0.18);
      colour = blend(colour, blend(lit, palette.mist, below * 0.3 * (1 - depth * 0.6)), cover);
    }
    const edge = Math.hypot(u - 0.5, v - 0.5);
    return grade(colour, contrast, saturation, exposure * (1 - edge * edge * 0.5));
  };

  return {
    draw: (width, height) => {
      const out = new Float32Array(width * height * 3);
      const aspect = width / height;
      for (let row = 0, at = 0; row < height; row += 1) {
        for (let column = 0; column < width; column += 1, at += 3) {
          const [r, g, b] = colourAt((column + 0.5) / width, (row + 0.5) / height, aspect);
          out[at] = r;
          out[at + 1] = g;
          out[at + 2] = b;
        }
      }
      return out;
    },
  };
}

/** Mixes coloured noise into a frame: 1 is noise alone, 0 leaves it as it is. */
export function addNoise(frame: Float32Array, amount: number, seed: string): Float32Array {
  if (amount <= 0) return frame;
  const chance = createChance(`noise ${seed}`);
  const out = new Float32Array(frame.length);
  for (let i = 0; i < frame.length; i += 1) {
    out[i] = mix(frame[i] ?? 0, 0.5 + (chance() + chance() - 1) * 0.7, amount);
  }
  return out;
}

function grade(colour: Colour, contrast: number, saturation: number, exposure: number): Colour {
  const grey = colour[0] * 0.3 + colour[1] * 0.59 + colour[2] * 0.11;
  const part = (value: number): number =>
    Math.min(1, Math.max(0, (mix(grey, value, saturation) * exposure - 0.46) * contrast + 0.48));
  return [part(colour[0]), part(colour[1]), part(colour[2])];
}

function blend(from: Colour, to: Colour, part: number): Colour {
  return [mix(from[0], to[0], part), mix(from[1], to[1], part), mix(from[2], to[2], part)];
}
