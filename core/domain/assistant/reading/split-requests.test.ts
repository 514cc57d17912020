import { describe, expect, it } from 'vitest';
import { splitRequests, withoutCourtesies } from './split-requests.ts';

const pieces = (text: string): readonly string[] =>
  splitRequests(text).map(({ start, end, joint }) => `${joint}: ${text.slice(start, end)}`);
const bare = (text: string): string => {
  const { start, end } = withoutCourtesies(text);
  return text.slice(start, end);
};

describe('splitRequests', () => {
  it('cuts at commas, "and", "then" and ends of sentences, and says how', () => {
    expect(pieces('30 steps, 16:9 and seed 7. karras; then run')).toEqual([
      'start: 30 steps',
      'soft: 16:9',
      'soft: seed 7',
      'sentence: karras',
      'then: run',
    ]);
  });

  it('keeps quotes, decimals and thousands whole', () => {
    expect(pieces('add "rain, fog and snow" to the prompt')).toHaveLength(1);
    expect(pieces('cfg 6.5')).toHaveLength(1);
    expect(pieces('1,200 steps')).toHaveLength(1);
  });

  it('finds nothing in nothing', () => {
    expect(splitRequests(' , ; ')).toEqual([]);
  });
});

describe('withoutCourtesies', () => {
  it('takes politeness from both ends, meaning stays', () => {
    expect(bare('Hey, could you please set steps to 30 for me, thanks!')).toBe('set steps to 30');
    expect(bare('Would you be able to lower the CFG? Thank you!')).toBe('lower the CFG');
    expect(bare('oops, put it back')).toBe('put it back');
  });

  it('leaves a message alone that is nothing else', () => {
    expect(bare('thanks')).toBe('thanks');
    expect(bare('no')).toBe('no');
  });
});
