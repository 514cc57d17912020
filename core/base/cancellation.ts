import { type Disposable, toDisposable } from './disposable.ts';
import { createEmitter } from './emitter.ts';

/** Tells long work that nobody waits for it any more. */
export interface Cancellation {
  readonly isCancelled: boolean;
  /** Calls back once when cancelled, at once when it already is. */
  onCancelled(listener: () => void): Disposable;
}

/** The owner's side of a cancellation. */
export interface CancellationSource {
  readonly token: Cancellation;
  cancel(): void;
}

/** Work that nobody can cancel. */
export const neverCancelled: Cancellation = {
  isCancelled: false,
  onCancelled: () => toDisposable(() => undefined),
};

/** Makes a source; a child of `parent` is cancelled with it. */
export function createCancellation(parent: Cancellation = neverCancelled): CancellationSource {
  const emitter = createEmitter<void>();
  let cancelled = false;
  const cancel = (): void => {
    if (cancelled) return;
    cancelled = true;
    emitter.fire();
    emitter.dispose();
  };
  parent.onCancelled(cancel);
  return {
    cancel,
    token: {
      get isCancelled() {
        return cancelled;
      },
      onCancelled: (listener) => {
        if (!cancelled) return emitter.event(listener);
        listener();
        return toDisposable(() => undefined);
      },
    },
  };
}
