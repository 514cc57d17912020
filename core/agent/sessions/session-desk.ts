import { createDisposableBag } from '../../base/disposable.ts';
import type { Cancellation } from '../../base/cancellation.ts';
import { type Result, err, ok } from '../../base/result.ts';
import type { Batch } from '../../contract/run/batch.schema.ts';
import { isBatchOver } from '../../domain/batch/batch-reducer.ts';
import { findBatch } from '../../domain/batch/find-batch.ts';
import type { BatchDesk } from '../batches/batch-desk.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Settings } from '../../contract/machine/machine.schema.ts';
import type { Actor } from '../../contract/session.schema.ts';
import { decideApproval } from '../../domain/session/approval-policy.ts';
import type { SessionDesk } from '../../tools/define-tool.ts';
import type { ChangeSetDesk } from '../workflows/change-set-desk.ts';
import { addCheckpoint, goToHistoryEntry, stepHistory } from '../workflows/history-desk.ts';
import type { RunCoordinator } from '../runs/run-coordinator.ts';
import type { SessionStore } from './session-store.ts';
import type { WorkflowDesk } from '../workflows/workflow-desk.ts';

interface SessionDeskParts {
  readonly store: SessionStore;
  readonly author: Actor;
  readonly isLiteral: boolean;
  readonly turnId: string;
  readonly cancellation: Cancellation;
  /** Asks the artist where another program wants what is their own: opening, saving and stepping back. */
  readonly allowOwn: () => Promise<Result<void, AppError>>;
  readonly settings: () => Settings;
  readonly workflows: WorkflowDesk;
  readonly changeSets: ChangeSetDesk;
  readonly runs: RunCoordinator;
  readonly batches: BatchDesk;
}

/** What the tools of one turn may do, each under what its author is allowed. */
export function createSessionDesk(parts: SessionDeskParts): SessionDesk {
  const {
    store,
    author,
    isLiteral,
    turnId,
    cancellation,
    allowOwn,
    settings,
    workflows,
    changeSets,
    runs,
    batches,
  } = parts;
  /** Stops the batch when the turn is stopped first. */
  const untilBatch = (
    batchId: string,
    isReached: (batch: Batch) => boolean,
  ): Promise<Result<Batch, AppError>> =>
    new Promise((resolve) => {
      const bag = createDisposableBag();
      const look = (): void => {
        const batch = findBatch(store.state, batchId);
        if (batch === undefined || !isReached(batch)) return;
        bag.dispose();
        resolve(ok(batch));
      };
      bag.add(store.onEnvelope(look));
      bag.add(
        cancellation.onCancelled(() => {
          bag.dispose();
          void batches.cancel(store, batchId);
          resolve(err(appError('cancelled', {})));
        }),
      );
      look();
    });
  return {
    openWorkflow: async (source) => {
      const allowed = await allowOwn();
      return allowed.ok ? workflows.open(store, source) : allowed;
    },
    saveWorkflow: async (path) => {
      const allowed = await allowOwn();
      return allowed.ok ? workflows.save(store, path) : allowed;
    },
    undo: async () => {
      const allowed = await allowOwn();
      return allowed.ok ? stepHistory(store, 'undo', author, changeSets) : allowed;
    },
    redo: async () => {
      const allowed = await allowOwn();
      return allowed.ok ? stepHistory(store, 'redo', author, changeSets) : allowed;
    },
    addCheckpoint: async (name) => {
      const allowed = await allowOwn();
      return allowed.ok ? addCheckpoint(store, name, author) : allowed;
    },
    goTo: async (entryId) => {
      const allowed = await allowOwn();
      return allowed.ok ? goToHistoryEntry(store, entryId, author, changeSets) : allowed;
    },
    startRun: ({ label, overrides }) => {
      const approval = decideApproval({
        effect: 'execute',
        author,
        isLiteral,
        settings: settings(),
      });
      return runs.start(store, {
        turnId,
        label,
        requestedBy: author,
        needsRelease: approval !== 'allow',
        overrides: overrides ?? [],
      });
    },
    awaitRun: (promptId) =>
      new Promise((resolve) => {
        const stopped = cancellation.onCancelled(() => resolve(err(appError('cancelled', {}))));
        void runs.await(store, promptId).then((ended) => {
          stopped.dispose();
          resolve(ended);
        });
      }),
    cancelRun: (promptId) => runs.cancel(store, promptId),
    proposeBatch: async (plan) => {
      const proposed = batches.propose(store, plan, { by: author, turnId });
      if (!proposed.ok) return proposed;
      const { batchId } = proposed.value;
      store.dispatch({ type: 'turn/moved', turnId, status: 'awaiting-approval' });
      const decided = await untilBatch(batchId, ({ status }) => status !== 'proposed');
      if (!decided.ok) return decided;
      store.dispatch({ type: 'turn/moved', turnId, status: 'thinking' });
      return decided.value.status === 'rejected' ? err(appError('batch/rejected', {})) : decided;
    },
    awaitBatch: async (batchId) => {
      const ended = await untilBatch(batchId, isBatchOver);
      return ended.ok ? ok({ batch: ended.value, runs: store.state.runs }) : ended;
    },
  };
}
