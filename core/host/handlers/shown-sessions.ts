import type { SessionSummary } from '../../contract/session.schema.ts';
import type { HostConnection } from './connection.ts';

/** Which sessions windows show, the latest last; asked when a client wants "the artist's session". */
export interface ShownSessions {
  show(connection: HostConnection, sessionId: string): void;
  hide(connection: HostConnection, sessionId: string): void;
  /** The session that came into a window last and still is in one, else the first of `known`. */
  current(known: readonly SessionSummary[]): string | undefined;
}

/** Keeps track of what artists' connections look at. */
export function createShownSessions(): ShownSessions {
  let shown: readonly { readonly connection: HostConnection; readonly sessionId: string }[] = [];
  const known = new WeakSet<HostConnection>();
  const drop = (isGone: (entry: (typeof shown)[number]) => boolean): void => {
    shown = shown.filter((entry) => !isGone(entry));
  };
  const hide: ShownSessions['hide'] = (connection, sessionId) =>
    drop((entry) => entry.connection === connection && entry.sessionId === sessionId);
  return {
    show: (connection, sessionId) => {
      if (connection.role !== 'artist') return;
      hide(connection, sessionId);
      shown = [...shown, { connection, sessionId }];
      if (known.has(connection)) return;
      known.add(connection);
      connection.held.add({ dispose: () => drop((entry) => entry.connection === connection) });
    },
    hide,
    current: (known) => {
      const latest = shown.at(-1)?.sessionId;
      const isThere = known.some(({ sessionId }) => sessionId === latest);
      return isThere ? latest : known[0]?.sessionId;
    },
  };
}
