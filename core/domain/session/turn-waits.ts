import type { SessionState, Turn } from '../../contract/session.schema.ts';
import { isBatchOver } from '../batch/batch-reducer.ts';
import { isRunSettled } from '../run/run-reducer.ts';
import { isTurnOver } from './turn-reducer.ts';

/** True while the turn itself is at work: neither over, nor waiting for a yes or for a render that it asked for. */
export function isTurnBusy(
  turn: Turn,
  { runs, batches = [] }: Pick<SessionState, 'runs' | 'batches'>,
): boolean {
  if (isTurnOver(turn) || turn.status === 'awaiting-approval') return false;
  const isOfTurn = ({ turnId }: { readonly turnId?: string | undefined }): boolean =>
    turnId === turn.turnId;
  return (
    !runs.some((run) => isOfTurn(run) && !isRunSettled(run)) &&
    !batches.some((batch) => isOfTurn(batch) && !isBatchOver(batch))
  );
}
