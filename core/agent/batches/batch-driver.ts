import type { Disposable } from '../../base/disposable.ts';
import { type Result, err } from '../../base/result.ts';
import type { Batch, BatchItem } from '../../contract/run/batch.schema.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import { findBatch, isItemOver } from '../../domain/batch/find-batch.ts';
import { affectedNodes } from '../../domain/batch/plan-batch.ts';
import { isOutOfReach, wouldRepeat } from '../../domain/batch/would-repeat.ts';
import { viewWorkflow } from '../../domain/workflow/view/view-workflow.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ComfyLink } from '../servers/comfy-link.ts';
import type { RunCoordinator } from '../runs/run-coordinator.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import type { BatchBases } from './batch-bases.ts';

interface DriverParts {
  readonly clock: Clock;
  readonly link: ComfyLink;
  readonly runs: RunCoordinator;
  readonly bases: BatchBases;
}

/** Renders accepted batches. */
export interface BatchDriver extends Disposable {
  /** Goes on with a batch; for one that is under way already this does nothing. */
  drive(store: SessionStore, batchId: string): void;
}

/** How often the server is looked for while it is out of reach. */
const REACH_MS = 2_000;
/** Tries to get one item rendered before the artist is asked. */
const MAX_TRIES = 20;

/**
 * Makes what renders batches: one item after another, so that ComfyUI's queue holds one run of ours at a
 * time, and stopping a batch never races with the rest of it.
 */
export function createBatchDriver(parts: DriverParts): BatchDriver {
  const driving = new Set<string>();
  let isDisposed = false;
  const isStopped = (): boolean => isDisposed;
  return {
    drive: (store, batchId) => {
      const key = `${store.sessionId} ${batchId}`;
      if (isDisposed || driving.has(key)) return;
      driving.add(key);
      void driveBatch(parts, { store, batchId, isStopped }).finally(() => driving.delete(key));
    },
    dispose: () => {
      isDisposed = true;
    },
  };
}

interface Drive {
  readonly store: SessionStore;
  readonly batchId: string;
  readonly isStopped: () => boolean;
}

async function driveBatch(parts: DriverParts, { store, batchId, isStopped }: Drive): Promise<void> {
  let tries = 0;
  let before: AppError | undefined;
  while (!isStopped()) {
    const batch = findBatch(store.state, batchId);
    if (batch?.status !== 'running') return;
    const index = nextItem(store, batch);
    const item = index === undefined ? undefined : batch.items[index];
    if (index === undefined || item === undefined) {
      store.dispatch({ type: 'batch/ended', batchId, status: 'done' });
      return;
    }
    const outcome = await renderItem(parts, store, { batch, index, item });
    if (outcome.kind === 'retry') {
      tries += 1;
      store.dispatch({ type: 'batch/item-retried', batchId, index });
      if (tries >= MAX_TRIES) pause(store, batchId, outcome.error);
      else await reach(parts, isStopped);
      continue;
    }
    tries = 0;
    if (outcome.kind === 'over') continue;
    const { error } = outcome;
    if (error.code === 'batch/base-gone' || isRepeated(parts, { store, batch, error, before })) {
      pause(store, batchId, error);
    }
    before = error;
  }
}

interface ItemAt {
  readonly batch: Batch;
  readonly index: number;
  readonly item: BatchItem;
}

/** `retry`: nothing was rendered and nothing is wrong with it. */
type ItemOutcome =
  { readonly kind: 'over' } | { readonly kind: 'failed' | 'retry'; readonly error: AppError };

/** Renders one item, or waits for the one under way. */
async function renderItem(
  parts: DriverParts,
  store: SessionStore,
  { batch, index, item }: ItemAt,
): Promise<ItemOutcome> {
  const { batchId } = batch;
  const wasUnderWay = item.status === 'started';
  if (!wasUnderWay) {
    const started = await startItem(parts, store, { batch, index, item });
    const isRun = findBatch(store.state, batchId)?.items[index]?.status === 'started';
    // Refused before it became a run; one that failed on its way to the queue is a run.
    if (!started.ok && !isRun) {
      const { error } = started;
      if (isOutOfReach(error)) return { kind: 'retry', error };
      if (error.code !== 'batch/base-gone') {
        store.dispatch({ type: 'batch/item-refused', batchId, index, error });
      }
      return { kind: 'failed', error };
    }
  }
  const promptId = findBatch(store.state, batchId)?.items[index]?.promptId;
  if (promptId === undefined) return { kind: 'over' };
  const ended = await parts.runs.await(store, promptId);
  if (!ended.ok) return { kind: 'failed', error: ended.error };
  const { status, failure, startedAt } = ended.value;
  const isLeftOut = findBatch(store.state, batchId)?.items[index]?.status === 'left-out';
  if (isLeftOut) return { kind: 'over' };
  // The core stopped between noting the run and sending it.
  if (status === 'cancelled' && wasUnderWay && startedAt === undefined) {
    return { kind: 'retry', error: appError('comfy/not-connected', {}) };
  }
  if (status !== 'failed' || failure === undefined) return { kind: 'over' };
  return { kind: isOutOfReach(failure) ? 'retry' : 'failed', error: failure };
}

function startItem(
  { runs, bases }: DriverParts,
  store: SessionStore,
  { batch, index, item }: ItemAt,
): Promise<Result<unknown, AppError>> {
  const document = bases.of(store.state, batch);
  if (document === undefined) return Promise.resolve(err(appError('batch/base-gone', {})));
  const { batchId, proposedBy, turnId } = batch;
  return runs.start(store, {
    label: item.label,
    requestedBy: { role: 'artist', name: proposedBy },
    needsRelease: false,
    overrides: item.ops,
    document,
    batch: { batchId, index },
    ...(turnId === undefined ? {} : { turnId }),
  });
}

/** True when the next item would end alike, so that the artist is asked first. */
function isRepeated(
  { bases, link }: DriverParts,
  {
    store,
    batch,
    error,
    before,
  }: {
    readonly store: SessionStore;
    readonly batch: Batch;
    readonly error: AppError;
    readonly before: AppError | undefined;
  },
): boolean {
  const items = findBatch(store.state, batch.batchId)?.items ?? [];
  if (!items.some(({ status }) => status === 'waiting')) return false;
  const base = bases.of(store.state, batch);
  if (base === undefined) return true;
  const affected = affectedNodes(viewWorkflow(base, link.catalog), batch.items);
  return wouldRepeat(error, affected, before);
}

/** The item under way, else the first that waits. */
function nextItem(store: SessionStore, { items }: Batch): number | undefined {
  const underWay = items.findIndex(
    (item) => item.status === 'started' && !isItemOver(store.state, item),
  );
  const next = underWay >= 0 ? underWay : items.findIndex(({ status }) => status === 'waiting');
  return next < 0 ? undefined : next;
}

function pause(store: SessionStore, batchId: string, error: AppError): void {
  store.dispatch({ type: 'batch/paused', batchId, error });
}

/** Resolves when the server takes work again, or nobody waits for it any more. */
function reach({ link, clock }: DriverParts, isStopped: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (isStopped() || link.ready().ok) resolve();
      else clock.after(REACH_MS, look);
    };
    clock.after(REACH_MS, look);
  });
}
