import { type Result, err, ok } from '../base/result.ts';
import { type AppError, appError } from '../contract/errors.ts';
import type { Actor } from '../contract/session.schema.ts';
import type { ChangeSetDesk } from './change-set-desk.ts';
import { openDocument } from './open-document.ts';
import type { SessionStore } from './session-store.ts';

/** Steps back or forward in the open workflow's history; returns the revision afterwards. */
export async function stepHistory(
  store: SessionStore,
  direction: 'undo' | 'redo',
  by: Actor,
  changeSets: ChangeSetDesk,
): Promise<Result<number, AppError>> {
  const opened = openDocument(store.state);
  if (!opened.ok) return opened;
  const type = direction === 'undo' ? 'history/undone' : 'history/redone';
  if (!store.dispatch({ type, by })) {
    return err(
      direction === 'undo'
        ? appError('history/nothing-to-undo', {})
        : appError('history/nothing-to-redo', {}),
    );
  }
  changeSets.markStale(store);
  const saved = await store.saved();
  return saved.ok ? ok(store.state.workflow?.revision ?? 0) : saved;
}
