import type { ServerContext } from '@modelcontextprotocol/server';
import type { Run } from '../../contract/run/run.schema.ts';
import { isRunOver } from '../../domain/run/run-reducer.ts';
import type { PendingCall } from './pending-call.ts';

/** Tells a client how far its call is, if it asked to be told. */
export interface ProgressReport {
  /** What the call does now; the same twice is said once. */
  tell(pending: PendingCall): void;
  /** Says that it still waits, so that a client that counts silence does not give up. */
  beat(message: string): void;
}

const TOTAL = 100;
/** How much further a sign of life is than the last one: progress must grow. */
const BEAT = 0.001;

/** Makes the report of one request. */
export function createProgressReport(ctx: ServerContext): ProgressReport {
  const progressToken = ctx.mcpReq._meta?.progressToken;
  let progress = 0;
  let said = '';
  const send = (next: number, message: string): void => {
    if (progressToken === undefined) return;
    progress = Math.min(TOTAL, Math.max(next, progress + BEAT));
    said = message;
    const params = { progressToken, progress, total: TOTAL, message };
    // A client that is gone is noticed by its request's signal.
    ctx.mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
  };
  return {
    tell: (pending) => {
      const waiting = pending.waiting();
      const message =
        waiting === undefined ? describeRuns(pending.runs()) : WAITING_FOR[waiting.kind];
      if (message === undefined || message === said) return;
      send(fractionOf(pending) * TOTAL, message);
    },
    beat: (message) => send(progress, message),
  };
}

/** Said while the artist decides. */
export const WAITING_FOR = {
  change: 'Waiting for the artist to accept the change in Second Unit',
  batch: 'Waiting for the artist to accept the plan of renders in Second Unit',
  run: 'Waiting for the artist to let the render start in Second Unit',
  call: 'Waiting for the artist to allow it in Second Unit',
} as const;

function fractionOf({ runs: ofCall, expectedRuns }: PendingCall): number {
  const runs = ofCall();
  if (runs.length === 0) return 0;
  const done = runs.reduce(
    (sum, run) => sum + (isRunOver(run) ? 1 : (run.progress?.fraction ?? 0)),
    0,
  );
  return done / Math.max(runs.length, expectedRuns());
}

function describeRuns(runs: readonly Run[]): string | undefined {
  const run = runs.find((candidate) => !isRunOver(candidate)) ?? runs.at(-1);
  if (run === undefined) return undefined;
  const { label, status, progress, queuePosition = 0 } = run;
  if (status === 'queued') return `${label}: in the queue, ${queuePosition} ahead`;
  if (status !== 'running' || progress === undefined) return `${label}: ${status}`;
  const { nodeTitle, step, steps, fraction } = progress;
  const where = nodeTitle === undefined ? '' : `, ${nodeTitle}`;
  const count = step === undefined || steps === undefined ? '' : ` ${step}/${steps}`;
  return `${label}: ${Math.round(fraction * TOTAL)}%${where}${count}`;
}
