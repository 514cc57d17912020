import type { Cancellation } from '../../base/cancellation.ts';
import { type Disposable, createDisposableBag } from '../../base/disposable.ts';
import { isRunOver } from '../../domain/run/run-reducer.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import type { RunCoordinator } from './run-coordinator.ts';

/** A call whose runs go when it goes. */
export interface StoppableTurn {
  readonly store: SessionStore;
  readonly turnId: string;
  readonly cancellation: Cancellation;
}

/** Stops what a call runs as soon as the call is cancelled, and what it only comes to start after that. */
export function stopRunsOfTurn(
  { store, turnId, cancellation }: StoppableTurn,
  runs: Pick<RunCoordinator, 'cancel'>,
): Disposable {
  const bag = createDisposableBag();
  const stop = (): void => {
    for (const run of store.state.runs) {
      // A run that ended by itself meanwhile is refused, which is as good.
      if (run.turnId === turnId && !isRunOver(run)) void runs.cancel(store, run.promptId);
    }
  };
  bag.add(cancellation.onCancelled(stop));
  bag.add(
    store.onEnvelope(({ action }) => {
      const isNew = action.type === 'run/proposed' || action.type === 'run/queued';
      if (isNew && cancellation.isCancelled) stop();
    }),
  );
  return bag;
}
