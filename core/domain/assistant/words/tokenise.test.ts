import { describe, expect, it } from 'vitest';
import { tokenise } from './tokenise.ts';

const kinds = (text: string): readonly string[] =>
  tokenise(text).map((token) => `${token.kind} ${token.text}`);

describe('tokenise', () => {
  it('tells sizes in pixels from aspect ratios', () => {
    expect(tokenise('1344x768')[0]).toMatchObject({ kind: 'size', width: 1344, height: 768 });
    expect(tokenise('16x9')[0]).toMatchObject({ kind: 'ratio', ratio: 16 / 9 });
    expect(tokenise('2.39:1')[0]).toMatchObject({ kind: 'ratio', ratio: 2.39 });
  });

  it('keeps whole numbers beyond 2^53 exact', () => {
    expect(tokenise('seed 12345678901234567890')[1]).toMatchObject({
      value: 12345678901234567890n,
    });
  });

  it('knows signs, percentages, factors, ranges, ids and thousands', () => {
    expect(tokenise('+5')[0]).toMatchObject({ kind: 'number', value: 5, isSigned: true });
    expect(tokenise('-10%')[0]).toMatchObject({ kind: 'percent', value: -10, isSigned: true });
    expect(tokenise('1.5x')[0]).toMatchObject({ kind: 'factor', value: 1.5 });
    expect(tokenise('x2')[0]).toMatchObject({ kind: 'factor', value: 2 });
    expect(tokenise('20-30')[0]).toMatchObject({ kind: 'range', from: 20, to: 30 });
    expect(tokenise('#12:3')[0]).toMatchObject({ kind: 'node-id', id: '12:3' });
    expect(tokenise('1,200 steps')[0]).toMatchObject({ value: 1200 });
    expect(tokenise('.6')[0]).toMatchObject({ kind: 'number', value: 0.6 });
  });

  it('keeps names with digits and signs whole', () => {
    expect(kinds('dpm++ 2m "Rain, Night"')).toEqual([
      'word dpm++',
      'word 2m',
      'quoted Rain, Night',
    ]);
  });
});
