/** The clock of sampler steps: how long one takes, and whether somebody wants the run to stop. */
export interface Steps {
  readonly isInterrupted: boolean;
  /** Waits one step's time, or until interrupted. */
  wait(): Promise<void>;
  /** Waits one node's time; lets other work of the process go first in any case. */
  settle(): Promise<void>;
  interrupt(): void;
  /** Forgets an interrupt; called when a run starts. */
  reset(): void;
}

/** Makes the clock: `stepMs` is the time of one sampler step, `nodeMs` that of any node, besides. */
export function createSteps(stepMs: number, nodeMs: number): Steps {
  let isInterrupted = false;
  let wake: (() => void) | undefined;
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      if (isInterrupted) {
        resolve();
        return;
      }
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  return {
    get isInterrupted() {
      return isInterrupted;
    },
    wait: () => pause(stepMs),
    settle: () =>
      nodeMs > 0 ? pause(nodeMs) : new Promise((resolve) => setImmediate(() => resolve())),
    interrupt: () => {
      isInterrupted = true;
      wake?.();
    },
    reset: () => {
      isInterrupted = false;
    },
  };
}
