import type { ComfyEvent, HistoryEntry } from '../../ports/comfy.ts';
import type { Result } from '../../base/result.ts';
import type { AppError } from '../../contract/errors.ts';
import type { QueueItems } from './wire/read-server.ts';

/**
 * Follows the runs that we submitted by asking `/queue` and `/history`, because the socket may be
 * gone, muted, or another one than the run was submitted on: their events would never come.
 */
export interface RunWatch {
  readonly isEmpty: boolean;
  add(promptId: string): void;
  /** Learns from the socket's events, so that nothing is told twice. */
  saw(event: ComfyEvent): void;
  forget(promptId: string): void;
  /** Asks once; tells what the socket did not. */
  check(): Promise<void>;
}

interface Watched {
  hasStarted: boolean;
  /** How often it was neither queued nor in the history: a restarted server knows nothing of it. */
  misses: number;
}

/** Two looks in a row, because a run may move between the two questions. */
const MISSES_UNTIL_GONE = 2;

/** Makes a watch; `fire` gets `started` and `ended` for runs whose own frames did not come. */
export function createRunWatch(options: {
  readonly queue: () => Promise<Result<QueueItems, AppError>>;
  readonly history: (promptId: string) => Promise<Result<HistoryEntry | undefined, AppError>>;
  readonly fire: (event: ComfyEvent) => void;
}): RunWatch {
  const watched = new Map<string, Watched>();

  const end = (promptId: string): void => {
    if (watched.delete(promptId)) options.fire({ kind: 'ended', promptId });
  };
  const lookUp = async (promptId: string, run: Watched): Promise<void> => {
    const entry = await options.history(promptId);
    if (!entry.ok || !watched.has(promptId)) return;
    run.misses += 1;
    if (entry.value !== undefined || run.misses >= MISSES_UNTIL_GONE) end(promptId);
  };

  return {
    get isEmpty() {
      return watched.size === 0;
    },
    add: (promptId) => watched.set(promptId, { hasStarted: false, misses: 0 }),
    saw: (event) => {
      if (event.kind === 'ended') watched.delete(event.promptId);
      if (event.kind !== 'started') return;
      const run = watched.get(event.promptId);
      if (run !== undefined) run.hasStarted = true;
    },
    forget: (promptId) => watched.delete(promptId),
    check: async () => {
      // Only runs that were submitted before the question was asked can be missed in the answer.
      const before = [...watched];
      if (before.length === 0) return;
      const queue = await options.queue();
      if (!queue.ok) return;
      const running = new Set(queue.value.running.map(({ promptId }) => promptId));
      const pending = new Set(queue.value.pending.map(({ promptId }) => promptId));
      for (const [promptId, run] of before) {
        if (!watched.has(promptId)) continue;
        if (running.has(promptId) || pending.has(promptId)) {
          run.misses = 0;
          if (running.has(promptId) && !run.hasStarted) {
            run.hasStarted = true;
            options.fire({ kind: 'started', promptId });
          }
        } else await lookUp(promptId, run);
      }
    },
  };
}
