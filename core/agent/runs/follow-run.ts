import { createDisposableBag, type Disposable } from '../../base/disposable.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { RunProgress } from '../../contract/run/run.schema.ts';
import type { Result } from '../../base/result.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Comfy, ComfyEvent, ComfyFile, HistoryEntry } from '../../ports/comfy.ts';
import { createSparing } from '../servers/sparing.ts';
import type { FoundResults } from './find-results.ts';

/** What following a run tells its owner, in order; `ended` comes once and last. */
export interface RunObserver {
  queued(position: number): void;
  started(): void;
  event(event: ComfyEvent): void;
  ended(ending: RunEnding): void;
}

/** How a run ended; `lost`: nobody knows, and these are the pictures of it that were found. */
export type RunEnding =
  | { readonly entry: HistoryEntry }
  | { readonly lost: AppError; readonly files: readonly ComfyFile[] };

interface FollowParts {
  readonly comfy: Comfy;
  readonly promptId: string;
  readonly clock: Clock;
  readonly observer: RunObserver;
  /** Looks for what a run made that its server has forgotten. */
  readonly findResults: () => Promise<Result<FoundResults, AppError>>;
}

const POLL_MS = 2_000;
/** After the server says "done", its history entry may take a moment; measured 0..30 ms on a real one. */
const SETTLE_MS = 50;
/** Looks without the run being in queue or history before it counts as forgotten: about 6 s, ever slower. */
const MISSES_UNTIL_LOST = 7;
/** Looks at an entry that is too large, in which the live connection may yet tell the end. */
const MISSES_UNTIL_UNREADABLE = 3;
/** Tries to look at the server's disk, one every two seconds, before it counts as not to be seen. */
const MAX_SEARCHES = 15;

/**
 * Follows one queued run to its end. WebSocket events are hints that make it quick; `/history` decides
 * how it ended, `/queue` whether it still waits, so that a lost socket loses nothing.
 */
export function followRun(parts: FollowParts): Disposable {
  const { comfy, promptId, clock, observer } = parts;
  const bag = createDisposableBag();
  let timer: Disposable | undefined;
  let isStarted = false;
  let misses = 0;
  let searches = 0;
  let isLooking = false;
  let lookAgain = false;
  let isOver = false;
  const told = createToldEnding(promptId);
  const sparing = createSparing(clock);

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
    const entry = told.entry();
    // An entry with embedded footage can be larger than is read: it has ended, and how is told elsewhere.
    if (!history.ok && history.error.code === 'comfy/too-large') {
      misses += 1;
      if (entry !== undefined) finish({ entry });
      else if (misses >= MISSES_UNTIL_UNREADABLE) await search('too-large');
      return;
    }
    const queue = await sparing.ask(() => comfy.queue());
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
      if (misses < MISSES_UNTIL_LOST) return;
      // A server that was restarted right after the end forgot it; what it told before still holds.
      if (entry === undefined) await search('forgotten');
      else finish({ entry });
    }
  };
  /** The history does not say: what the run left on the disk may still prove that it succeeded. */
  const search = async (why: 'forgotten' | 'too-large'): Promise<void> => {
    searches += 1;
    const found = await parts.findResults();
    if (!found.ok && searches < MAX_SEARCHES) return;
    const { files, isProof, canTell } = found.ok ? found.value : NOTHING_SEEN;
    if (isProof) {
      finish({ entry: { promptId, ending: 'succeeded', files, texts: [], cachedNodes: [] } });
      return;
    }
    const pictures = canTell ? { pictures: files.length } : {};
    finish({ lost: appError('run/lost', { promptId, why, ...pictures }), files });
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
    const missesBefore = misses;
    void lookOnce().finally(() => {
      isLooking = false;
      const hasNews = lookAgain;
      lookAgain = false;
      if (hasNews) {
        // The questions were on their way when the news came, so what they missed counts for nothing.
        misses = missesBefore;
        look();
      } else {
        const isMissed = misses > 0;
        const calm = Math.max(POLL_MS, sparing.waitMs);
        schedule(isMissed ? Math.min(SETTLE_MS * 2 ** misses, POLL_MS) : calm);
      }
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
      told.take(event);
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

const NOTHING_SEEN: FoundResults = { files: [], isProof: false, canTell: false };

interface ToldEnding {
  take(event: ComfyEvent): void;
  /** The end as the live connection told it; undefined until it told one. */
  entry(): HistoryEntry | undefined;
}

/** What the live connection says about a run's end; used only where the history cannot say it. */
function createToldEnding(promptId: string): ToldEnding {
  let isEnded = false;
  let ending: HistoryEntry['ending'] = 'succeeded';
  let failure: HistoryEntry['failure'];
  const files: ComfyFile[] = [];
  const cachedNodes: string[] = [];
  return {
    take: (event) => {
      if (event.kind === 'ended') isEnded = true;
      if (event.kind === 'node-output') files.push(...event.files);
      if (event.kind === 'cached') cachedNodes.push(...event.nodeIds);
      if (event.kind === 'interrupted') ending = 'interrupted';
      if (event.kind !== 'failed') return;
      ending = 'failed';
      failure = event.failure;
    },
    entry: () =>
      // A failure is told for good; a success only by the end.
      isEnded || ending !== 'succeeded'
        ? {
            promptId,
            ending,
            files,
            texts: [],
            cachedNodes,
            ...(failure === undefined ? {} : { failure }),
          }
        : undefined,
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
      // A clock that was set back must not hold the progress for as long as it was set back.
      else timer = clock.after(Math.min(wait, intervalMs), flush);
    },
    dispose: () => {
      timer?.dispose();
      flush();
    },
  };
}
