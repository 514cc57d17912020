import { isBatchOver } from '../../../domain/batch/batch-reducer.ts';
import { isRunOver } from '../../../domain/run/run-reducer.ts';
import { isTurnOver } from '../../../domain/session/turn-reducer.ts';
import type { ArtistClient } from './artist-client.ts';

/** Ends what a message has started: its turn, its plans, and its renders, on the server too. */
export async function stopAsked({ client, sessionId, state }: ArtistClient): Promise<void> {
  const { turns, batches = [], runs } = state;
  await Promise.all([
    ...turns
      .filter((turn) => !isTurnOver(turn))
      .map(({ turnId }) => client.call('turn/cancel', { sessionId, turnId })),
    ...batches
      .filter((batch) => !isBatchOver(batch))
      .map(({ batchId }) => client.call('batch/cancel', { sessionId, batchId })),
    ...runs
      .filter((run) => !isRunOver(run))
      .map(({ promptId }) => client.call('run/cancel', { sessionId, promptId })),
  ]);
}
