import { describe, expect, it } from 'vitest';
import type { SessionAction } from '../../contract/actions.ts';
import type { ChangeSet, SessionState } from '../../contract/session.schema.ts';
import type { DocumentPatch } from '../../contract/workflow.schema.ts';
import { sessionReducer } from './session-reducer.ts';
import { findWaitingCall } from './turn-waits.ts';

const artist = { role: 'artist', name: 'artist' } as const;
const node = { id: 3, type: 'KSampler', widgets_values: [7, 'fixed', 20, 8, 'euler', 'normal', 1] };
const changed = { ...node, widgets_values: [7, 'fixed', 30, 8, 'euler', 'normal', 1] };
const patch: DocumentPatch = {
  entries: [{ collection: 'node', scope: '', id: '3', before: node, after: changed }],
};
const changeSet: ChangeSet = {
  changeSetId: 'change-1',
  baseRevision: 0,
  intent: 'cleaner edges',
  ops: [{ op: 'set_widget', nodeId: '3', widget: 'steps', value: 30 }],
  digest: 'd',
  status: 'proposed',
  proposedBy: artist,
  proposedAt: 1,
};
const opened: readonly SessionAction[] = [
  { type: 'session/created', sessionId: 's', title: 'Shot 010' },
  {
    type: 'workflow/loaded',
    name: 'w',
    path: null,
    format: 'graph',
    document: { nodes: [node], links: [] },
  },
];
const accepted: readonly SessionAction[] = [
  ...opened,
  { type: 'changeset/proposed', changeSet },
  { type: 'changeset/accepted', changeSetId: 'change-1', acceptedOps: [0], by: artist },
  { type: 'changeset/applied', changeSetId: 'change-1', label: 'Steps 20 → 30', patch },
];

const secondChange: readonly SessionAction[] = [
  { type: 'changeset/proposed', changeSet: { ...changeSet, changeSetId: 'change-2' } },
  { type: 'changeset/accepted', changeSetId: 'change-2', acceptedOps: [0], by: artist },
  { type: 'changeset/applied', changeSetId: 'change-2', label: 'x', patch },
];

function fold(actions: readonly SessionAction[], from?: SessionState): SessionState {
  let state = from;
  actions.forEach((action, index) => {
    state = sessionReducer(state, { seq: index + 1, at: index + 1, action });
  });
  if (state === undefined) throw new Error('the actions did not make a session');
  return state;
}

function stepsOf(state: SessionState): unknown {
  const nodes = state.workflow?.document['nodes'] as readonly (typeof node)[];
  return nodes[0]?.widgets_values[2];
}

describe('sessionReducer', () => {
  it('makes nothing of an action before the session was created', () => {
    const action: SessionAction = { type: 'session/renamed', title: 'x' };
    expect(sessionReducer(undefined, { seq: 1, at: 1, action })).toBeUndefined();
  });

  it('keeps the text that a workflow was opened from through edits and undo', () => {
    const source = '{"nodes": [], "links": []}';
    const withText = accepted.map((action) =>
      action.type === 'workflow/loaded' ? { ...action, source } : action,
    );
    expect(fold([...withText, { type: 'history/undone', by: artist }]).workflow?.source).toBe(
      source,
    );
  });

  it('applies an accepted change set and counts a revision', () => {
    const state = fold(accepted);
    expect(stepsOf(state)).toBe(30);
    expect(state.workflow?.revision).toBe(1);
    expect(state.changeSets[0]).toMatchObject({ status: 'applied', appliedRevision: 1 });
  });

  it('undoes to the very same document and marks the change set as reverted', () => {
    const state = fold([{ type: 'history/undone', by: artist }], fold(accepted));
    expect(state.workflow?.document).toEqual(fold(opened).workflow?.document);
    expect(state.workflow).toMatchObject({ revision: 2, position: 0 });
    expect(state.changeSets[0]?.status).toBe('reverted');
  });

  it('redoes what was undone', () => {
    const undone = fold([{ type: 'history/undone', by: artist }], fold(accepted));
    const state = fold([{ type: 'history/redone', by: artist }], undone);
    expect(stepsOf(state)).toBe(30);
    expect(state.changeSets[0]?.status).toBe('applied');
  });

  it.each<SessionAction>([
    { type: 'history/undone', by: artist },
    { type: 'history/redone', by: artist },
    { type: 'changeset/applied', changeSetId: 'change-1', label: 'x', patch },
    { type: 'changeset/accepted', changeSetId: 'nope', acceptedOps: [0], by: artist },
    { type: 'turn/text', turnId: 'nope', delta: 'x' },
    { type: 'run/started', promptId: 'nope' },
  ])('returns the same object for $type when it is not possible', (action) => {
    const state = fold(opened);
    expect(sessionReducer(state, { seq: 9, at: 9, action })).toBe(state);
  });

  it('refuses to apply a patch whose base is not there', () => {
    const other: DocumentPatch = {
      entries: [{ collection: 'node', scope: '', id: '9', before: node, after: changed }],
    };
    const state = fold(accepted.slice(0, -1));
    const action: SessionAction = {
      type: 'changeset/applied',
      changeSetId: 'change-1',
      label: 'x',
      patch: other,
    };
    expect(sessionReducer(state, { seq: 9, at: 9, action })).toBe(state);
  });

  it('keeps what could have been redone as a branch when something new is applied', () => {
    const undone = fold([{ type: 'history/undone', by: artist }], fold(accepted));
    const state = fold(secondChange, undone);
    expect(state.workflow?.history).toMatchObject([
      { entryId: '2', parentId: '0', changeSetId: 'change-2' },
    ]);
    expect(state.workflow?.branches).toMatchObject([
      { entryId: '1', parentId: '0', changeSetId: 'change-1' },
    ]);
  });

  it('goes to another branch and back, and says which change sets are applied', () => {
    const undone = fold([{ type: 'history/undone', by: artist }], fold(accepted));
    const other = fold(secondChange, undone);
    const back = fold([{ type: 'history/went-to', entryId: '1', by: artist }], other);
    expect(back.workflow).toMatchObject({ position: 1, revision: 4, history: [{ entryId: '1' }] });
    expect(back.workflow?.branches).toMatchObject([{ entryId: '2' }]);
    expect(back.changeSets.map(({ status }) => status)).toEqual(['applied', 'reverted']);
    const opening = fold([{ type: 'history/went-to', entryId: '0', by: artist }], back);
    expect(opening.workflow?.document).toEqual(fold(opened).workflow?.document);
    expect(opening.changeSets.map(({ status }) => status)).toEqual(['reverted', 'reverted']);
  });

  it('names a place once, and finds it on whichever branch it is', () => {
    const named = fold(
      [
        { type: 'history/checkpointed', name: 'thirty steps', by: artist },
        { type: 'history/undone', by: artist },
        ...secondChange,
      ],
      fold(accepted),
    );
    expect(named.workflow?.checkpoints).toMatchObject([{ name: 'thirty steps', entryId: '1' }]);
    const action: SessionAction = {
      type: 'history/checkpointed',
      name: 'thirty steps',
      by: artist,
    };
    expect(sessionReducer(named, { seq: 9, at: 9, action })).toBe(named);
  });

  it.each(['0', '7', 'nonsense'])(
    'does not go to %s when it is here already or nowhere',
    (entryId) => {
      const state = fold(opened);
      const action: SessionAction = { type: 'history/went-to', entryId, by: artist };
      expect(sessionReducer(state, { seq: 9, at: 9, action })).toBe(state);
    },
  );

  it('replays to an equal session from its actions alone', () => {
    expect(fold(accepted)).toEqual(fold(accepted));
  });
});

