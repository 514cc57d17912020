import type { Disposable } from '../../base/disposable.ts';
import { type Event, createEmitter } from '../../base/emitter.ts';
import { type Result, err, ok } from '../../base/result.ts';
import type { SessionEnvelope } from '../../contract/actions.ts';
import type { Client } from '../../contract/wire/client.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { SessionState } from '../../contract/session.schema.ts';
import { sessionReducer } from '../../domain/session/session-reducer.ts';

/** A session as the contract tells it, kept current by the same reducer as everywhere. */
export interface SessionMirror extends Disposable {
  readonly sessionId: string;
  readonly state: SessionState;
  readonly onAction: Event<SessionEnvelope['action']>;
}

/** Shares one subscription per session among everybody who watches it through one client. */
export interface SessionMirrors {
  watch(sessionId: string): Promise<Result<SessionMirror, AppError>>;
}

interface Entry {
  watchers: number;
  readonly opened: Promise<Result<Kept, AppError>>;
}

interface Kept extends Disposable {
  readonly state: () => SessionState;
  readonly onAction: Event<SessionEnvelope['action']>;
}

/** Makes the mirrors of one client. */
export function createSessionMirrors(client: Client): SessionMirrors {
  const entries = new Map<string, Entry>();
  const release = (sessionId: string, entry: Entry): void => {
    entry.watchers -= 1;
    if (entry.watchers > 0 || entries.get(sessionId) !== entry) return;
    entries.delete(sessionId);
    void client.call('session/unsubscribe', { sessionId });
    void entry.opened.then((kept) => {
      if (kept.ok) kept.value.dispose();
    });
  };
  return {
    watch: async (sessionId) => {
      const entry = entries.get(sessionId) ?? { watchers: 0, opened: keep(client, sessionId) };
      entries.set(sessionId, entry);
      entry.watchers += 1;
      const kept = await entry.opened;
      if (!kept.ok) {
        release(sessionId, entry);
        return kept;
      }
      const { state, onAction } = kept.value;
      let isHeld = true;
      return ok({
        sessionId,
        get state() {
          return state();
        },
        onAction,
        dispose: () => {
          if (isHeld) release(sessionId, entry);
          isHeld = false;
        },
      });
    },
  };
}

async function keep(client: Client, sessionId: string): Promise<Result<Kept, AppError>> {
  const actions = createEmitter<SessionEnvelope['action']>();
  // What is told before the snapshot has arrived is put on top of it.
  const early: SessionEnvelope[] = [];
  let take = (envelope: SessionEnvelope): void => void early.push(envelope);
  const listening = client.onNotification((notification) => {
    if (notification.channel !== 'session' || notification.sessionId !== sessionId) return;
    take(notification.envelope);
  });
  const dispose = (): void => {
    listening.dispose();
    actions.dispose();
  };
  const answer = await client.call('session/subscribe', { sessionId });
  if (!answer.ok || answer.value.kind !== 'snapshot') {
    dispose();
    return answer.ok ? err(appError('session/unknown', { sessionId })) : answer;
  }
  let { state, seq } = answer.value;
  take = (envelope) => {
    if (envelope.seq <= seq) return;
    state = sessionReducer(state, envelope) ?? state;
    ({ seq } = envelope);
    actions.fire(envelope.action);
  };
  for (const envelope of early) take(envelope);
  return ok({ state: () => state, onAction: actions.event, dispose });
}
