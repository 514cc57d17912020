import type { NodeTime } from './run-times.ts';

const MINUTE_MS = 60_000;
/** Nothing counts as stalled before this, however quick it was so far. */
const FLOOR_MS = 2 * MINUTE_MS;
/** For a class that was never measured: its first run may read a model from a slow disk. */
const UNKNOWN_MS = 5 * MINUTE_MS;
/** Where a model is loaded, and a sampler before its first step, which moves one to the card. */
const LOADING_MS = 10 * MINUTE_MS;
/** A queue moves only when somebody's run ends. */
const QUEUE_FLOOR_MS = 15 * MINUTE_MS;
const BLIND_FLOOR_MS = 45 * MINUTE_MS;
/** How many times longer than ever before. */
const TIMES_LONGER = 4;

/** How long, ms, a node may say nothing before it counts as stalled; by what was learned of its class. */
export function nodePatience(classType: string | undefined, known: NodeTime | undefined): number {
  if (known !== undefined) return Math.max(FLOOR_MS, known.quietMs * TIMES_LONGER);
  return /loader|sampler/i.test(classType ?? '') ? LOADING_MS : UNKNOWN_MS;
}

/** How long, ms, a run may go on whose events go to a connection that is no more: only its end is seen. */
export function blindPatience(runMs: number | undefined): number {
  return Math.max(BLIND_FLOOR_MS, (runMs ?? 0) * TIMES_LONGER);
}

/** How long, ms, a queue may stand still in front of a run that takes about `runMs` itself. */
export function queuePatience(runMs: number | undefined): number {
  return Math.max(QUEUE_FLOOR_MS, (runMs ?? 0) * TIMES_LONGER);
}
