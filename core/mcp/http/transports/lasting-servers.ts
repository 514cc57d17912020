import { type McpServer, type Transport } from '@modelcontextprotocol/server';
import type { Disposable } from '../../../base/disposable.ts';
import type { McpLimits, Time } from '../../endpoint-parts.ts';

/** A server of one connection of the older protocols. */
export interface LastingServer<T extends Transport> {
  readonly server: McpServer;
  readonly transport: T;
  lastSeen: number;
  /** Streams and requests that are open: such a connection is not idle. */
  open: number;
}

/** Connections of one kind by their id; the longest idle one goes when there are too many. */
export interface LastingServers<T extends Transport> extends Disposable {
  find(id: string): LastingServer<T> | undefined;
  add(id: string, server: McpServer, transport: T): LastingServer<T>;
  remove(id: string): void;
  readonly size: number;
}

/** Makes the collection. */
export function createLastingServers<T extends Transport>(
  { sessions, idleMs }: Pick<McpLimits, 'sessions' | 'idleMs'>,
  time: Time,
): LastingServers<T> {
  const known = new Map<string, LastingServer<T>>();
  const remove = (id: string): void => {
    const entry = known.get(id);
    known.delete(id);
    // Its requests are aborted with it; there is nobody left to tell.
    void entry?.server.close().catch(() => undefined);
  };
  const trim = (): void => {
    const now = time.now();
    const idle = [...known]
      .filter(([, { open }]) => open === 0)
      .sort(([, a], [, b]) => a.lastSeen - b.lastSeen);
    for (const [id, { lastSeen }] of idle) {
      if (known.size >= sessions || now - lastSeen > idleMs) remove(id);
    }
  };
  return {
    find: (id) => {
      const entry = known.get(id);
      if (entry !== undefined) entry.lastSeen = time.now();
      return entry;
    },
    add: (id, server, transport) => {
      trim();
      const entry = { server, transport, lastSeen: time.now(), open: 0 };
      known.set(id, entry);
      return entry;
    },
    remove,
    get size() {
      return known.size;
    },
    dispose: () => {
      for (const id of [...known.keys()]) remove(id);
    },
  };
}
