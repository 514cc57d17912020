import { assertNever } from '../../base/result.ts';
import type { SessionAction } from '../../contract/actions.ts';
import type { HistoryEntry, OpenWorkflow, SessionState } from '../../contract/session.schema.ts';
import type { DocumentPatch } from '../../contract/workflow.schema.ts';
import { applyPatch, reversePatch } from '../workflow/apply-patch.ts';

type WorkflowAction = Extract<
  SessionAction,
  { readonly type: 'workflow/loaded' | 'workflow/saved' | 'history/undone' | 'history/redone' }
>;

/** Opens, saves, undoes and redoes. Every change of the document, undo too, makes a new revision. */
export function workflowReducer(
  state: SessionState,
  action: WorkflowAction,
  at: number,
): SessionState {
  const { workflow } = state;
  switch (action.type) {
    case 'workflow/loaded': {
      const revision = workflow === null ? 0 : workflow.revision + 1;
      const { name, path, format, document, source } = action;
      const text = source === undefined ? {} : { source };
      const opened = { name, path, format, document, ...text, revision, history: [], position: 0 };
      return { ...state, workflow: { ...opened, savedRevision: path === null ? null : revision } };
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
        : mark({ ...state, workflow: moved }, entry, 'reverted', at);
    }
    case 'history/redone': {
      const entry = workflow?.history[workflow.position];
      if (workflow === null || entry === undefined) return state;
      const moved = step(workflow, entry.patch, workflow.position + 1);
      return moved === undefined
        ? state
        : mark({ ...state, workflow: moved }, entry, 'applied', at);
    }
    default:
      return assertNever(action);
  }
}

/** Puts an applied patch on top of the history; what could have been redone is dropped. */
export function pushHistory(workflow: OpenWorkflow, entry: HistoryEntry): OpenWorkflow | undefined {
  const kept = workflow.history.slice(0, workflow.position);
  return step({ ...workflow, history: [...kept, entry] }, entry.patch, workflow.position + 1);
}

function step(
  workflow: OpenWorkflow,
  patch: DocumentPatch,
  position: number,
): OpenWorkflow | undefined {
  const next = applyPatch({ format: workflow.format, root: workflow.document }, patch);
  if (!next.ok) return undefined;
  return { ...workflow, document: next.value.root, revision: workflow.revision + 1, position };
}

function mark(
  state: SessionState,
  entry: HistoryEntry,
  status: 'applied' | 'reverted',
  at: number,
): SessionState {
  if (entry.changeSetId === undefined) return state;
  return {
    ...state,
    changeSets: state.changeSets.map((changeSet) =>
      changeSet.changeSetId === entry.changeSetId
        ? { ...changeSet, status, decidedAt: at }
        : changeSet,
    ),
  };
}
