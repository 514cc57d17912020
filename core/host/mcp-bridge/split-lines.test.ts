import { describe, expect, it } from 'vitest';
import { createLineSplitter } from './split-lines.ts';

function split(limit: number, ...chunks: readonly string[]): readonly string[] {
  const seen: string[] = [];
  const lines = createLineSplitter({
    limit,
    onLine: (line) => seen.push(line),
    onTooLong: () => seen.push('too long'),
  });
  for (const chunk of chunks) lines.push(Buffer.from(chunk, 'latin1'));
  return seen;
}

describe('createLineSplitter', () => {
  it('gives whole lines however the bytes arrive, also in the middle of a character', () => {
    const bytes = Buffer.from('{"a":"é"}\n{"b":2}\r\n\n', 'utf8').toString('latin1');
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(split(100, bytes.slice(0, at), bytes.slice(at))).toEqual(['{"a":"é"}', '{"b":2}']);
    }
  });

  it('drops a line over the limit, tells it once, and goes on with the next', () => {
    expect(split(4, 'abc', 'def', 'ghi\n', 'ok\n')).toEqual(['too long', 'ok']);
  });
});
