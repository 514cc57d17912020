import { assertNever } from '../../base/result.ts';
import type { SessionAction, SessionEnvelope } from '../../contract/actions.ts';
import type { SessionState } from '../../contract/session.schema.ts';
import { runReducer } from '../run/run-reducer.ts';
import { batchReducer, withStartedItem } from '../batch/batch-reducer.ts';
import { changeSetReducer } from './change-set-reducer.ts';
import { COPIED_LISTS, type SessionLists } from './session-lists.ts';
import { turnReducer, withPart } from './turn-reducer.ts';
import { workflowReducer } from './workflow-reducer.ts';

/**
 * Folds one numbered action into a session, in the core and in every page alike. An action that is not
 * possible in this state returns the same object. Only `session/created` starts from nothing. `lists` is for a replay.
 */
export function sessionReducer(
  state: SessionState | undefined,
  envelope: SessionEnvelope,
  lists: SessionLists = COPIED_LISTS,
): SessionState | undefined {
  const { action, at } = envelope;
  if (action.type === 'session/created') return state ?? createState(action, at);
  if (state === undefined) return undefined;
  const next = reduce(state, action, at, lists);
  // Who only looks does not use a session: the artist's list keeps its order.
  if (next === state || action.type === 'turn/looked') return next;
  return { ...next, updatedAt: at };
}

function createState(
  action: Extract<SessionAction, { readonly type: 'session/created' }>,
  at: number,
): SessionState {
  return {
    sessionId: action.sessionId,
    title: action.title,
    createdAt: at,
    updatedAt: at,
    workflow: null,
    turns: [],
    changeSets: [],
    runs: [],
  };
}

function reduce(
  state: SessionState,
  action: SessionAction,
  at: number,
  lists: SessionLists,
): SessionState {
  switch (action.type) {
    case 'session/created':
      return state;
    case 'session/renamed':
      return action.title === state.title ? state : { ...state, title: action.title };
    case 'session/server-chosen':
      return action.server === state.server ? state : { ...state, server: action.server };
    case 'workflow/loaded':
    case 'workflow/saved':
    case 'history/undone':
    case 'history/redone':
    case 'history/checkpointed':
    case 'history/went-to':
      return workflowReducer(state, action, at, lists);
    case 'turn/started':
    case 'turn/text':
    case 'turn/suggestions':
    case 'turn/tool-call':
    case 'turn/tool-call-moved':
    case 'turn/tool-call-decided':
    case 'turn/moved':
    case 'turn/error':
    case 'turn/looked':
      return turnReducer(state, action, at, lists);
    case 'changeset/proposed':
    case 'changeset/accepted':
    case 'changeset/applied':
    case 'changeset/rejected':
    case 'changeset/rebased':
    case 'changeset/stale':
      return changeSetReducer(state, action, at, lists);
    case 'batch/proposed':
    case 'batch/accepted':
    case 'batch/rejected':
    case 'batch/item-refused':
    case 'batch/item-left-out':
    case 'batch/item-retried':
    case 'batch/paused':
    case 'batch/continued':
    case 'batch/ended': {
      const { batches = [] } = state;
      const next = batchReducer(batches, action, at);
      return next === batches ? state : withBatchPart({ ...state, batches: next }, action, lists);
    }
    case 'run/proposed':
    case 'run/released':
    case 'run/queued':
    case 'run/queue-moved':
    case 'run/started':
    case 'run/stalled':
    case 'run/kept-waiting':
    case 'run/progress':
    case 'run/output':
    case 'run/ended':
    case 'run/verified': {
      const next = runReducer(state, action, at, lists);
      return next === state ? state : withRunPart(next, action, lists);
    }
    default:
      return assertNever(action);
  }
}

/** A run that a turn asked for shows up among that turn's parts, one of a batch within that. */
function withRunPart(
  state: SessionState,
  action: SessionAction,
  lists: SessionLists,
): SessionState {
  if (action.type !== 'run/proposed') return state;
  const { promptId, turnId, batch } = action.run;
  if (batch !== undefined) {
    return { ...state, batches: withStartedItem(state.batches ?? [], action.run) };
  }
  return turnId === undefined ? state : withPart(state, turnId, { kind: 'run', promptId }, lists);
}

function withBatchPart(
  state: SessionState,
  action: SessionAction,
  lists: SessionLists,
): SessionState {
  if (action.type !== 'batch/proposed') return state;
  const { batchId, turnId } = action.batch;
  return turnId === undefined ? state : withPart(state, turnId, { kind: 'batch', batchId }, lists);
}
