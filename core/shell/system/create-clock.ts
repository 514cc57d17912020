import { toDisposable } from '../../base/disposable.ts';
import type { Clock } from '../../ports/clock.ts';

/** The machine's own time; a waiting call back keeps the process alive until it is disposed. */
export function createClock(): Clock {
  return {
    now: () => Date.now(),
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return toDisposable(() => clearTimeout(timer));
    },
  };
}
