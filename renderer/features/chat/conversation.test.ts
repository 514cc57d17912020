import { describe, expect, it } from 'vitest';
import type { Run } from '../../../core/contract/run/run.schema.ts';
import type { ChangeSet, Turn } from '../../../core/contract/session.schema.ts';
import { recallMessage } from './recall.ts';
import { toBlocks } from './rich-text.tsx';
import { toTimeline } from './timeline.ts';

function turn(
  turnId: string,
  message: string,
  startedAt = 0,
  role: 'artist' | 'agent' = 'artist',
): Turn {
  return { turnId, message, author: { role, name: 'x' }, status: 'done', parts: [], startedAt };
}

describe('recalling messages', () => {
  const turns = [turn('1', 'a'), turn('2', 'b'), turn('3', 'b'), turn('4', 'theirs', 0, 'agent')];

  it('goes back through the artist’s own messages, repeated ones once', () => {
    const first = recallMessage(turns, null, -1);
    expect(first?.message).toBe('b');
    expect(recallMessage(turns, first?.at ?? null, -1)?.message).toBe('a');
  });

  it('stops at the oldest and gives the empty field back after the newest', () => {
    expect(recallMessage(turns, 0, -1)).toBeUndefined();
    expect(recallMessage(turns, 1, 1)).toEqual({ at: null, message: '' });
  });
});

describe('the conversation', () => {
  it('puts what belongs to no turn between the turns by time', () => {
    const changeSet = { changeSetId: 'c', turnId: 'gone', proposedAt: 20 } as unknown as ChangeSet;
    const own = { promptId: 'r1', turnId: '1', proposedAt: 5 } as unknown as Run;
    const loose = { promptId: 'r2', proposedAt: 15 } as unknown as Run;
    const timeline = toTimeline({
      turns: [turn('1', 'a', 0), turn('2', 'b', 30)],
      changeSets: [changeSet],
      runs: [own, loose],
    });
    expect(timeline.map((item) => [item.kind, item.at])).toEqual([
      ['turn', 0],
      ['run', 15],
      ['change-set', 20],
      ['turn', 30],
    ]);
  });
});

describe('assistant text', () => {
  it('is cut into paragraphs and lists, an unfinished one included', () => {
    expect(toBlocks('One\ntwo\n\n- a\n- b\nafter\n1. x')).toEqual([
      { kind: 'paragraph', lines: ['One', 'two'] },
      { kind: 'list', lines: ['a', 'b'] },
      { kind: 'paragraph', lines: ['after'] },
      { kind: 'list', lines: ['x'] },
    ]);
    expect(toBlocks('')).toEqual([]);
  });
});
