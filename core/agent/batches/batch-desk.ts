import type { Disposable } from '../../base/disposable.ts';
import { stringifyExactJson } from '../../base/exact-json.ts';
import { type Result, err, ok } from '../../base/result.ts';
import type { Batch } from '../../contract/run/batch.schema.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import { JsonValueSchema } from '../../contract/json.schema.ts';
import type { Actor, ChangeSet } from '../../contract/session.schema.ts';
import { isBatchOver } from '../../domain/batch/batch-reducer.ts';
import { findBatch, runOfItem } from '../../domain/batch/find-batch.ts';
import { type BatchPlan, affectedNodes } from '../../domain/batch/plan-batch.ts';
import { expectedRunMs } from '../../domain/run/pace/run-times.ts';
import { workOf } from '../../domain/run/work-of.ts';
import { isRunOver } from '../../domain/run/run-reducer.ts';
import { currentEntryId } from '../../domain/session/history-tree.ts';
import type { WorkflowDocument } from '../../domain/workflow/document.ts';
import { toExecutionPayload } from '../../domain/workflow/payload/to-execution-payload.ts';
import { viewWorkflow } from '../../domain/workflow/view/view-workflow.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Digest, Ids } from '../../ports/ids.ts';
import type { ChangeSetDesk } from '../workflows/change-set-desk.ts';
import type { ComfyLink } from '../servers/comfy-link.ts';
import { openDocument } from '../workflows/open-document.ts';
import type { LearnedTimes } from '../runs/pace/learned-times.ts';
import type { RunCoordinator } from '../runs/run-coordinator.ts';
import { serverName } from '../runs/server-name.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import { type BatchBases, createBatchBases } from './batch-bases.ts';
import { createBatchDriver } from './batch-driver.ts';

/** The artist's answer to a batch. */
export interface BatchResponse {
  readonly batchId: string;
  readonly digest: string;
  readonly decision: 'accept' | 'reject';
  /** Indexes into `items`; absent: all of them. */
  readonly keptItems?: readonly number[] | undefined;
}

/** Where batches are put down, decided, driven and stopped. */
export interface BatchDesk extends Disposable {
  propose(
    store: SessionStore,
    plan: BatchPlan,
    from: { readonly by: Actor; readonly turnId?: string },
  ): Result<Batch, AppError>;
  /** Checks that the answer is about exactly what was shown; accepted, it begins at once. */
  respond(
    store: SessionStore,
    response: BatchResponse,
    by: Actor,
  ): Promise<Result<Batch, AppError>>;
  /** Goes on with a batch that is paused; what could not be queued is tried again. */
  proceed(store: SessionStore, batchId: string, by: Actor): Result<void, AppError>;
  /** Stops the whole batch, or takes one render out of it; what is rendered stays. */
  cancel(store: SessionStore, batchId: string, index?: number): Promise<Result<void, AppError>>;
  /** Puts the values of one render before the artist as a change of the workflow. */
  use(store: SessionStore, batchId: string, index: number, by: Actor): Result<ChangeSet, AppError>;
  /** Picks up the batches of a session that was just loaded or has a server again. */
  resume(store: SessionStore): void;
}

interface DeskParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly digest: Digest;
  readonly link: ComfyLink;
  readonly runs: RunCoordinator;
  readonly changeSets: ChangeSetDesk;
  readonly learned: LearnedTimes;
}

/** After this long without a sign of life, ms, a batch is not gone on with unasked. */
const LEFT_OFF_MS = 3_600_000;

