import { describe, expect, it } from 'vitest';
import { describeSize, fitRatio, onGrid } from './fit-size.ts';
import type { ModelGrid } from './model-grid.ts';

const PLAIN: ModelGrid = { name: 'a model', grid: 16, area: 1024 * 1024, landscape: [1216, 832] };
const TRAINED: ModelGrid = {
  ...PLAIN,
  grid: 64,
  buckets: [
    [1024, 1024],
    [1344, 768],
  ],
};

describe('fitRatio', () => {
  it('takes a trained size near the ratio, turned for portrait', () => {
    expect(fitRatio(16 / 9, 1024 * 1024, TRAINED)).toEqual({ width: 1344, height: 768 });
    expect(fitRatio(9 / 16, 1024 * 1024, TRAINED)).toEqual({ width: 768, height: 1344 });
  });

  it('keeps ratio and number of pixels on the grid where there is none', () => {
    for (const ratio of [16 / 9, 2.39, 3 / 4, 1]) {
      const { width, height } = fitRatio(ratio, 1024 * 1024, PLAIN);
      expect([width % 16, height % 16]).toEqual([0, 0]);
      expect(Math.abs(width / height / ratio - 1)).toBeLessThan(0.03);
      expect(Math.abs((width * height) / (1024 * 1024) - 1)).toBeLessThan(0.1);
    }
  });
});

it('snaps to the grid and never below one cell', () => {
  expect(onGrid({ width: 1000, height: 3 }, 64)).toEqual({ width: 1024, height: 64 });
  expect(describeSize({ width: 832, height: 1216 })).toBe('832 × 1216');
});
