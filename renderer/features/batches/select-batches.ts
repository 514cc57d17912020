import type { Batch, BatchItem } from '../../../core/contract/run/batch.schema.ts';
import type { AppError } from '../../../core/contract/errors.ts';
import type { Run } from '../../../core/contract/run/run.schema.ts';
import type { SessionState } from '../../../core/contract/session.schema.ts';
import { isBatchOver } from '../../../core/domain/batch/batch-reducer.ts';
import { artistMessage } from '../../../core/domain/errors/artist-message.ts';
import { countItems, runOfItem } from '../../../core/domain/batch/find-batch.ts';
import { count } from '../../ui/format.ts';
import type { IconName } from '../../ui/icon.tsx';
import { toValueText } from '../graph/build-scene-node.ts';
import { describeRunStatus } from '../runs/select-runs.ts';

/** Where a plan stands, in words. */
export function describeBatch(session: Pick<SessionState, 'runs'>, batch: Batch): string {
  const { over, kept } = countItems(session, batch);
  const rendered = countRendered(session, batch);
  switch (batch.status) {
    case 'proposed':
      return 'Waits for you';
    case 'running':
      return `${String(over)} of ${String(kept)} done`;
    case 'paused':
      return `Paused, ${String(over)} of ${String(kept)} done`;
    case 'done':
      return rendered === kept
        ? `${count(kept, 'render')} done`
        : `${String(rendered)} of ${String(kept)} rendered`;
    case 'cancelled':
      return `Stopped, ${String(rendered)} of ${String(kept)} rendered`;
    case 'rejected':
      return 'Rejected';
    default:
      return batch.status satisfies never;
  }
}

function countRendered(session: Pick<SessionState, 'runs'>, { items }: Batch): number {
  return items.filter((item) => {
    const status = runOfItem(session, item)?.status;
    return status === 'verified' || status === 'needs-attention';
  }).length;
}

/** What a yes comes to, in sentences: how many renders, how long all of them are expected to take. */
export function describeEstimate({ estimateMs, items }: Batch, kept: number): string {
  if (kept === 0) return 'Nothing is ticked.';
  const renders = `${count(kept, 'render')}${kept === 1 ? '' : ', one after another'}`;
  if (estimateMs === undefined) return `${renders}. How long that takes is not known yet.`;
  const ms = (estimateMs * kept) / Math.max(1, items.length);
  const time =
    ms < 90_000
      ? `${String(Math.max(1, Math.round(ms / 1_000)))} s`
      : `${String(Math.round(ms / 60_000))} min`;
  return `${renders}: about ${time} in all.`;
}

/** An item as its frame in the sheet says it. */
export function describeItem(
  session: Pick<SessionState, 'runs'>,
  batch: Batch,
  item: BatchItem,
): string {
  const run = runOfItem(session, item);
  if (run !== undefined) return describeRunStatus(run);
  if (item.status === 'left-out') return 'Left out';
  if (item.status === 'refused') return 'Could not be queued';
  return isBatchOver(batch) ? 'Not rendered' : 'Waits';
}

/** What its frame shows while there is no picture. */
export function iconOf(
  session: Pick<SessionState, 'runs'>,
  batch: Batch,
  item: BatchItem,
): IconName {
  const status = runOfItem(session, item)?.status ?? item.status;
  if (status === 'waiting' && isBatchOver(batch)) return 'minus';
  switch (status) {
    case 'running':
    case 'succeeded':
      return 'spinner';
    case 'waiting':
    case 'started':
    case 'proposed':
    case 'queued':
      return 'clock';
    case 'left-out':
    case 'cancelled':
      return 'minus';
    case 'refused':
    case 'failed':
    case 'unclear':
      return 'alert';
    case 'verified':
    case 'needs-attention':
      return 'picture';
    default:
      return status satisfies never;
  }
}

/** What went wrong, with the items that it happened to; what reads the same is told once. */
export function failuresOf(
  session: Pick<SessionState, 'runs'>,
  { items }: Batch,
): readonly { readonly labels: readonly string[]; readonly error: AppError }[] {
  const failures = items.flatMap((item) => {
    const error = runOfItem(session, item)?.failure ?? item.error;
    return error === undefined ? [] : [{ label: item.label, error }];
  });
  const alike = Map.groupBy(failures, ({ error }) => artistMessage(error).body);
  return [...alike.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined
      ? []
      : [{ labels: same.map(({ label }) => label), error: first.error }];
  });
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