describe('turns', () => {
  const turn: readonly SessionAction[] = [
    ...opened,
    { type: 'turn/started', turnId: 't', message: 'render', author: artist },
    {
      type: 'turn/tool-call',
      turnId: 't',
      call: { callId: 'c', name: 'n', title: 'N', status: 'ready', input: {}, summary: 's' },
    },
    { type: 'turn/tool-call-moved', turnId: 't', callId: 'c', status: 'running' },
  ];

  it('join streamed text and keep it apart from what comes between', () => {
    const state = fold([
      ...turn,
      { type: 'turn/text', turnId: 't', delta: 'Ren' },
      { type: 'turn/text', turnId: 't', delta: 'dering' },
    ]);
    expect(state.turns[0]?.parts.at(-1)).toEqual({ kind: 'text', text: 'Rendering' });
  });

  it('end every unfinished tool call when they end', () => {
    const state = fold([...turn, { type: 'turn/moved', turnId: 't', status: 'cancelled' }]);
    expect(state.turns[0]?.parts[0]).toMatchObject({ call: { status: 'cancelled' } });
  });

  it('take nothing more once they are over', () => {
    const state = fold([...turn, { type: 'turn/moved', turnId: 't', status: 'done' }]);
    const late: SessionAction = { type: 'turn/text', turnId: 't', delta: 'x' };
    expect(sessionReducer(state, { seq: 99, at: 99, action: late })).toBe(state);
  });

  it('hold a call that waits for the artist until they decide, and take one decision', () => {
    const asked = [
      { type: 'turn/tool-call-moved', turnId: 't', callId: 'c', status: 'awaiting-approval' },
      { type: 'turn/moved', turnId: 't', status: 'awaiting-approval' },
    ] as const satisfies readonly SessionAction[];
    const decided = (decision: 'accept' | 'reject'): SessionAction => ({
      type: 'turn/tool-call-decided',
      turnId: 't',
      callId: 'c',
      decision,
      by: artist,
    });
    expect(findWaitingCall(fold([...turn, ...asked]))).toMatchObject({ call: { callId: 'c' } });
    const yes = fold([...turn, ...asked, decided('accept')]);
    expect(yes.turns[0]?.parts[0]).toMatchObject({ call: { status: 'running' } });
    const no = fold([...turn, ...asked, decided('reject')]);
    expect(no.turns[0]?.parts[0]).toMatchObject({ call: { status: 'refused' } });
    expect(findWaitingCall(no)).toBeUndefined();
    expect(sessionReducer(no, { seq: 99, at: 99, action: decided('accept') })).toBe(no);
    const unasked = fold(turn);
    expect(sessionReducer(unasked, { seq: 99, at: 99, action: decided('accept') })).toBe(unasked);
  });

  it('do not move a tool call back', () => {
    const state = fold([
      ...turn,
      { type: 'turn/tool-call-moved', turnId: 't', callId: 'c', status: 'completed' },
    ]);
    const action: SessionAction = {
      type: 'turn/tool-call-moved',
      turnId: 't',
      callId: 'c',
      status: 'running',
    };
    expect(sessionReducer(state, { seq: 99, at: 99, action })).toBe(state);
  });
});
