import { describe, expect, it } from 'vitest';
import { type JsonValue } from '../../../base/json.ts';
import { isSameValue } from './same-value.ts';

const deep = (value: JsonValue): JsonValue => ({ a: [{ b: value }, null], c: 'x' });

describe('isSameValue', () => {
  it.each<[JsonValue | undefined, JsonValue | undefined]>([
    [undefined, undefined],
    [null, null],
    [0, 0],
    [Number.NaN, Number.NaN],
    [5n, 5n],
    ['a', 'a'],
    [[], []],
    [{}, {}],
    [deep(1), deep(1)],
    [
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ],
  ])('holds for %o and %o', (a, b) => {
    expect(isSameValue(a, b)).toBe(true);
  });

  it.each<[JsonValue | undefined, JsonValue | undefined]>([
    [undefined, null],
    [null, {}],
    [0, -0],
    [1, 2],
    [1, 1n],
    [1, '1'],
    [true, 1],
    [[], {}],
    [[1], { '0': 1 }],
    [[1], [2]],
    [[1], [1, 2]],
    [{ a: 1 }, 1],
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1 }, { b: 1 }],
    [{ a: null }, {}],
    [deep(1), deep(2)],
  ])('does not hold for %o and %o, either way round', (a, b) => {
    expect([isSameValue(a, b), isSameValue(b, a)]).toEqual([false, false]);
  });
});
