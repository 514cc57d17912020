import { createDisposableBag, type Disposable } from '../../base/disposable.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { RunProgress } from '../../contract/run.schema.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Comfy, ComfyEvent, HistoryEntry } from '../../ports/comfy.ts';

/** What following a run tells its owner, in order; `ended` comes once and last. */
export interface RunObserver {
  queued(position: number): void;
  started(): void;
  event(event: ComfyEvent): void;
  ended(ending: { readonly entry: HistoryEntry } | { readonly error: AppError }): void;
}

interface FollowParts {
  readonly comfy: Comfy;
  readonly promptId: string;
  readonly clock: Clock;
  readonly observer: RunObserver;
}

const POLL_MS = 2_000;
/** After the server says "done", its history entry may take a moment; measured 0..30 ms on a real one. */
const SETTLE_MS = 50;
/** Looks without the run being in queue or history before it counts as forgotten: about 6 s, ever slower. */
const MISSES_UNTIL_LOST = 7;

/**
 * Follows one queued run to its end. WebSocket events are hints that make it quick; `/history` decides
 * how it ended, `/queue` whether it still waits, so that a lost socket loses nothing.
 */
export function followRun({ comfy, promptId, clock, observer }: FollowParts): Disposable {
  const bag = createDisposableBag();
  let timer: Disposable | undefined;
  let isStarted = false;
  let misses = 0;
  let isLooking = false;
  let lookAgain = false;
  let isOver = false;

  const start = (): void => {
    if (isStarted || isOver) return;
    isStarted = true;
    observer.started();
  };
  const finish = (ending: Parameters<RunObserver['ended']>[0]): void => {
    if (isOver) return;
    isOver = true;
    timer?.dispose();
    bag.dispose();
    observer.ended(ending);
  };
  const lookOnce = async (): Promise<void> => {
    const history = await comfy.history(promptId);
    if (history.ok && history.value !== undefined) {
      finish({ entry: history.value });
      return;
    }
    const queue = await comfy.queue();
    if (!history.ok || !queue.ok) return;
    const position = queue.value.pending.indexOf(promptId);
    if (queue.value.running.includes(promptId)) {
      misses = 0;
      start();
    } else if (position >= 0) {
      misses = 0;
      observer.queued(position + queue.value.running.length);
    } else {
      // Between the queue and the history there is a moment in which a run is in neither.
      misses += 1;
      if (misses >= MISSES_UNTIL_LOST) finish({ error: appError('run/lost', { promptId }) });
    }
  };
  const schedule = (ms: number): void => {
    timer?.dispose();
    if (!isOver) timer = clock.after(ms, look);
  };
  const look = (): void => {
    if (isOver) return;
    if (isLooking) {
      lookAgain = true;
      return;
    }
    isLooking = true;
    void lookOnce().finally(() => {
      isLooking = false;
      const wait = lookAgain || misses > 0 ? SETTLE_MS * 2 ** misses : POLL_MS;
      lookAgain = false;
      schedule(Math.min(wait, POLL_MS));
    });
  };
  bag.add(
    comfy.onEvent((event) => {
      if (event.kind === 'resumed') look();
      if (event.kind === 'queue-changed' && !isStarted) look();
      if (!('promptId' in event) || event.promptId !== promptId) {
        if (event.kind === 'preview' && event.promptId === undefined && isStarted) {
          observer.event(event);
        }
        return;
      }
      if (event.kind === 'ended' || event.kind === 'failed' || event.kind === 'interrupted') look();
      else {
        start();
        observer.event(event);
      }
    }),
  );
  bag.add({ dispose: () => timer?.dispose() });
  look();
  return {
    dispose: () => {
      isOver = true;
      timer?.dispose();
      bag.dispose();
    },
  };
}

/** Lets at most one value through per `intervalMs`; the newest waiting one is never lost. */
export function createProgressGate(
  clock: Clock,
  intervalMs: number,
  release: (progress: RunProgress) => void,
): Disposable & { push(progress: RunProgress): void } {
  let waiting: RunProgress | undefined;
  let timer: Disposable | undefined;
  let last = Number.NEGATIVE_INFINITY;
  const flush = (): void => {
    timer = undefined;
    if (waiting === undefined) return;
    last = clock.now();
    const progress = waiting;
    waiting = undefined;
    release(progress);
  };
  return {
    push: (progress) => {
      waiting = progress;
      if (timer !== undefined) return;
      const wait = last + intervalMs - clock.now();
      if (wait <= 0) flush();
      else timer = clock.after(wait, flush);
    },
    dispose: () => {
      timer?.dispose();
      flush();
    },
  };
}
