import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Comfy } from '../../ports/comfy.ts';

/** A run that the server works on, and that nobody wants any more. */
export interface UnwantedRun {
  readonly comfy: Pick<Comfy, 'interrupt' | 'queue'>;
  readonly clock: Pick<Clock, 'after'>;
  readonly promptId: string;
  /** Resolves when the run has ended, however that came. */
  readonly over: Promise<unknown>;
  /** Title of the node at work, where that is known. */
  readonly nodeTitle: () => string | undefined;
}

const LOOK_MS = 2_000;
/** What is answered when it ended between the look and the word; for a moment it is in neither list. */
const ENDED_MEANWHILE: readonly string[] = ['run/not-running', 'run/unknown'];
/** Sampler steps of several seconds are usual; longer than this, the artist is told why. */
const MOST_LOOKS = 5;

/**
 * Stops the running run by its id and looks whether that helped. The server says yes to everything, forgets
 * a stop that comes in the moment in which it takes the run, and obeys only between nodes and steps: it is
 * told again as long as this very run is the running one, and after 10 s the artist hears what it waits for.
 */
export async function stopRunning(run: UnwantedRun): Promise<Result<void, AppError>> {
  const { comfy, clock, promptId, over, nodeTitle } = run;
  const isOver = over.then(() => true);
  for (let asked = 1; ; asked += 1) {
    const told = await comfy.interrupt(promptId);
    if (!told.ok && !ENDED_MEANWHILE.includes(told.error.code)) return told;
    if (await within(clock, LOOK_MS, isOver)) return ok(undefined);
    const queue = await comfy.queue();
    if (!queue.ok) return queue;
    // It runs no more; its end is on its way.
    if (!queue.value.running.includes(promptId)) return ok(undefined);
    if (asked < MOST_LOOKS) continue;
    const title = nodeTitle();
    const seconds = (asked * LOOK_MS) / 1_000;
    const at = title === undefined ? {} : { nodeTitle: title };
    return err(appError('run/still-running', { promptId, ...at, asked, seconds }));
  }
}

/** True when it came within that time. */
function within(
  clock: Pick<Clock, 'after'>,
  ms: number,
  comes: Promise<boolean>,
): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = clock.after(ms, () => resolve(false));
    void comes.then(() => {
      timer.dispose();
      resolve(true);
    });
  });
}
