import { describe, expect, it } from 'vitest';
import { describePrecision } from './describe-precision.ts';

describe('the number format of a model', () => {
  it.each([
    [{ F16: 900, F32: 100 }, 'fp16'],
    [{ F8_E4M3: 900, F32: 100 }, 'fp8'],
    [{ I64: 3 }, 'i64'],
    [{}, undefined],
  ])('%j: %s', (formats, word) => {
    expect(describePrecision({ formats })).toBe(word);
  });
});
