import { describe, expect, it } from 'vitest';
import { isSlipOf, readWords } from './read-words.ts';

const read = (text: string, own: readonly string[] = []): string =>
  readWords(text, new Set(own)).plain;

describe('readWords', () => {
  it('reads words that are one slip away from one it knows', () => {
    expect(read('stpes 30')).toBe('steps 30');
    expect(read('smapler to heun')).toBe('sampler to heun');
    expect(read('spets 28')).toBe('steps 28');
  });

  it('says what it corrected, but not short forms', () => {
    expect(readWords('whats the stpes', new Set()).corrections).toEqual([['stpes', 'steps']]);
    expect(read('w/ 30 steps')).toBe('with 30 steps');
    expect(read('w/o fog')).toBe('without fog');
  });

  it('leaves quotes, names of this workflow and good English alone', () => {
    expect(read('add "stpes"')).toBe('add "stpes"');
    expect(read('modle', ['modle'])).toBe('modle');
    expect(read('tell me about it')).toBe('tell me about it');
    expect(read('a rainy train in the snow')).toBe('a rainy train in the snow');
  });

  it('gives back what was typed, in its own case', () => {
    const reading = readWords('Stpes of a Castle', new Set());
    const at = reading.plain.indexOf('castle');
    expect(reading.typed(at, at + 6)).toBe('Castle');
  });
});

describe('isSlipOf', () => {
  it('takes swapped, missing and doubled letters for slips, other words not', () => {
    expect(isSlipOf('smapler', 'sampler')).toBe(true);
    expect(isSlipOf('samler', 'sampler')).toBe(true);
    expect(isSlipOf('stepss', 'steps')).toBe(true);
    expect(isSlipOf('lode', 'node')).toBe(false);
    expect(isSlipOf('more', 'mode')).toBe(false);
  });
});
