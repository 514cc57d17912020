import { join } from 'node:path';
import type { Result } from '../../../base/result.ts';
import type { AppError } from '../../../contract/errors.ts';
import type { Run } from '../../../contract/run/run.schema.ts';
import { receiptFileName } from '../../../domain/run/receipt/describe-receipt.ts';
import type { ArtistClient } from './artist-client.ts';

/** Writes a run's receipt beside the copies of its results; waits for the fingerprints of its models. */
export async function saveReceipt(
  { client, sessionId }: ArtistClient,
  run: Run,
  folder: string,
): Promise<Result<{ readonly path: string }, AppError>> {
  return client.call('run/save-receipt', {
    sessionId,
    promptId: run.promptId,
    path: join(folder, receiptFileName(run)),
    overwrite: true,
  });
}
