import type { Batch, BatchItem } from '../../contract/run/batch.schema.ts';
import type { Run } from '../../contract/run/run.schema.ts';
import type { SessionState } from '../../contract/session.schema.ts';
import { isRunOver } from '../run/run-reducer.ts';

type Runs = Pick<SessionState, 'runs'>;

/** The batch of that id. */
export function findBatch(
  { batches = [] }: Pick<SessionState, 'batches'>,
  batchId: string,
): Batch | undefined {
  return batches.find((batch) => batch.batchId === batchId);
}

/** The run that an item became, as it stands. */
export function runOfItem({ runs }: Runs, { promptId }: BatchItem): Run | undefined {
  return promptId === undefined ? undefined : runs.find((run) => run.promptId === promptId);
}

/** True when nothing more comes of an item. */
export function isItemOver(state: Runs, item: BatchItem): boolean {
  if (item.status !== 'started') return item.status !== 'waiting';
  const run = runOfItem(state, item);
  return run !== undefined && isRunOver(run) && run.status !== 'succeeded';
}

/** How many items are over, of those that were kept. */
export function countItems(
  state: Runs,
  { items }: Batch,
): { readonly over: number; readonly kept: number } {
  const kept = items.filter(({ status }) => status !== 'left-out');
  return { over: kept.filter((item) => isItemOver(state, item)).length, kept: kept.length };
}
