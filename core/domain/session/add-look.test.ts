import { expect, it } from 'vitest';
import type { SessionEnvelope } from '../../contract/actions.ts';
import type { SessionState } from '../../contract/session.schema.ts';
import { sessionReducer } from './session-reducer.ts';

const created = { type: 'session/created', sessionId: 's', title: 'Shot 010' } as const;

function reduce(actions: readonly SessionEnvelope['action'][]): SessionState {
  let state: SessionState | undefined;
  for (const [index, action] of [created, ...actions].entries()) {
    state = sessionReducer(state, { seq: index + 1, at: index, action });
  }
  if (state === undefined) throw new Error('nothing was created');
  return state;
}

function look(client: string, at: number): SessionEnvelope['action'] {
  return {
    type: 'turn/looked',
    turnId: `turn-${client}-${String(at)}`,
    author: { role: 'agent', name: client },
    startedAt: at,
    call: {
      callId: `call-${String(at)}`,
      name: 'get_queue_status',
      title: 'Look at the queue',
      status: 'completed',
      input: {},
      summary: 'Look at the queue',
    },
  };
}

const said = {
  type: 'turn/started',
  turnId: 'said',
  message: 'render',
  author: { role: 'artist', name: 'artist' },
} as const;

it('makes one turn of all that a client looks at, counts, and shows the newest', () => {
  const { turns } = reduce(Array.from({ length: 50 }, (_, at) => look('Cursor', at)));
  expect(turns).toHaveLength(1);
  expect(turns[0]).toMatchObject({ looks: 50, status: 'done', startedAt: 0, endedAt: 50 });
  expect(turns[0]?.parts).toHaveLength(20);
  expect(turns[0]?.parts.at(-1)).toMatchObject({ call: { callId: 'call-49' } });
});

it('keeps clients apart, and begins anew after the artist has said something', () => {
  const { turns } = reduce([look('A', 1), look('B', 2), look('A', 3), said, look('A', 4)]);
  expect(turns.map(({ author, looks }) => [author.name, looks])).toEqual([
    ['A', 2],
    ['B', 1],
    ['artist', undefined],
    ['A', 1],
  ]);
});

it('does not grow with the number of names that clients give themselves, and keeps the artist’s turns', () => {
  const { turns } = reduce([said, ...Array.from({ length: 60 }, (_, at) => look(`n${at}`, at))]);
  expect(turns).toHaveLength(21);
  expect(turns[0]?.turnId).toBe('said');
  expect(turns.at(-1)?.author.name).toBe('n59');
});

it('does not move the session to the front of the list: looking is no use of it', () => {
  expect(reduce([look('A', 1)]).updatedAt).toBe(reduce([]).updatedAt);
});
