import type { Clock } from '../../ports/clock.ts';

/**
 * Keeps a question that is asked again and again to a tenth of the server's time. `/queue` holds every waiting workflow
 * whole: with a hundred large ones the answer takes a good part of a second, in which ComfyUI does nothing else.
 */
export interface Sparing {
  /** ms until it may be asked again without being asked for. */
  readonly waitMs: number;
  ask<T>(question: () => Promise<T>): Promise<T>;
}

const SHARE = 10;
const LONGEST_MS = 20_000;

/** Makes one for one server; the first question may come at once. */
export function createSparing(clock: Pick<Clock, 'now'>): Sparing {
  let answeredAt = 0;
  let pauseMs = 0;
  return {
    get waitMs() {
      // A clock that was set back must not make the pause longer.
      return Math.min(pauseMs, Math.max(0, answeredAt + pauseMs - clock.now()));
    },
    ask: async (question) => {
      const began = clock.now();
      const answer = await question();
      answeredAt = clock.now();
      pauseMs = Math.min(LONGEST_MS, Math.max(0, answeredAt - began) * SHARE);
      return answer;
    },
  };
}
