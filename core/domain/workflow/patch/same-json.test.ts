import { describe, expect, it } from 'vitest';
import { type JsonValue } from '../../../base/json.ts';
import { isSameJson } from './same-json.ts';

describe('isSameJson', () => {
  it.each<[JsonValue | undefined, JsonValue | undefined]>([
    [undefined, undefined],
    [null, null],
    [NaN, NaN],
    [{}, {}],
    [[], []],
    [
      { a: [1, { b: 'x' }], c: null },
      { a: [1, { b: 'x' }], c: null },
    ],
  ])('is true for values that are written alike: case %#', (a, b) => {
    expect(isSameJson(a, b)).toBe(true);
  });

  it.each<[string, JsonValue | undefined, JsonValue | undefined]>([
    ['something and nothing', null, undefined],
    ['numbers of different precision', 1, 1n],
    ['zero and minus zero', 0, -0],
    ['a number and its text', 1, '1'],
    ['a list and an object', [], {}],
    ['a list and a number', [1], 1],
    ['an object and nothing', {}, null],
    ['a list and a longer one', [1], [1, 2]],
    ['lists with another member', [1, 2], [1, 3]],
    ['an object and one with more keys', { a: 1 }, { a: 1, b: 2 }],
    ['objects with another value', { a: 1, b: 2 }, { a: 1, b: 3 }],
    ['objects with another key', { a: 1 }, { b: 1 }],
    ['keys in another order', { a: 1, b: 1 }, { b: 1, a: 1 }],
    ['something different deep inside', { a: [{ b: [1] }] }, { a: [{ b: [2] }] }],
  ])('is false for %s, whichever comes first', (_, a, b) => {
    expect(isSameJson(a, b)).toBe(false);
    expect(isSameJson(b, a)).toBe(false);
  });
});
