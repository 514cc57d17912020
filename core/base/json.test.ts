import { describe, expect, it } from 'vitest';
import { isJsonArray, isJsonObject, jsonEquals } from './json.ts';

describe('jsonEquals', () => {
  it.each([
    [1, 1n],
    [
      { a: 1, b: [2, null] },
      { b: [2, null], a: 1 },
    ],
    [NaN, NaN],
    ['x', 'x'],
    [[], []],
  ])('finds %o and %o equal', (a, b) => {
    expect(jsonEquals(a, b)).toBe(true);
    expect(jsonEquals(b, a)).toBe(true);
  });

  it.each([
    [1, '1'],
    [9007199254740992, 9007199254740993n],
    [{ a: 1 }, { a: 1, b: null }],
    [{ a: null }, { b: null }],
    [[1], { '0': 1 }],
    [
      [1, 2],
      [2, 1],
    ],
    [null, {}],
    [null, false],
  ])('tells %o from %o', (a, b) => {
    expect(jsonEquals(a, b)).toBe(false);
    expect(jsonEquals(b, a)).toBe(false);
  });
});

describe('isJsonObject and isJsonArray', () => {
  it('know objects from lists and from nothing', () => {
    expect(isJsonObject({})).toBe(true);
    expect(isJsonObject([])).toBe(false);
    expect(isJsonObject(null)).toBe(false);
    expect(isJsonArray([])).toBe(true);
    expect(isJsonArray({})).toBe(false);
  });
});
