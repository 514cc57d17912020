import { assertNever } from '../../base/result.ts';
import type { SessionAction } from '../../contract/actions.ts';
import type { ChangeSet, SessionState } from '../../contract/session.schema.ts';
import { pushHistory } from './history-tree.ts';

type ChangeSetAction = Extract<SessionAction, { readonly type: `changeset/${string}` }>;

/** proposed (⇄ rebased) → accepted → applied, or proposed → rejected | stale. Anything else is no move. */
export function changeSetReducer(
  state: SessionState,
  action: ChangeSetAction,
  at: number,
): SessionState {
  if (action.type === 'changeset/proposed') return propose(state, action.changeSet);
  // It is nearly always one of the newest.
  const current = state.changeSets.findLast((item) => item.changeSetId === action.changeSetId);
  if (current === undefined) return state;
  switch (action.type) {
    case 'changeset/accepted': {
      const { acceptedOps } = action;
      return current.status === 'proposed'
        ? put(state, { ...current, status: 'accepted', acceptedOps, decidedAt: at })
        : state;
    }
    case 'changeset/applied': {
      if (current.status !== 'accepted' || state.workflow === null) return state;
      const { label, patch, changeSetId } = action;
      const workflow = pushHistory(state.workflow, { label, patch, changeSetId, at });
      if (workflow === undefined) return state;
      const applied = {
        ...current,
        status: 'applied' as const,
        appliedRevision: workflow.revision,
      };
      return put({ ...state, workflow }, applied);
    }
    case 'changeset/rejected': {
      const reason = action.reason === undefined ? {} : { reason: action.reason };
      return current.status === 'proposed'
        ? put(state, { ...current, status: 'rejected', decidedAt: at, ...reason })
        : state;
    }
    case 'changeset/rebased': {
      if (current.status !== 'proposed') return state;
      const { baseRevision, digest, ops } = action;
      return put(state, { ...current, baseRevision, digest, ops: ops ?? current.ops });
    }
    case 'changeset/stale': {
      // An accepted set goes stale too when the base moved between the decision and applying it.
      if (current.status !== 'proposed' && current.status !== 'accepted') return state;
      const conflicts = action.conflicts === undefined ? {} : { conflicts: action.conflicts };
      return put(state, { ...current, status: 'stale', decidedAt: at, ...conflicts });
    }
    default:
      return assertNever(action);
  }
}

function propose(state: SessionState, changeSet: ChangeSet): SessionState {
  const { changeSetId, turnId } = changeSet;
  if (state.changeSets.some((item) => item.changeSetId === changeSetId)) return state;
  const turns = state.turns.map((turn) =>
    turn.turnId === turnId
      ? { ...turn, parts: [...turn.parts, { kind: 'change-set', changeSetId } as const] }
      : turn,
  );
  return { ...state, turns, changeSets: [...state.changeSets, changeSet] };
}

function put(state: SessionState, changeSet: ChangeSet): SessionState {
  const { changeSetId } = changeSet;
  const index = state.changeSets.findLastIndex((item) => item.changeSetId === changeSetId);
  return { ...state, changeSets: state.changeSets.with(index, changeSet) };
}
