import { describe, expect, it } from 'vitest';
import type { Batch } from '../../../core/contract/run/batch.schema.ts';
import type { ChangeSet, SessionState, Turn } from '../../../core/contract/session.schema.ts';
import type { Decision } from '../../state/core-actions.ts';
import { initialView } from '../../state/app-state.ts';
import { answerInWords } from './answer-in-words.ts';

const turn = (turnId: string, startedAt: number): Turn => ({
  turnId,
  message: turnId,
  author: { role: 'artist', name: 'artist' },
  status: 'awaiting-approval',
  parts: [],
  startedAt,
});
const change: ChangeSet = {
  changeSetId: 'c',
  turnId: 't',
  baseRevision: 0,
  intent: '30 steps and cfg 6',
  ops: [
    { op: 'set_widget', nodeId: '3', widget: 'steps', value: 30 },
    { op: 'set_widget', nodeId: '3', widget: 'cfg', value: 6 },
  ],
  digest: 'd',
  status: 'proposed',
  proposedBy: { role: 'assistant', name: 'built-in' },
  proposedAt: 2,
};
const batch = {
  batchId: 'b',
  turnId: 't',
  status: 'proposed',
  items: [{}, {}, {}],
  proposedAt: 3,
} as unknown as Batch;

type Asked = Decision | readonly number[] | { readonly callId: string; readonly decision: string };

/** What the core was asked; undefined: the message was none of ours. */
function answer(
  message: string,
  session: Partial<SessionState>,
  leftOut: Readonly<Record<string, readonly number[]>> = {},
): Asked | undefined {
  let asked: Asked | undefined;
  const state = { turns: [turn('t', 1)], changeSets: [change], ...session } as SessionState;
  void answerInWords(
    message,
    { session: { state, seq: 1 }, view: { ...initialView, leftOut } },
    {
      respond: async (_, decision) => {
        asked = decision;
        return true;
      },
      answerBatch: async (_, kept) => {
        asked = kept;
        return true;
      },
      answerCall: async (callId, decision) => {
        asked = { callId, decision };
        return true;
      },
    },
  );
  return asked;
}

describe('a yes or a no in words', () => {
  it('answers the change that waits, without what was left out', () => {
    expect(answer('Yes!', {})).toEqual({ kind: 'accept', ops: [0, 1], release: false });
    expect(answer('accept', {}, { c: [0] })).toEqual({ kind: 'accept', ops: [1], release: false });
    expect(answer('yes, render it', {})).toMatchObject({ kind: 'accept', release: true });
    expect(answer('no thanks', {})).toEqual({ kind: 'reject' });
  });

  it('answers the plan that waits, when that is newer', () => {
    expect(answer('ok', { batches: [batch] }, { b: [1] })).toEqual([0, 2]);
    expect(answer('no', { batches: [batch] })).toEqual([]);
  });

  it('answers what another program asks for, when that is newest', () => {
    const asking: Turn = {
      ...turn('of a program', 6),
      author: { role: 'agent', name: 'Cursor' },
      parts: [
        {
          kind: 'tool-call',
          call: {
            callId: 'k',
            name: 'save_workflow',
            title: 'Save',
            status: 'awaiting-approval',
            input: {},
            summary: 'Save a.json',
          },
        },
      ],
    };
    const turns = [turn('t', 1), asking];
    expect(answer('allow it', { turns })).toEqual({ callId: 'k', decision: 'accept' });
    expect(answer('yes', { turns })).toEqual({ callId: 'k', decision: 'accept' });
    expect(answer('don’t allow it', { turns })).toEqual({ callId: 'k', decision: 'reject' });
    expect(answer('ok', { turns: [asking, turn('later', 9)] })).toBeUndefined();
  });

  it('leaves short words to the assistant once something else was said, plain ones not', () => {
    const turns = [turn('t', 1), turn('later', 5)];
    expect(answer('yes', { turns })).toBeUndefined();
    expect(answer('no', { turns })).toBeUndefined();
    expect(answer('reject it', { turns })).toEqual({ kind: 'reject' });
  });

  it('is a message like any other while nothing waits, or when it says more', () => {
    expect(answer('yes', { changeSets: [{ ...change, status: 'applied' }] })).toBeUndefined();
    expect(answer('no, 25 steps', {})).toBeUndefined();
    expect(answer('apply the lora', {})).toBeUndefined();
  });

  it('accepts nothing where everything was left out', () => {
    expect(answer('yes', {}, { c: [0, 1] })).toBeUndefined();
  });
});
