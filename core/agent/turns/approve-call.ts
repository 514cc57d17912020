import { createDisposableBag } from '../../base/disposable.ts';
import type { Cancellation } from '../../base/cancellation.ts';
import { type Result, err, ok } from '../../base/result.ts';
import type { SessionAction } from '../../contract/actions.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Actor } from '../../contract/session.schema.ts';
import { findWaitingCall } from '../../domain/session/turn-waits.ts';
import type { SessionStore } from '../sessions/session-store.ts';

/** A call of a client that wants what only the artist may do. */
export interface CallToApprove {
  readonly turnId: string;
  readonly callId: string;
  readonly name: string;
}

type Decision = Extract<SessionAction, { readonly type: 'turn/tool-call-decided' }>;

/**
 * Puts a call before the artist and waits, as long as they think. Fails with `tool/not-approved` after a no and with
 * `cancelled` when nobody waits for the call any more.
 */
export async function askArtist(
  store: SessionStore,
  { turnId, callId, name }: CallToApprove,
  cancellation: Cancellation,
): Promise<Result<void, AppError>> {
  const decided = waitForDecision(store, callId, cancellation);
  store.dispatch({ type: 'turn/moved', turnId, status: 'awaiting-approval' });
  store.dispatch({ type: 'turn/tool-call-moved', turnId, callId, status: 'awaiting-approval' });
  const decision = await decided;
  if (decision === undefined) return err(appError('cancelled', {}));
  store.dispatch({ type: 'turn/moved', turnId, status: 'thinking' });
  if (decision.decision === 'accept') return ok(undefined);
  const { reason } = decision;
  return err(appError('tool/not-approved', { name, ...(reason === undefined ? {} : { reason }) }));
}

/** Records the artist's yes or no; `tool/not-waiting` when the call does not wait (any more). */
export function answerCall(
  store: SessionStore,
  answer: {
    readonly callId: string;
    readonly decision: 'accept' | 'reject';
    readonly reason?: string | undefined;
  },
  by: Actor,
): Result<void, AppError> {
  const { callId, decision, reason } = answer;
  const waiting = findWaitingCall(store.state, callId);
  if (waiting === undefined) return err(appError('tool/not-waiting', { callId }));
  const { turnId } = waiting;
  const why = reason === undefined ? {} : { reason };
  store.dispatch({ type: 'turn/tool-call-decided', turnId, callId, decision, by, ...why });
  return ok(undefined);
}

/** Undefined when the call was given up first. */
function waitForDecision(
  store: SessionStore,
  callId: string,
  cancellation: Cancellation,
): Promise<Decision | undefined> {
  return new Promise((resolve) => {
    const bag = createDisposableBag();
    const settle = (decision: Decision | undefined): void => {
      bag.dispose();
      resolve(decision);
    };
    bag.add(
      store.onEnvelope(({ action }) => {
        if (action.type === 'turn/tool-call-decided' && action.callId === callId) settle(action);
      }),
    );
    bag.add(cancellation.onCancelled(() => settle(undefined)));
  });
}
