import type { Disposable } from '../../base/disposable.ts';
import { type Event, createEmitter } from '../../base/emitter.ts';
import { type Result, err, ok } from '../../base/result.ts';
import type { SessionEnvelope } from '../../contract/actions.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { SessionSummary } from '../../contract/session.schema.ts';
import { replaySession } from '../../domain/session/replay-session.ts';
import { sessionReducer } from '../../domain/session/session-reducer.ts';
import { summariseSession } from '../../domain/session/summarise-session.ts';
import { isTurnOver } from '../../domain/session/turn-reducer.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { SessionRepository } from '../../ports/repositories.ts';
import { type SessionStore, createSessionStore } from './session-store.ts';

/** All sessions: listed from disk, loaded when first asked for, one writer each. */
export interface SessionRegistry extends Disposable {
  /** Reads every stored session once, so that the list is complete. */
  start(): Promise<void>;
  list(): readonly SessionSummary[];
  readonly onListChanged: Event<void>;
  /** Fires for each session that comes into memory, new or loaded. */
  readonly onOpened: Event<SessionStore>;
  /** Fires with the id of a session that was deleted. */
  readonly onRemoved: Event<string>;
  create(title?: string): SessionStore;
  open(sessionId: string): Promise<Result<SessionStore, AppError>>;
  remove(sessionId: string): Promise<Result<void, AppError>>;
  /** Sessions in memory. */
  readonly opened: readonly SessionStore[];
}

interface RegistryParts {
  readonly repository: SessionRepository;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Actions that change what the session list shows. */
const LISTED: ReadonlySet<string> = new Set([
  'session/created',
  'session/renamed',
  'workflow/loaded',
  'workflow/saved',
  'turn/started',
]);

/** Makes the registry; call `start` before listing. */
export function createSessionRegistry({ repository, clock, ids }: RegistryParts): SessionRegistry {
  const listChanged = createEmitter<void>();
  const openedSessions = createEmitter<SessionStore>();
  const removedSessions = createEmitter<string>();
  const stores = new Map<string, SessionStore>();
  const loading = new Map<string, Promise<Result<SessionStore, AppError>>>();
  const summaries = new Map<string, SessionSummary>();
  /** Newest first; made again when it is asked for after a change. */
  let listed: readonly SessionSummary[] | undefined;
  const changeList = (): void => {
    listed = undefined;
    listChanged.fire();
  };

  const adopt = (store: SessionStore, damage?: string): SessionStore => {
    stores.set(store.sessionId, store);
    summaries.set(store.sessionId, summariseSession(store.state, damage));
    store.onEnvelope(({ action }) => {
      if (!LISTED.has(action.type)) return;
      summaries.set(store.sessionId, summariseSession(store.state, damage));
      changeList();
    });
    openedSessions.fire(store);
    changeList();
    return store;
  };
  const load = async (sessionId: string): Promise<Result<SessionStore, AppError>> => {
    const stored = await repository.load(sessionId);
    if (!stored.ok) return stored;
    const { envelopes, damage } = stored.value;
    const state = replaySession(envelopes);
    if (state === undefined) {
      return err(appError('session/damaged', { sessionId, reason: 'its first entry is missing' }));
    }
    const seq = envelopes.at(-1)?.seq ?? 0;
    const store = createSessionStore({ state, seq, repository, clock });
    endInterruptedTurns(store);
    endInterruptedChanges(store);
    return ok(adopt(store, damage));
  };

  return {
    start: async () => {
      for (const sessionId of await repository.list()) {
        const stored = await repository.load(sessionId);
        const state = stored.ok ? replaySession(stored.value.envelopes) : undefined;
        if (stored.ok && state !== undefined) {
          summaries.set(sessionId, summariseSession(state, stored.value.damage));
        }
      }
      changeList();
    },
    list: () => {
      listed ??= [...summaries.values()].sort((a, b) => b.updatedAt - a.updatedAt);
      return listed;
    },
    onListChanged: listChanged.event,
    onOpened: openedSessions.event,
    onRemoved: removedSessions.event,
    create: (title) => {
      const sessionId = ids.next('session');
      const action = { type: 'session/created', sessionId, title: title ?? 'New session' } as const;
      const first: SessionEnvelope = { seq: 1, at: clock.now(), action };
      const state = sessionReducer(undefined, first);
      if (state === undefined) throw new Error('a session could not be created from nothing');
      return adopt(createSessionStore({ state, seq: 1, repository, clock }, [first]));
    },
    open: async (sessionId) => {
      const open = stores.get(sessionId);
      if (open !== undefined) return ok(open);
      const inFlight = loading.get(sessionId) ?? load(sessionId);
      loading.set(sessionId, inFlight);
      return inFlight.finally(() => loading.delete(sessionId));
    },
    remove: async (sessionId) => {
      await loading.get(sessionId);
      const store = stores.get(sessionId);
      const removed = await (store?.erase() ?? repository.remove(sessionId));
      if (!removed.ok) return removed;
      store?.dispose();
      stores.delete(sessionId);
      summaries.delete(sessionId);
      removedSessions.fire(sessionId);
      changeList();
      return removed;
    },
    get opened() {
      return [...stores.values()];
    },
    dispose: () => {
      for (const store of stores.values()) store.dispose();
      listChanged.dispose();
      openedSessions.dispose();
      removedSessions.dispose();
    },
  };
}

/** A turn that was under way when the core stopped will not go on by itself. */
function endInterruptedTurns(store: SessionStore): void {
  for (const turn of store.state.turns) {
    if (isTurnOver(turn)) continue;
    store.dispatch({ type: 'turn/moved', turnId: turn.turnId, status: 'cancelled' });
  }
}

/** Accepted but not applied: the core stopped in between, and the artist was not told that it is done. */
function endInterruptedChanges(store: SessionStore): void {
  for (const { changeSetId, status } of store.state.changeSets) {
    if (status === 'accepted') store.dispatch({ type: 'changeset/stale', changeSetId });
  }
}
