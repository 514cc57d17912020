import { assertNever } from '../../base/result.ts';
import type { SessionAction } from '../../contract/actions.ts';
import type { Batch, BatchItem, BatchStatus } from '../../contract/run/batch.schema.ts';

type BatchAction = Extract<SessionAction, { readonly type: `batch/${string}` }>;

const moves: Readonly<Record<BatchStatus, readonly BatchStatus[]>> = {
  proposed: ['running', 'rejected'],
  running: ['paused', 'done', 'cancelled'],
  paused: ['running', 'done', 'cancelled'],
  done: [],
  cancelled: [],
  rejected: [],
};

/** True when nothing more comes of it. */
export function isBatchOver({ status }: Batch): boolean {
  return moves[status].length === 0;
}

/** proposed → running ⇄ paused → done | cancelled, or rejected. */
export function batchReducer(
  batches: readonly Batch[],
  action: BatchAction,
  at: number,
): readonly Batch[] {
  if (action.type === 'batch/proposed') {
    const { batch } = action;
    return batches.some(({ batchId }) => batchId === batch.batchId) ? batches : [...batches, batch];
  }
  const current = batches.find(({ batchId }) => batchId === action.batchId);
  if (current === undefined) return batches;
  const next = reduceBatch(current, action, at);
  return next === current
    ? batches
    : batches.map((batch) => (batch.batchId === current.batchId ? next : batch));
}

/** A run of a batch stands with its item from then on. */
export function withStartedItem(
  batches: readonly Batch[],
  run: {
    readonly promptId: string;
    readonly batch?: { batchId: string; index: number } | undefined;
  },
): readonly Batch[] {
  const { promptId, batch: of } = run;
  if (of === undefined) return batches;
  return batches.map((batch) =>
    batch.batchId === of.batchId
      ? changeItem(batch, of.index, () => ({ status: 'started', promptId }))
      : batch,
  );
}

/** Another workflow is open: what was not accepted yet is off, and nothing can be derived anew. */
export function withoutBase(batches: readonly Batch[]): readonly Batch[] {
  return batches.map((batch) => ({
    ...batch,
    isBaseGone: true,
    ...(batch.status === 'proposed' ? { status: 'rejected' } : {}),
  }));
}

function reduceBatch(
  batch: Batch,
  action: Exclude<BatchAction, { readonly type: 'batch/proposed' }>,
  at: number,
): Batch {
  switch (action.type) {
    case 'batch/accepted': {
      if (!may(batch, 'running') || batch.status !== 'proposed') return batch;
      const { keptItems } = action;
      const items = batch.items.map((item, index): BatchItem =>
        keptItems.includes(index) ? item : { ...item, status: 'left-out' },
      );
      return { ...batch, status: 'running', items, decidedAt: at };
    }
    case 'batch/rejected':
      return may(batch, 'rejected') ? { ...batch, status: 'rejected', decidedAt: at } : batch;
    case 'batch/item-refused':
      return changeItem(batch, action.index, () => ({ status: 'refused', error: action.error }));
    case 'batch/item-left-out':
      return changeItem(batch, action.index, ({ status }) =>
        status === 'waiting' || status === 'started' ? { status: 'left-out' } : {},
      );
    case 'batch/item-retried':
      return withItem(batch, action.index, (item) =>
        item.status === 'refused' || item.status === 'started'
          ? { label: item.label, ops: item.ops, status: 'waiting' }
          : item,
      );
    case 'batch/paused':
      return may(batch, 'paused') ? { ...batch, status: 'paused', pausedBy: action.error } : batch;
    case 'batch/continued': {
      if (batch.status !== 'paused') return batch;
      const { pausedBy, ...rest } = batch;
      return { ...(pausedBy === undefined ? batch : rest), status: 'running' };
    }
    case 'batch/ended':
      return may(batch, action.status) ? { ...batch, status: action.status, endedAt: at } : batch;
    default:
      return assertNever(action);
  }
}

function changeItem(
  batch: Batch,
  index: number,
  change: (item: BatchItem) => Partial<BatchItem>,
): Batch {
  return withItem(batch, index, (item) => {
    const part = change(item);
    return Object.keys(part).length === 0 ? item : { ...item, ...part };
  });
}

function withItem(batch: Batch, index: number, change: (item: BatchItem) => BatchItem): Batch {
  const item = batch.items[index];
  if (item === undefined) return batch;
  const next = change(item);
  return next === item ? batch : { ...batch, items: batch.items.with(index, next) };
}

function may(batch: Batch, status: BatchStatus): boolean {
  return moves[batch.status].includes(status);
}