/** Makes the desk. */
export function createBatchDesk(parts: DeskParts): BatchDesk {
  const { clock, ids, digest, link, runs, changeSets, learned } = parts;
  const bases: BatchBases = createBatchBases();
  const driver = createBatchDriver({ clock, link, runs, bases });
  const seen = new WeakSet<SessionStore>();

  const estimate = (document: WorkflowDocument, plan: BatchPlan): number | undefined => {
    const converted = toExecutionPayload(document, link.catalog);
    const { current } = link;
    if (!converted.ok || current === undefined) return undefined;
    const server = serverName(current.connection);
    const { payload } = workOf(converted.value.payload, link.catalog);
    const affected = affectedNodes(viewWorkflow(document, link.catalog), plan.items);
    const first = expectedRunMs(learned.now, server, payload);
    // ComfyUI keeps what the last run made: the others only do what differs.
    const others = expectedRunMs(learned.now, server, payload, (id) => !affected.has(id));
    if (first === undefined) return undefined;
    return first + (plan.items.length - 1) * (others ?? first);
  };
  const find = (store: SessionStore, batchId: string): Result<Batch, AppError> => {
    const batch = findBatch(store.state, batchId);
    return batch === undefined ? err(appError('batch/unknown', { batchId })) : ok(batch);
  };
  const reject = (store: SessionStore, batchId: string): void => {
    store.dispatch({ type: 'batch/rejected', batchId });
  };

  return {
    propose: (store, plan, { by, turnId }) => {
      const document = openDocument(store.state);
      if (!document.ok) return document;
      const { workflow } = store.state;
      if (workflow === null) return err(appError('workflow/none-open', {}));
      const batchId = ids.next('batch');
      const estimateMs = estimate(document.value, plan);
      const shown = { batchId, title: plan.title, axes: plan.axes, items: plan.items };
      const batch: Batch = {
        ...shown,
        items: plan.items.map((item) => ({ ...item, status: 'waiting' })),
        baseEntryId: currentEntryId(workflow),
        baseRevision: workflow.revision,
        digest: digest(stringifyExactJson(JsonValueSchema.parse(shown))),
        status: 'proposed',
        proposedBy: by.name,
        proposedAt: clock.now(),
        ...(turnId === undefined ? {} : { turnId }),
        ...(estimateMs === undefined ? {} : { estimateMs }),
      };
      bases.keep(batchId, document.value);
      store.dispatch({ type: 'batch/proposed', batch });
      return ok(batch);
    },
    respond: async (store, { batchId, digest: told, decision, keptItems }, by) => {
      const batch = find(store, batchId);
      if (!batch.ok) return batch;
      const { status, items, baseRevision } = batch.value;
      if (status !== 'proposed') return err(appError('batch/decided', { status }));
      if (told !== batch.value.digest) {
        return err(appError('change/digest-mismatch', { changeSetId: batchId }));
      }
      const currentRevision = store.state.workflow?.revision ?? 0;
      const kept = keptItems ?? items.map((_, index) => index);
      if (decision === 'reject' || kept.length === 0) reject(store, batchId);
      else if (currentRevision !== baseRevision) {
        reject(store, batchId);
        return err(appError('change/stale', { baseRevision, currentRevision }));
      } else {
        store.dispatch({ type: 'batch/accepted', batchId, keptItems: [...kept], by });
        // On disk before anything is queued: after a crash we still know what was accepted.
        const saved = await store.saved();
        if (!saved.ok) return saved;
        driver.drive(store, batchId);
      }
      return find(store, batchId);
    },
    proceed: (store, batchId, by) => {
      const batch = find(store, batchId);
      if (!batch.ok) return batch;
      const { status, items } = batch.value;
      if (status !== 'paused') return err(appError('batch/decided', { status }));
      for (const [index, item] of items.entries()) {
        if (item.status === 'refused')
          store.dispatch({ type: 'batch/item-retried', batchId, index });
      }
      store.dispatch({ type: 'batch/continued', batchId, by });
      driver.drive(store, batchId);
      return ok(undefined);
    },
    cancel: async (store, batchId, index) => {
      const batch = find(store, batchId);
      if (!batch.ok) return batch;
      const { status, items } = batch.value;
      if (isBatchOver(batch.value)) return err(appError('batch/decided', { status }));
      if (index !== undefined) store.dispatch({ type: 'batch/item-left-out', batchId, index });
      else if (status === 'proposed') reject(store, batchId);
      else store.dispatch({ type: 'batch/ended', batchId, status: 'cancelled' });
      for (const [at, item] of items.entries()) {
        const run = runOfItem(store.state, item);
        if (run === undefined || isRunOver(run) || (index !== undefined && at !== index)) continue;
        const stopped = await runs.cancel(store, run.promptId);
        // One that ended by itself meanwhile is as good as stopped.
        if (!stopped.ok && stopped.error.code !== 'run/not-running') return stopped;
      }
      return ok(undefined);
    },
    use: (store, batchId, index, by) => {
      const batch = find(store, batchId);
      if (!batch.ok) return batch;
      const item = batch.value.items[index];
      if (item === undefined) return err(appError('batch/unknown', { batchId }));
      if (batch.value.isBaseGone === true) return err(appError('batch/base-gone', {}));
      const proposal = { intent: `Use ${item.label}`, ops: item.ops };
      return changeSets.propose(store, proposal, { by });
    },
    resume: (store) => {
      const isFirstLook = !seen.has(store);
      seen.add(store);
      for (const batch of store.state.batches ?? []) {
        if (batch.status !== 'running') continue;
        const { batchId, items } = batch;
        if (isFirstLook && clock.now() - store.state.updatedAt > LEFT_OFF_MS) {
          const left = items.filter(({ status }) => status === 'waiting').length;
          const error = appError('batch/left-off', { left });
          store.dispatch({ type: 'batch/paused', batchId, error });
        } else driver.drive(store, batchId);
      }
    },
    dispose: () => driver.dispose(),
  };
}
