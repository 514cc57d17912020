import { assertNever } from '../../base/result.ts';
import type { SessionAction } from '../../contract/actions.ts';
import type { ChangeSet, SessionState } from '../../contract/session.schema.ts';
import { pushHistory } from './history-tree.ts';
import { COPIED_LISTS, type SessionLists } from './session-lists.ts';
import { withPart } from './turn-reducer.ts';

type ChangeSetAction = Extract<SessionAction, { readonly type: `changeset/${string}` }>;

/** proposed (⇄ rebased) → accepted → applied, or proposed → rejected | stale. Anything else is no move. */
export function changeSetReducer(
  state: SessionState,
  action: ChangeSetAction,
  at: number,
  lists: SessionLists = COPIED_LISTS,
): SessionState {
  if (action.type === 'changeset/proposed') return propose(state, action.changeSet, lists);
  const index = lists.find(state.changeSets, action.changeSetId, idOf);
  const current = state.changeSets[index];
  if (current === undefined) return state;
  const put = (to: SessionState, changeSet: ChangeSet): SessionState => ({
    ...to,
    changeSets: lists.replace(to.changeSets, index, changeSet),
  });
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
      const workflow = pushHistory(state.workflow, { label, patch, changeSetId, at }, lists);
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

function propose(state: SessionState, changeSet: ChangeSet, lists: SessionLists): SessionState {
  const { changeSetId, turnId } = changeSet;
  if (lists.find(state.changeSets, changeSetId, idOf) >= 0) return state;
  const part = { kind: 'change-set', changeSetId } as const;
  const shown = turnId === undefined ? state : withPart(state, turnId, part, lists);
  return { ...shown, changeSets: lists.append(state.changeSets, changeSet) };
}

function idOf({ changeSetId }: ChangeSet): string {
  return changeSetId;
}
