import { describe, expect, it } from 'vitest';
import { nearestNames } from './nearest-name.ts';

const CHECKPOINTS = [
  'anime/dreamshaper_8.safetensors',
  'flux1-dev-fp8.safetensors',
  'sd_xl_base_1.0.safetensors',
  'sd_xl_refiner_1.0.safetensors',
  'v1-5-pruned-emaonly.safetensors',
];

describe('nearestNames', () => {
  it.each([
    ['sdxl base', 'sd_xl_base_1.0.safetensors'],
    ['SDXL/sd_xl_base_1.0.ckpt', 'sd_xl_base_1.0.safetensors'],
    ['refiner', 'sd_xl_refiner_1.0.safetensors'],
    ['dreamshaper', 'anime/dreamshaper_8.safetensors'],
    ['dreamshpaer 8', 'anime/dreamshaper_8.safetensors'],
    ['flux', 'flux1-dev-fp8.safetensors'],
    ['v15 pruned', 'v1-5-pruned-emaonly.safetensors'],
  ])('finds what “%s” means', (wanted, name) => {
    expect(nearestNames(wanted, CHECKPOINTS)[0]).toBe(name);
  });

  it('finds mistyped settings and classes', () => {
    expect(nearestNames('stepz', ['seed', 'steps', 'cfg'])[0]).toBe('steps');
    expect(nearestNames('ksampler', ['KSamplerAdvanced', 'KSampler'])).toEqual([
      'KSampler',
      'KSamplerAdvanced',
    ]);
    expect(nearestNames('dpm++ 2m karras', ['euler', 'dpmpp_2m', 'heun'])[0]).toBe('dpmpp_2m');
  });

  it('offers nothing when nothing is near, and no more than asked', () => {
    expect(nearestNames('zebra', CHECKPOINTS)).toEqual([]);
    expect(nearestNames('', CHECKPOINTS)).toEqual([]);
    expect(nearestNames('sd xl', CHECKPOINTS, 1)).toHaveLength(1);
  });

  it('looks through thousands of names in a moment', () => {
    const many = Array.from(
      { length: 20_000 },
      (_, index) => `folder/model_${index}_v2.safetensors`,
    );
    expect(nearestNames('model 19999', many)[0]).toContain('19999');
  });
});
