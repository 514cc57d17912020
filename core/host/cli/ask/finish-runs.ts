import { type Result, err, ok } from '../../../base/result.ts';
import type { AppError } from '../../../contract/errors.ts';
import type { Run } from '../../../contract/run/run.schema.ts';
import { isBatchOver } from '../../../domain/batch/batch-reducer.ts';
import { isRunOver } from '../../../domain/run/run-reducer.ts';
import type { ArtistClient } from './artist-client.ts';

/** Waits for the runs of the turn; starts one when something was changed and none was asked for. */
export async function finishRuns(
  artist: ArtistClient,
  shouldRun: boolean,
): Promise<Result<readonly Run[], AppError>> {
  const { client, sessionId } = artist;
  const isRejected = artist.state.changeSets.at(-1)?.status === 'rejected';
  const { runs, batches = [] } = artist.state;
  if (runs.length + batches.length === 0 && shouldRun && !isRejected) {
    const turnId = artist.state.turns.at(-1)?.turnId;
    const started = await client.call('run/start', {
      sessionId,
      ...(turnId === undefined ? {} : { turnId }),
    });
    if (!started.ok) return err(started.error);
  }
  const settled = await artist.until(
    (state) =>
      state.runs.every((run) => isRunOver(run) && run.status !== 'succeeded') &&
      // A paused one waits for somebody, and here is nobody.
      (state.batches ?? []).every((batch) => isBatchOver(batch) || batch.status === 'paused'),
  );
  return ok(settled.runs);
}
