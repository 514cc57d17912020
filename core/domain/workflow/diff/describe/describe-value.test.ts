import { describe, expect, it } from 'vitest';
import { describeValue, isPlainWord, quoteShort } from './describe-value.ts';

const letters = (count: number): string => 'x'.repeat(count);

describe('describeValue', () => {
  it.each([
    [undefined, 'nothing'],
    [null, 'nothing'],
    [true, 'on'],
    [false, 'off'],
    [18446744073709551615n, '18446744073709551615'],
    [20, '20'],
    [12345678901234567, '12345678901234568'],
    [0.1 + 0.2, '0.3'],
    [0.123456789012, '0.123456789012'],
    [Infinity, 'Infinity'],
    ['', '(empty)'],
    ['euler', 'euler'],
    ['a red fox', '"a red fox"'],
    ['my base.safetensors', 'my base.safetensors'],
    [letters(80), letters(80)],
    [letters(81), `"${letters(79)}…"`],
    [[1, 'a'], '[1,"a"]'],
    [{ a: 1n }, '{"a":1}'],
    [[letters(76)], `["${letters(76)}"]`],
    [[letters(77)], `["${letters(77)}…`],
  ])('shows %o as %s', (value, expected) => {
    expect(describeValue(value)).toBe(expected);
  });
});

describe('isPlainWord', () => {
  it.each([
    ['euler', true],
    ['a fox', false],
    ['my file.png', true],
    ['my file.p', false],
    ['my file.verylongend', true],
    ['my file.verylongendin', false],
    ['my file.png and more', false],
    ['a\nb.png', false],
    [`${letters(76)}.png`, true],
    [`${letters(77)}.png`, false],
  ])('of %j is %s', (text, expected) => {
    expect(isPlainWord(text)).toBe(expected);
  });
});

describe('quoteShort', () => {
  it('puts a text in quotes on one line, without space around it', () => {
    expect(quoteShort('  a\n\n red \t fox ')).toBe('"a red fox"');
  });

  it('cuts what is longer than asked, not in the middle of a space', () => {
    expect(quoteShort('a red fox', 9)).toBe('"a red fox"');
    expect(quoteShort('a red fox', 8)).toBe('"a red f…"');
    expect(quoteShort('a red fox', 7)).toBe('"a red…"');
  });
});
