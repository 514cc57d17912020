import type { Disposable } from '../../../base/disposable.ts';
import type { AppError } from '../../../contract/errors.ts';
import type { Clock } from '../../../ports/clock.ts';

/** Keeps questions from a server that does not answer, so that nobody waits for it again and again. */
export interface CircuitBreaker extends Disposable {
  readonly state: 'closed' | 'open' | 'trial';
  /** How often `state` has changed. */
  readonly changes: number;
  /** The reason not to ask now, or undefined: ask, and tell how it went. */
  refuse(): AppError | undefined;
  succeeded(): void;
  failed(error: AppError): void;
}

const FAILURES_UNTIL_OPEN = 3;
const OPEN_MS = 30_000;

/** Three failures in a row open it; after 30 s one trial decides whether it closes. */
export function createCircuitBreaker(clock: Clock): CircuitBreaker {
  let state: CircuitBreaker['state'] = 'closed';
  let changes = 0;
  let failures = 0;
  let reason: AppError | undefined;
  let isTrialDue = false;
  let timer: Disposable | undefined;

  const move = (next: CircuitBreaker['state']): void => {
    if (next === state) return;
    state = next;
    changes += 1;
  };
  const open = (): void => {
    move('open');
    isTrialDue = false;
    timer?.dispose();
    // A count of time, not a time of day: the machine's clock may be set meanwhile.
    timer = clock.after(OPEN_MS, () => {
      isTrialDue = true;
    });
  };

  return {
    get state() {
      return state;
    },
    get changes() {
      return changes;
    },
    refuse: () => {
      if (state === 'closed') return undefined;
      if (state === 'open' && isTrialDue) {
        move('trial');
        return undefined;
      }
      return reason;
    },
    succeeded: () => {
      failures = 0;
      reason = undefined;
      timer?.dispose();
      move('closed');
    },
    failed: (error) => {
      failures += 1;
      reason = error;
      if (state === 'trial' || (state === 'closed' && failures >= FAILURES_UNTIL_OPEN)) open();
    },
    dispose: () => timer?.dispose(),
  };
}
