import type { StoreApi } from 'zustand/vanilla';
import type { SessionState } from '../../core/contract/session.schema.ts';
import type { AppState } from './app-state.ts';

/**
 * Whether an accepted change must still be rendered by us: a turn that asked for a render starts it itself, so
 * wait until the turn is over and see. Never, when the change was not applied after all.
 */
export function renderNeed(session: SessionState, changeSetId: string): 'wait' | 'start' | 'never' {
  const changeSet = session.changeSets.find((item) => item.changeSetId === changeSetId);
  if (changeSet === undefined) return 'never';
  if (changeSet.status === 'proposed' || changeSet.status === 'accepted') return 'wait';
  if (changeSet.status !== 'applied') return 'never';
  const turn = session.turns.find((item) => item.turnId === changeSet.turnId);
  if (turn === undefined) return 'start';
  if (session.runs.some((run) => run.turnId === turn.turnId)) return 'never';
  return turn.status === 'thinking' || turn.status === 'awaiting-approval' ? 'wait' : 'start';
}

/** Starts the render of an accepted change once it is known that nobody else does. */
export function renderAfter(
  store: StoreApi<AppState>,
  changeSetId: string,
  start: () => void,
): void {
  const sessionId = store.getState().sessionId;
  const isOver = (state: AppState): boolean => {
    if (state.sessionId !== sessionId) return true;
    if (state.session === null) return false;
    const need = renderNeed(state.session.state, changeSetId);
    if (need === 'start') start();
    return need !== 'wait';
  };
  if (isOver(store.getState())) return;
  const unsubscribe = store.subscribe((state) => {
    if (isOver(state)) unsubscribe();
  });
}
