import { createDisposableBag } from '../../base/disposable.ts';
import { err, ok } from '../../base/result.ts';
import type { Agent } from '../../agent/create-agent.ts';
import { appError } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/wire/server.ts';
import type { HostConnection } from './connection.ts';
import type { ShownSessions } from './shown-sessions.ts';

type SessionMethods =
  | 'workspace/subscribe'
  | 'session/subscribe'
  | 'session/unsubscribe'
  | 'session/list'
  | 'session/current'
  | 'session/create'
  | 'session/rename'
  | 'session/delete';

/** Sessions and what pages see of them. */
export function createSessionHandlers(
  agent: Agent,
  shown: ShownSessions,
): Pick<Handlers<HostConnection>, SessionMethods> {
  const { sessions, workspace, link } = agent;
  /** Connections that are told already; asking again only tells how things stand. */
  const following = new WeakSet<HostConnection>();
  /** To the server that a session worked with, when another one is in use that was not named for this start. */
  const goBack = (server: string | undefined): void => {
    if (link.isPinned) return;
    const { url, isPractice } = workspace.state.connection;
    if (server !== undefined && (isPractice || url !== server)) {
      // How it went is told as the connection's state.
      void link.connect({ url: server });
    }
  };
  return {
    'workspace/subscribe': async (_params, connection) => {
      if (!following.has(connection)) {
        following.add(connection);
        connection.held.add(
          workspace.onEnvelope((envelope) => {
            connection.notify({ kind: 'notification', channel: 'workspace', envelope });
          }),
        );
      }
      return ok({ seq: workspace.seq, state: workspace.state });
    },
    'session/subscribe': async ({ sessionId, since }, connection) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      if (connection.isOver) return err(appError('contract/disconnected', {}));
      connection.sessions.get(sessionId)?.dispose();
      const bag = createDisposableBag();
      connection.sessions.set(sessionId, bag);
      shown.show(connection, sessionId);
      if (connection.role === 'artist' && since === undefined) goBack(store.value.state.server);
      bag.add(
        store.value.onEnvelope((envelope) => {
          connection.notify({ kind: 'notification', channel: 'session', sessionId, envelope });
        }),
      );
      const envelopes = since === undefined ? undefined : store.value.since(since);
      if (envelopes !== undefined) return ok({ kind: 'actions', envelopes });
      return ok({ kind: 'snapshot', seq: store.value.seq, state: store.value.state });
    },
    'session/unsubscribe': async ({ sessionId }, connection) => {
      connection.sessions.get(sessionId)?.dispose();
      connection.sessions.delete(sessionId);
      shown.hide(connection, sessionId);
      return ok({});
    },
    'session/list': async () => ok({ sessions: sessions.list() }),
    'session/current': async () => ok({ sessionId: shown.current(sessions.list()) ?? null }),
    'session/create': async ({ title }) => {
      const store = sessions.create(title);
      const saved = await store.saved();
      return saved.ok ? ok({ sessionId: store.sessionId }) : saved;
    },
    'session/rename': async ({ sessionId, title }) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      store.value.dispatch({ type: 'session/renamed', title });
      const saved = await store.value.saved();
      return saved.ok ? ok({}) : saved;
    },
    'session/delete': async ({ sessionId }) => {
      const removed = await sessions.remove(sessionId);
      return removed.ok ? ok({}) : removed;
    },
  };
}
