import { type Result, err, ok } from '../../core/base/result.ts';
import type { SessionEnvelope } from '../../core/contract/actions.ts';
import { type AppError, appError } from '../../core/contract/errors.ts';
import type { ResultOf } from '../../core/contract/methods.ts';
import type { SessionState } from '../../core/contract/session.schema.ts';
import { sessionReducer } from '../../core/domain/session/session-reducer.ts';
import { type Mirror, stepMirrorThrough } from './mirror.ts';

/** What following a session needs of the connection and the store. */
export interface SessionSyncOptions {
  subscribe(
    sessionId: string,
    since: number | undefined,
  ): Promise<Result<ResultOf<'session/subscribe'>, AppError>>;
  /** The session that the page shows. */
  getHeld(): { readonly sessionId: string; readonly mirror: Mirror<SessionState> | null } | null;
  setHeld(sessionId: string, mirror: Mirror<SessionState>): void;
}

/** Keeps the open session's mirror exact. */
export interface SessionSync {
  /** Takes one action off the wire; asks again for what is missing. */
  receive(sessionId: string, envelope: SessionEnvelope): void;
  /** Subscribes (again) to the held session, from where its mirror stands. */
  catchUp(): Promise<Result<void, AppError>>;
}

/** Follows one session: numbered actions in order, duplicates dropped, a gap filled by a replay. */
export function createSessionSync(options: SessionSyncOptions): SessionSync {
  let early: { sessionId: string; envelope: SessionEnvelope }[] = [];
  let running: { sessionId: string; done: Promise<Result<void, AppError>> } | undefined;

  const apply = (sessionId: string, envelopes: readonly SessionEnvelope[]): boolean => {
    const held = options.getHeld();
    if (held?.sessionId !== sessionId || held.mirror === null) return true;
    const { mirror, hasGap } = stepMirrorThrough(held.mirror, envelopes, reduceSession);
    if (mirror !== held.mirror) options.setHeld(sessionId, mirror);
    return !hasGap;
  };

  const fetchMissing = async (sessionId: string): Promise<Result<void, AppError>> => {
    const held = options.getHeld();
    const since = held?.sessionId === sessionId ? held.mirror?.seq : undefined;
    const answer = await options.subscribe(sessionId, since);
    if (!answer.ok) return answer;
    if (options.getHeld()?.sessionId !== sessionId) return ok(undefined);
    if (answer.value.kind === 'snapshot') {
      const { seq, state } = answer.value;
      options.setHeld(sessionId, { seq, state });
    } else if (!apply(sessionId, answer.value.envelopes)) {
      return err(appError('contract/invalid-result', { method: 'session/subscribe' }));
    }
    return ok(undefined);
  };

  const catchUp = async (): Promise<Result<void, AppError>> => {
    const sessionId = options.getHeld()?.sessionId;
    if (sessionId === undefined) return ok(undefined);
    if (running?.sessionId === sessionId) return running.done;
    const done = fetchMissing(sessionId);
    const own = { sessionId, done };
    running = own;
    const outcome = await done;
    if (running !== own) return outcome;
    running = undefined;
    const waiting = early;
    early = [];
    // Without an answer there is nothing for it to follow; the next one brings it along.
    if (!outcome.ok) return outcome;
    // What arrived meanwhile is either in the answer already or comes right after it.
    for (const item of waiting) receive(item.sessionId, item.envelope);
    return outcome;
  };

  const receive = (sessionId: string, envelope: SessionEnvelope): void => {
    const held = options.getHeld();
    if (held?.sessionId !== sessionId) return;
    if (running?.sessionId === sessionId || held.mirror === null) {
      early.push({ sessionId, envelope });
      return;
    }
    if (apply(sessionId, [envelope])) return;
    early.push({ sessionId, envelope });
    void catchUp();
  };

  return { receive, catchUp };
}

function reduceSession(state: SessionState, envelope: SessionEnvelope): SessionState {
  return sessionReducer(state, envelope) ?? state;
}
