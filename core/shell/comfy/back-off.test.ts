import { expect, it } from 'vitest';
import { backOffMs } from './back-off.ts';

it('asks at once first, then ever more slowly up to 20 s, within a quarter', () => {
  expect(backOffMs(0, 'any')).toBe(0);
  for (const [attempt, middle] of [
    [1, 500],
    [2, 1_000],
    [5, 8_000],
    [50, 20_000],
  ] as const) {
    for (const seed of ['a', 'b', 'c', 'd']) {
      expect(backOffMs(attempt, seed)).toBeGreaterThanOrEqual(middle * 0.75);
      expect(backOffMs(attempt, seed)).toBeLessThanOrEqual(middle * 1.25);
    }
  }
});

it('spreads different seeds and repeats the same', () => {
  const waits = Array.from({ length: 20 }, (_, index) => backOffMs(3, `seed ${String(index)}`));
  expect(new Set(waits).size).toBeGreaterThan(15);
  expect(backOffMs(3, 'same')).toBe(backOffMs(3, 'same'));
});
