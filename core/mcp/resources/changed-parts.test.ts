import { expect, it } from 'vitest';
import { finishedRun, sessionState } from '../../../tests/fakes/tool-context.ts';
import type { SessionAction } from '../../contract/actions.ts';
import type { ChangeSet, SessionState } from '../../contract/session.schema.ts';
import { sessionReducer } from '../../domain/session/session-reducer.ts';
import { changedParts } from './changed-parts.ts';

const changeSet: ChangeSet = {
  changeSetId: 'c',
  baseRevision: 1,
  intent: 'more',
  ops: [],
  digest: 'd',
  status: 'proposed',
  proposedBy: { role: 'assistant', name: 'a' },
  proposedAt: 0,
};
const proposed: SessionAction = { type: 'changeset/proposed', changeSet };
const accepted: SessionAction = {
  type: 'changeset/accepted',
  changeSetId: 'c',
  acceptedOps: [],
  by: { role: 'artist', name: 'b' },
};
const applied: SessionAction = {
  type: 'changeset/applied',
  changeSetId: 'c',
  label: 'more',
  patch: { entries: [] },
};
const queued: SessionAction = {
  type: 'run/proposed',
  run: finishedRun({ status: 'proposed', queuedAt: undefined }),
};

function fold(state: SessionState, action: SessionAction): SessionState {
  return sessionReducer(state, { seq: 1, at: 1, action }) ?? state;
}

/** What is new after the last of these actions. */
function newsOf(...actions: readonly SessionAction[]): readonly string[] {
  const last = actions.at(-1);
  const before = actions.slice(0, -1).reduce(fold, sessionState());
  return last === undefined ? [] : changedParts(before, fold(before, last));
}

it.each([
  ['another workflow', [{ type: 'workflow/loaded', name: 'n', path: null, format: 'api', document: {} }], ['workflow', 'payload', 'changes', 'review']],
  ['a change that was made', [proposed, accepted, applied], ['workflow', 'payload', 'changes', 'review']],
  ['what was undone', [proposed, accepted, applied, { type: 'history/undone', by: { role: 'artist', name: 'b' } }], ['workflow', 'payload', 'changes', 'review']],
  ['a proposal', [proposed], ['changes', 'review']],
  ['a decision', [proposed, accepted], ['changes', 'review']],
  ['a run', [queued], ['run']],
  ['nothing of a save', [{ type: 'workflow/saved', path: 'p', name: 'n', revision: 1 }], []],
  ['nothing of a name for a place in the history', [{ type: 'history/checkpointed', name: 'good', by: { role: 'artist', name: 'b' } }], []],
  ['nothing of what is only said', [{ type: 'session/renamed', title: 'Other' }], []],
] as const)('tells of %s', (_, actions, parts) => {
  expect(newsOf(...actions)).toEqual(parts);
}); // prettier-ignore
