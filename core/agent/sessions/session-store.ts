import type { Disposable } from '../../base/disposable.ts';
import { type Event, createEmitter } from '../../base/emitter.ts';
import { type Result, ok } from '../../base/result.ts';
import type { SessionAction, SessionEnvelope } from '../../contract/actions.ts';
import type { AppError } from '../../contract/errors.ts';
import type { SessionState } from '../../contract/session.schema.ts';
import { sessionReducer } from '../../domain/session/session-reducer.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SessionRepository } from '../../ports/repositories.ts';

/** The only writer of one session: reduces, numbers, logs and tells, in this order. */
export interface SessionStore extends Disposable {
  readonly sessionId: string;
  readonly state: SessionState;
  /** Number of the newest action. */
  readonly seq: number;
  readonly onEnvelope: Event<SessionEnvelope>;
  /** False when the action is not possible in this state; then nothing is numbered or written. */
  dispatch(action: SessionAction): boolean;
  /** Resolves once everything dispatched so far is on disk, or says why it is not; nothing is lost meanwhile. */
  saved(): Promise<Result<void, AppError>>;
  /** The actions after `seq`, or undefined when they are no longer at hand. */
  since(seq: number): readonly SessionEnvelope[] | undefined;
  /**
   * Takes the session off the disk; from then on nothing is possible in it, so that what is still going cannot
   * bring half of it back. When that fails, it goes on as before.
   */
  erase(): Promise<Result<void, AppError>>;
}

/** How many actions are kept for pages that come back after a gap. */
const REPLAY_WINDOW = 2_000;
/** How long what a client looked at may wait for its place on disk, ms: nothing follows from it. */
const LOOK_WRITE_MS = 250;

interface SessionStoreParts {
  readonly state: SessionState;
  readonly seq: number;
  readonly repository: SessionRepository;
  readonly clock: Clock;
}

/** Makes the writer of a session that exists; `unsaved` are envelopes that are in `state` but not on disk yet. */
export function createSessionStore(
  { state: initial, seq: initialSeq, repository, clock }: SessionStoreParts,
  unsaved: readonly SessionEnvelope[] = [],
): SessionStore {
  const envelopes = createEmitter<SessionEnvelope>();
  const { sessionId } = initial;
  let state = initial;
  let seq = initialSeq;
  let recent: SessionEnvelope[] = [...unsaved];
  let waiting: SessionEnvelope[] = [...unsaved];
  let writing: Promise<Result<void, AppError>> | undefined;
  let mustSync = false;
  let later: Disposable | undefined;
  let isErased = false;

  const write = async (): Promise<Result<void, AppError>> => {
    while (!isErased && (waiting.length > 0 || mustSync)) {
      const batch = waiting;
      const durable = mustSync;
      waiting = [];
      mustSync = false;
      const outcome = await repository.append(sessionId, batch, durable);
      if (outcome.ok) continue;
      // What could not be written stays first in line for the next try.
      waiting = [...batch, ...waiting];
      return outcome;
    }
    return ok(undefined);
  };
  const startWriting = (): Promise<Result<void, AppError>> => {
    later?.dispose();
    later = undefined;
    writing ??= write().finally(() => {
      writing = undefined;
    });
    return writing;
  };
  if (waiting.length > 0) void startWriting();

  return {
    sessionId,
    get state() {
      return state;
    },
    get seq() {
      return seq;
    },
    onEnvelope: envelopes.event,
    dispatch: (action) => {
      if (isErased) return false;
      const envelope: SessionEnvelope = { seq: seq + 1, at: clock.now(), action };
      const next = sessionReducer(state, envelope);
      if (next === undefined || next === state) return false;
      state = next;
      seq = envelope.seq;
      recent.push(envelope);
      if (recent.length > REPLAY_WINDOW * 2) recent = recent.slice(-REPLAY_WINDOW);
      waiting.push(envelope);
      if (action.type !== 'turn/looked') void startWriting();
      else later ??= clock.after(LOOK_WRITE_MS, () => void startWriting());
      envelopes.fire(envelope);
      return true;
    },
    saved: async () => {
      mustSync = true;
      // A write that began before this call may have passed the point where it looks at mustSync.
      await writing;
      return startWriting();
    },
    since: (from) => {
      if (from > seq) return undefined;
      const first = recent[0]?.seq ?? seq + 1;
      return from + 1 >= first ? recent.filter((envelope) => envelope.seq > from) : undefined;
    },
    erase: async () => {
      isErased = true;
      await writing;
      const removed = await repository.remove(sessionId);
      if (removed.ok) return removed;
      isErased = false;
      if (waiting.length > 0) void startWriting();
      return removed;
    },
    dispose: () => {
      later?.dispose();
      envelopes.dispose();
    },
  };
}
