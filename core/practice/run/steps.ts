/** The clock of sampler steps: how long one takes, and whether somebody wants the run to stop. */
export interface Steps {
  readonly isInterrupted: boolean;
  /** Waits one step's time, or until interrupted. */
  wait(): Promise<void>;
  /** Lets other work of the process go first. */
  breathe(): Promise<void>;
  interrupt(): void;
  /** Forgets an interrupt; called when a run starts. */
  reset(): void;
}

/** Makes the clock; `stepMs` is the time of one step. */
export function createSteps(stepMs: number): Steps {
  let isInterrupted = false;
  let wake: (() => void) | undefined;
  return {
    get isInterrupted() {
      return isInterrupted;
    },
    wait: () =>
      new Promise((resolve) => {
        if (isInterrupted) {
          resolve();
          return;
        }
        const timer = setTimeout(resolve, stepMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    interrupt: () => {
      isInterrupted = true;
      wake?.();
    },
    reset: () => {
      isInterrupted = false;
    },
  };
}
