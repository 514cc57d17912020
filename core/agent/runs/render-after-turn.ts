import { type Result, ok } from '../../base/result.ts';
import type { AppError } from '../../contract/errors.ts';
import type { Actor } from '../../contract/session.schema.ts';
import { isTurnOver } from '../../domain/session/turn-reducer.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import type { RunCoordinator } from './run-coordinator.ts';

/**
 * "Accept and render": when the turn is over and asked for no run itself, starts one as part of it. What could not be
 * started is told in the turn, and to whoever waits.
 */
export async function renderAfterTurn(
  store: SessionStore,
  turnId: string | undefined,
  by: Actor,
  runs: RunCoordinator,
): Promise<Result<void, AppError>> {
  await turnEnd(store, turnId);
  const { runs: there, batches = [] } = store.state;
  if (turnId !== undefined && [...there, ...batches].some((each) => each.turnId === turnId)) {
    return ok(undefined);
  }
  const started = await runs.start(store, {
    label: 'Render',
    requestedBy: by,
    needsRelease: false,
    overrides: [],
    ...(turnId === undefined ? {} : { turnId }),
  });
  if (started.ok) return ok(undefined);
  if (turnId !== undefined) store.dispatch({ type: 'turn/error', turnId, error: started.error });
  return started;
}

function turnEnd(store: SessionStore, turnId: string | undefined): Promise<void> {
  const isOver = (): boolean => {
    const turn = store.state.turns.find((candidate) => candidate.turnId === turnId);
    return turn === undefined || isTurnOver(turn);
  };
  return new Promise((resolve) => {
    if (isOver()) {
      resolve();
      return;
    }
    const waiting = store.onEnvelope(() => {
      if (!isOver()) return;
      waiting.dispose();
      resolve();
    });
  });
}
