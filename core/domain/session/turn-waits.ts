import type { SessionState, ToolCall, Turn, TurnPart } from '../../contract/session.schema.ts';
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

/** A call that waits for the artist's yes, with its turn. */
export interface WaitingCall {
  readonly turnId: string;
  readonly call: ToolCall;
}

/** The newest call that waits for the artist, or the one of that id; undefined when none does. */
export function findWaitingCall(
  { turns }: Pick<SessionState, 'turns'>,
  callId?: string,
): WaitingCall | undefined {
  const asked = (part: TurnPart): ToolCall | undefined =>
    part.kind === 'tool-call' &&
    part.call.status === 'awaiting-approval' &&
    (callId === undefined || part.call.callId === callId)
      ? part.call
      : undefined;
  const turn = turns.findLast(
    ({ status, parts }) =>
      status === 'awaiting-approval' && parts.some((part) => asked(part) !== undefined),
  );
  const call = turn?.parts.map(asked).findLast((each) => each !== undefined);
  return turn === undefined || call === undefined ? undefined : { turnId: turn.turnId, call };
}
