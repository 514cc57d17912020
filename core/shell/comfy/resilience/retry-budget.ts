import type { Clock } from '../../../ports/clock.ts';

/** So many second tries per minute and no more: a server in trouble is not made worse by asking again. */
export interface RetryBudget {
  /** Takes one; false when the last minute used them up. */
  take(): boolean;
}

const WINDOW_MS = 60_000;

/** Makes a full budget of `perMinute`. */
export function createRetryBudget(clock: Clock, perMinute: number): RetryBudget {
  let used: readonly number[] = [];
  return {
    take: () => {
      const now = clock.now();
      // Times ahead of now are from before the clock was set back.
      used = used.filter((at) => at <= now && at > now - WINDOW_MS);
      if (used.length >= perMinute) return false;
      used = [...used, now];
      return true;
    },
  };
}
