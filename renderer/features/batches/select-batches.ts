import type { Batch, BatchItem } from '../../../core/contract/batch.schema.ts';
import type { Run } from '../../../core/contract/run.schema.ts';
import type { SessionState } from '../../../core/contract/session.schema.ts';
import { countItems, runOfItem } from '../../../core/domain/batch/find-batch.ts';
import { count } from '../../ui/format.ts';
import { toValueText } from '../graph/build-scene-node.ts';
import { describeRunStatus } from '../runs/select-runs.ts';

/** Where a plan stands, in words. */
export function describeBatch(session: Pick<SessionState, 'runs'>, batch: Batch): string {
  const { over, kept } = countItems(session, batch);
  switch (batch.status) {
    case 'proposed':
      return 'Waits for you';
    case 'running':
      return `${String(over)} of ${String(kept)} done`;
    case 'paused':
      return `Paused, ${String(over)} of ${String(kept)} done`;
    case 'done':
      return `${count(kept, 'render')} done`;
    case 'cancelled':
      return `Stopped after ${String(over)} of ${String(kept)}`;
    case 'rejected':
      return 'Rejected';
    default:
      return batch.status satisfies never;
  }
}

/** How long all of it is expected to take: "about 3 min". */
export function describeEstimate({ estimateMs, items }: Batch, kept: number): string {
  const renders = count(kept, 'render');
  if (estimateMs === undefined) return `${renders}; how long they take is not known yet`;
  const ms = (estimateMs * kept) / Math.max(1, items.length);
  const time =
    ms < 90_000
      ? `${String(Math.max(1, Math.round(ms / 1_000)))} s`
      : `${String(Math.round(ms / 60_000))} min`;
  return `${renders}, about ${time} in all`;
}

/** An item as its frame in the sheet says it. */
export function describeItem(session: Pick<SessionState, 'runs'>, item: BatchItem): string {
  const run = runOfItem(session, item);
  if (item.status === 'left-out') return 'Left out';
  if (item.status === 'refused') return 'Could not be queued';
  return run === undefined ? 'Waits' : describeRunStatus(run);
}

/** The values of an item, one per column. */
export function valuesOf({ ops }: BatchItem): readonly string[] {
  return ops.flatMap((op) =>
    op.op === 'set_widget' && op.value !== undefined ? [toValueText(op.value)] : [],
  );
}

/** The runs that two ticked items became, in the order of the sheet; undefined unless both left something. */
export function comparedRuns(
  session: Pick<SessionState, 'runs'>,
  { items }: Batch,
  ticked: readonly number[],
): readonly [Run, Run] | undefined {
  const [first, second] = [...ticked]
    .sort((a, b) => a - b)
    .map((index) => {
      const item = items[index];
      return item === undefined ? undefined : runOfItem(session, item);
    });
  return first === undefined || second === undefined ? undefined : [first, second];
}
