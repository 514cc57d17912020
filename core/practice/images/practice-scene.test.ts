import { describe, expect, it } from 'vitest';
import { type Latent, type Sampling } from '../nodes/node-values.ts';
import { toPicture } from './picture.ts';
import { decodeLatent } from './render-latent.ts';

const empty: Latent = {
  kind: 'LATENT',
  width: 96,
  height: 64,
  batch: 1,
  content: { kind: 'empty' },
};
const base: Sampling = {
  parts: ['checkpoint a', 'euler', 'normal', 'denoise 1'],
  positive: 'a red fox in the snow',
  negative: 'blurry',
  seed: '1',
  steps: 20,
  cfg: 7,
  denoise: 1,
  leftover: 0,
};

async function draw(changes: Partial<Sampling> = {}, over = empty): Promise<Float32Array> {
  const sampling = { ...base, ...changes };
  const picture = await decodeLatent({ ...over, content: { kind: 'sampled', sampling, over } });
  return picture.frames[0]!;
}

/** Mean difference per value, 0..1. */
function distance(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

describe('practice picture', () => {
  it('is the same for the same settings', async () => {
    expect(distance(await draw(), await draw())).toBe(0);
  });

  it.each<[string, Partial<Sampling>]>([
    ['seed', { seed: '2' }],
    ['seed beyond 2^53', { seed: '9007199254740993' }],
    ['positive text', { positive: 'a blue fox in the snow' }],
    ['negative text', { negative: 'watermark' }],
    ['steps', { steps: 21 }],
    ['cfg', { cfg: 7.5 }],
    ['model, sampler, scheduler or LoRA', { parts: [...base.parts.slice(0, -1), 'lora b 0.5'] }],
  ])('changes when the %s changes', async (_, changes) => {
    expect(distance(await draw(), await draw(changes))).toBeGreaterThan(0.001);
  });

  it('comes nearer to its final form with more steps', async () => {
    const final = await draw({ steps: 60 });
    const distances = await Promise.all(
      [2, 6, 14, 30].map(async (steps) => distance(await draw({ steps }), final)),
    );
    expect(distances).toEqual(distances.toSorted((a, b) => b - a));
  });

  it('keeps of a picture underneath what denoise leaves', async () => {
    const white = toPicture(96, 64, 3, [new Float32Array(96 * 64 * 3).fill(1)]);
    const over: Latent = { ...empty, content: { kind: 'picture', picture: white } };
    const kept = await draw({ denoise: 0.1 }, over);
    const gone = await draw({ denoise: 0.9 }, over);
    expect(distance(kept, white.frames[0]!)).toBeLessThan(distance(gone, white.frames[0]!) / 3);
  });

  it('carries its mark in the lower right corner, light on dark', async () => {
    const frame = await draw();
    const row = 96 * 3 * (64 - 7);
    const values = frame.slice(row, row + 96 * 3);
    expect(Math.max(...values)).toBeGreaterThan(0.9);
    expect(Math.min(...values.slice(48 * 3))).toBeLessThan(0.45);
  });
});
