import type { Disposable } from '../../../base/disposable.ts';
import type { Clock } from '../../../ports/clock.ts';

/** What a watchdog needs. */
export interface StallWatchParts {
  readonly clock: Pick<Clock, 'after'>;
  /** False while the server cannot be heard: silence says nothing then. */
  readonly canHear: () => boolean;
  /** ms of silence that count as a stall, as things are now. */
  readonly patience: () => number;
  readonly onStalled: (quietMs: number) => void;
}

/** Notices that nothing moves any more. It only tells; it stops nothing. */
export interface StallWatch extends Disposable {
  /** Something moved. */
  heard(): void;
  /** The artist waits on: it is told again only after twice the patience. */
  keepWaiting(): void;
}

const TICK_MS = 5_000;

/**
 * Counts its own ticks instead of reading a clock: a clock that is set, a machine that sleeps and a core
 * that is busy make no silence longer than it was.
 */
export function watchStall({ clock, canHear, patience, onStalled }: StallWatchParts): StallWatch {
  let quietMs = 0;
  let isTold = false;
  let factor = 1;
  let timer: Disposable | undefined;
  const tick = (): void => {
    if (canHear()) quietMs += TICK_MS;
    if (!isTold && quietMs >= patience() * factor) {
      isTold = true;
      onStalled(quietMs);
    }
    timer = clock.after(TICK_MS, tick);
  };
  timer = clock.after(TICK_MS, tick);
  return {
    heard: () => {
      quietMs = 0;
      isTold = false;
    },
    keepWaiting: () => {
      quietMs = 0;
      isTold = false;
      factor *= 2;
    },
    dispose: () => timer?.dispose(),
  };
}
