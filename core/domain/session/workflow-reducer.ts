import { assertNever } from '../../base/result.ts';
import type { SessionAction } from '../../contract/actions.ts';
import type { ChangeSet, HistoryEntry, SessionState } from '../../contract/session.schema.ts';
import { reversePatch } from '../workflow/patch/apply-patch.ts';
import { withoutBase } from '../batch/batch-reducer.ts';
import { currentEntryId, goToEntry, step } from './history-tree.ts';
import { COPIED_LISTS, type SessionLists } from './session-lists.ts';

type WorkflowAction = Extract<
  SessionAction,
  { readonly type: `workflow/${string}` | `history/${string}` }
>;

/**
 * Opens, saves, undoes, redoes, names places and goes back to them. Every change of the document, undo
 * too, makes a new revision.
 */
export function workflowReducer(
  state: SessionState,
  action: WorkflowAction,
  at: number,
  lists: SessionLists = COPIED_LISTS,
): SessionState {
  const { workflow } = state;
  switch (action.type) {
    case 'workflow/loaded': {
      const revision = workflow === null ? 0 : workflow.revision + 1;
      const { name, path, format, document, source } = action;
      const text = source === undefined ? {} : { source };
      const opened = { name, path, format, document, ...text, revision, history: [], position: 0 };
      const next = {
        ...state,
        workflow: { ...opened, savedRevision: path === null ? null : revision },
      };
      return state.batches === undefined ? next : { ...next, batches: withoutBase(state.batches) };
    }
    case 'workflow/saved': {
      if (workflow === null) return state;
      const { path, name, revision } = action;
      return { ...state, workflow: { ...workflow, path, name, savedRevision: revision } };
    }
    case 'history/undone': {
      const entry = workflow?.history[workflow.position - 1];
      if (workflow === null || entry === undefined) return state;
      const moved = step(workflow, reversePatch(entry.patch), workflow.position - 1);
      return moved === undefined
        ? state
        : mark(
            { ...state, workflow: moved },
            [entry],
            { status: 'reverted', decidedAt: at },
            lists,
          );
    }
    case 'history/redone': {
      const entry = workflow?.history[workflow.position];
      if (workflow === null || entry === undefined) return state;
      const moved = step(workflow, entry.patch, workflow.position + 1);
      return moved === undefined
        ? state
        : mark({ ...state, workflow: moved }, [entry], { status: 'applied', decidedAt: at }, lists);
    }
    case 'history/checkpointed': {
      const checkpoints = workflow?.checkpoints ?? [];
      const { name } = action;
      if (workflow === null || checkpoints.some((each) => each.name === name)) return state;
      const checkpoint = { name, entryId: currentEntryId(workflow), at };
      return { ...state, workflow: { ...workflow, checkpoints: [...checkpoints, checkpoint] } };
    }
    case 'history/went-to': {
      const moved = workflow === null ? undefined : goToEntry(workflow, action.entryId);
      if (moved === undefined) return state;
      const gone: SessionState = { ...state, workflow: moved.workflow };
      const undone = mark(gone, moved.undone, { status: 'reverted', decidedAt: at }, lists);
      return mark(undone, moved.redone, { status: 'applied', decidedAt: at }, lists);
    }
    default:
      return assertNever(action);
  }
}

function mark(
  state: SessionState,
  entries: readonly HistoryEntry[],
  as: Pick<ChangeSet, 'status' | 'decidedAt'>,
  lists: SessionLists,
): SessionState {
  let { changeSets }: Pick<SessionState, 'changeSets'> = state;
  for (const entry of entries) {
    if (entry.changeSetId === undefined) continue;
    const index = lists.find(changeSets, entry.changeSetId, ({ changeSetId }) => changeSetId);
    const changeSet = changeSets[index];
    if (changeSet !== undefined) {
      changeSets = lists.replace(changeSets, index, { ...changeSet, ...as });
    }
  }
  return { ...state, changeSets };
}
