import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionAction, SessionEnvelope } from '../../core/contract/actions.ts';
import type { SessionState } from '../../core/contract/session.schema.ts';
import { replaySession } from '../../core/domain/session/replay-session.ts';
import { sessionReducer } from '../../core/domain/session/session-reducer.ts';
import { finishedRun } from '../fakes/tool-context.ts';
import { PROPERTY_RUNS } from './arbitrary-workflow.ts';

const by = { role: 'artist', name: 'artist' } as const;
const client = { role: 'agent', name: 'Claude' } as const;
const nodeWith = (steps: number) => ({ id: 3, type: 'KSampler', widgets_values: [steps] });
const edit = (changeSetId: string, from: number, to: number): SessionAction => ({
  type: 'changeset/applied',
  changeSetId,
  label: 'Steps',
  patch: {
    entries: [
      { collection: 'node', scope: '', id: '3', before: nodeWith(from), after: nodeWith(to) },
    ],
  },
});
const proposal = (changeSetId: string, turnId: string): SessionAction => ({
  type: 'changeset/proposed',
  changeSet: {
    changeSetId,
    turnId,
    baseRevision: 0,
    intent: 'steps',
    ops: [{ op: 'set_widget', nodeId: '3', widget: 'steps', value: 30 }],
    digest: 'd',
    status: 'proposed',
    proposedBy: by,
    proposedAt: 1,
  },
});
const acceptance = (changeSetId: string): SessionAction => ({
  type: 'changeset/accepted',
  changeSetId,
  acceptedOps: [0],
  by,
});
const opening: readonly SessionAction[] = [
  { type: 'session/created', sessionId: 's', title: 'Shot 010' },
  {
    type: 'workflow/loaded',
    name: 'w',
    path: null,
    format: 'graph',
    document: { nodes: [nodeWith(20)], links: [] },
  },
];

function numbered(actions: readonly SessionAction[]): readonly SessionEnvelope[] {
  return actions.map((action, index) => ({ seq: index + 1, at: 1_000 + index, action }));
}

/** Few ids, so that most actions meet something, and many are not possible. */
const turnId = fc.constantFrom('t1', 't2', 't3');
const changeSetId = fc.constantFrom('c1', 'c2', 'c3', 'c4');
const promptId = fc.constantFrom('p1', 'p2');
const steps = fc.constantFrom(20, 30);
const looks = { callId: 'k', name: 'n', title: 'n', status: 'completed', input: {}, summary: '' };
const action: fc.Arbitrary<SessionAction> = fc.oneof(
  turnId.map((id): SessionAction => ({
    type: 'turn/started',
    turnId: id,
    message: 'hm',
    author: by,
  })),
  fc.constantFrom('l1', 'l2').map((id): SessionAction => {
    const call = { ...looks, status: 'completed' as const };
    return { type: 'turn/looked', turnId: id, author: client, call, startedAt: 1 };
  }),
  turnId.map((id): SessionAction => ({ type: 'turn/text', turnId: id, delta: 'a' })),
  turnId.map((id): SessionAction => ({ type: 'turn/moved', turnId: id, status: 'done' })),
  fc.tuple(changeSetId, turnId).map(([id, turn]) => proposal(id, turn)),
  changeSetId.map(acceptance),
  changeSetId.map((id): SessionAction => ({ type: 'changeset/stale', changeSetId: id })),
  fc.tuple(changeSetId, steps, steps).map(([id, from, to]) => edit(id, from, to)),
  fc.constantFrom<SessionAction>({ type: 'history/undone', by }, { type: 'history/redone', by }),
  fc
    .constantFrom('0', '1', '2', '3')
    .map((entryId): SessionAction => ({ type: 'history/went-to', entryId, by })),
  fc.tuple(promptId, turnId).map(([id, turn]): SessionAction => ({
    type: 'run/proposed',
    run: finishedRun({ promptId: id, turnId: turn, status: 'proposed', outputs: [] }),
  })),
  promptId.map((id): SessionAction => ({ type: 'run/queued', promptId: id, warnings: [] })),
  promptId.map((id): SessionAction => ({ type: 'run/started', promptId: id })),
);

describe(`for ${String(PROPERTY_RUNS)} random logs`, () => {
  it('a replay comes to the same as every action by itself, and no state on that way changes afterwards', () => {
    let changes = 0;
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        const log = numbered([...opening, ...actions]);
        const states: SessionState[] = [];
        const texts: string[] = [];
        for (const envelope of log) {
          const state = sessionReducer(states.at(-1), envelope);
          if (state === undefined) throw new Error('no session');
          if (state !== states.at(-1)) changes += 1;
          states.push(state);
          texts.push(JSON.stringify(state));
        }
        expect(replaySession(log)).toEqual(states.at(-1));
        expect(states.map((state) => JSON.stringify(state))).toEqual(texts);
      }),
      { numRuns: PROPERTY_RUNS },
    );
    expect(changes).toBeGreaterThan(PROPERTY_RUNS * 3);
  });
});

describe('a session of many edits', () => {
  /** Turn, proposal, acceptance and edit, over and over, with an undo and a redo of each. */
  function logOf(edits: number): readonly SessionEnvelope[] {
    const each = Array.from({ length: edits }, (_, index): readonly SessionAction[] => {
      const id = String(index);
      const [from, to] = index % 2 === 0 ? [20, 30] : [30, 20];
      return [
        { type: 'turn/started', turnId: id, message: 'hm', author: by },
        proposal(id, id),
        acceptance(id),
        edit(id, from, to),
        { type: 'history/undone', by },
        { type: 'history/redone', by },
        { type: 'turn/moved', turnId: id, status: 'done' },
      ];
    });
    return numbered([...opening, ...each.flat()]);
  }

  function fastest(log: readonly SessionEnvelope[]): number {
    const times = [1, 2, 3].map(() => {
      const began = performance.now();
      replaySession(log);
      return performance.now() - began;
    });
    return Math.min(...times);
  }

  it('opens in time that grows with the edits, not with their square', () => {
    const [few, many] = [logOf(1_000), logOf(16_000)];
    expect(replaySession(many)?.workflow?.revision).toBe(48_000);
    fastest(few);
    // Sixteen times the edits; the square would be 256 times the time.
    expect(fastest(many) / fastest(few)).toBeLessThan(64);
  });
});
