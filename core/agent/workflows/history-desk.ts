import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Actor } from '../../contract/session.schema.ts';
import { currentEntryId } from '../../domain/session/history-tree.ts';
import type { ChangeSetDesk } from './change-set-desk.ts';
import { openDocument } from './open-document.ts';
import type { SessionStore } from '../sessions/session-store.ts';

/** Steps back or forward in the open workflow's history; returns the revision afterwards. */
export async function stepHistory(
  store: SessionStore,
  direction: 'undo' | 'redo',
  by: Actor,
  changeSets: ChangeSetDesk,
): Promise<Result<number, AppError>> {
  const before = openDocument(store.state);
  if (!before.ok) return before;
  const type = direction === 'undo' ? 'history/undone' : 'history/redone';
  if (!store.dispatch({ type, by })) {
    return err(
      direction === 'undo'
        ? appError('history/nothing-to-undo', {})
        : appError('history/nothing-to-redo', {}),
    );
  }
  changeSets.followChange(store, before.value);
  return revisionOnceSaved(store);
}

/** Goes to any entry of the history, on whichever branch; returns the revision afterwards. */
export async function goToHistoryEntry(
  store: SessionStore,
  entryId: string,
  by: Actor,
  changeSets: ChangeSetDesk,
): Promise<Result<number, AppError>> {
  const before = openDocument(store.state);
  if (!before.ok) return before;
  const { workflow } = store.state;
  if (workflow !== null && currentEntryId(workflow) === entryId) return ok(workflow.revision);
  if (!store.dispatch({ type: 'history/went-to', entryId, by })) {
    const known = (workflow?.checkpoints ?? []).map(({ name }) => name);
    return err(appError('history/unknown-entry', { entry: entryId, known }));
  }
  changeSets.followChange(store, before.value);
  return revisionOnceSaved(store);
}

/** Gives the present state a name that is not taken; returns its entry. */
export async function addCheckpoint(
  store: SessionStore,
  name: string,
  by: Actor,
): Promise<Result<string, AppError>> {
  const { workflow } = store.state;
  if (workflow === null) return err(appError('workflow/none-open', {}));
  if (!store.dispatch({ type: 'history/checkpointed', name, by })) {
    return err(appError('history/checkpoint-taken', { name }));
  }
  const saved = await store.saved();
  return saved.ok ? ok(currentEntryId(workflow)) : saved;
}

async function revisionOnceSaved(store: SessionStore): Promise<Result<number, AppError>> {
  const saved = await store.saved();
  return saved.ok ? ok(store.state.workflow?.revision ?? 0) : saved;
}
