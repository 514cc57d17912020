import { toDisposable } from '../../../core/base/disposable.ts';
import type { Clock } from '../../../core/ports/clock.ts';

/** A clock that stands still until told. */
export interface ManualClock extends Clock {
  /** Moves time on and calls what is due, in order. */
  advance(ms: number): void;
}

/** Makes a clock that starts at `start` (Unix ms). */
export function createManualClock(start = 1_000): ManualClock {
  let now = start;
  let waiting: { readonly at: number; readonly callback: () => void }[] = [];
  return {
    now: () => now,
    after: (ms, callback) => {
      const entry = { at: now + ms, callback };
      waiting.push(entry);
      return toDisposable(() => {
        waiting = waiting.filter((other) => other !== entry);
      });
    },
    advance: (ms) => {
      const until = now + ms;
      for (;;) {
        const next = waiting.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        waiting = waiting.filter((other) => other !== next);
        now = next.at;
        next.callback();
      }
      now = until;
    },
  };
}
