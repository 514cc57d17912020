import { expect, it } from 'vitest';
import { toWire } from './wire-json.ts';

it('writes every digit of large integers with plain JSON.stringify', () => {
  const value = { seed: 18_446_744_073_709_551_615n, list: [1, -9_007_199_254_740_993n] };
  expect(JSON.stringify(toWire(value))).toBe(
    '{"seed":18446744073709551615,"list":[1,-9007199254740993]}',
  );
});

it('writes what JSON has no word for as null, and leaves the rest as it is', () => {
  const value = { a: Number.NaN, b: Number.POSITIVE_INFINITY, c: null, d: true, e: 'x', f: 0.5 };
  expect(toWire(value)).toEqual({ a: null, b: null, c: null, d: true, e: 'x', f: 0.5 });
});
