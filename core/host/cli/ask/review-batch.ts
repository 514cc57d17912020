import { type Result, ok } from '../../../base/result.ts';
import type { Batch } from '../../../contract/run/batch.schema.ts';
import type { AppError } from '../../../contract/errors.ts';
import type { SessionState } from '../../../contract/session.schema.ts';
import { runOfItem } from '../../../domain/batch/find-batch.ts';
import type { Terminal } from '../terminal.ts';
import type { ArtistClient } from './artist-client.ts';
import type { Review } from './review-changes.ts';

/** Shows a plan of several renders and answers it: by `--yes`, by asking, or not at all. */
export async function reviewBatch(
  artist: ArtistClient,
  { batchId, digest, title, items, estimateMs }: Batch,
  { yes, terminal }: { readonly yes: boolean; readonly terminal: Terminal },
): Promise<Result<Review, AppError>> {
  const time = estimateMs === undefined ? '' : `, about ${String(Math.ceil(estimateMs / 1_000))} s`;
  terminal.note(`${title}: ${String(items.length)} renders${time}`);
  items.forEach(({ label }, index) => terminal.note(`  ${String(index + 1)}. ${label}`));
  if (!yes && !terminal.isInteractive) return ok('nobody');
  const accepts = yes || /^(y|yes)$/i.test(await terminal.ask('Render all of them? [y/N] '));
  const decision = accepts ? 'accept' : 'reject';
  const { client, sessionId } = artist;
  const responded = await client.call('batch/respond', { sessionId, batchId, digest, decision });
  if (!responded.ok) return responded;
  return ok(accepts ? 'accepted' : 'rejected');
}

/** What came of each render of a plan. */
export function toBatchReport(
  state: SessionState,
  batch: Batch,
  toRunReport: (run: SessionState['runs'][number]) => object,
): object {
  const { title, status, items, pausedBy } = batch;
  return {
    title,
    status,
    ...(pausedBy === undefined ? {} : { pausedBy }),
    items: items.map((item) => {
      const run = runOfItem(state, item);
      return {
        label: item.label,
        status: item.status,
        verdict: run?.verdict ?? null,
        run: run === undefined ? null : toRunReport(run),
        ...(item.error === undefined ? {} : { error: item.error }),
      };
    }),
  };
}
