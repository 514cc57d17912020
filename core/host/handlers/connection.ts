import { type DisposableBag, createDisposableBag } from '../../base/disposable.ts';
import type { ServedConnection } from '../../contract/server.ts';

/** One page or client, with what it subscribed to. */
export interface HostConnection extends ServedConnection {
  /** What the client calls itself; "artist" until it said hello. */
  name: string;
  readonly held: DisposableBag;
  /** Subscriptions by session id, so that each can be dropped on its own. */
  readonly sessions: Map<string, DisposableBag>;
}

/** Makes the host's side of a connection. */
export function createHostConnection(served: ServedConnection): HostConnection {
  const sessions = new Map<string, DisposableBag>();
  const held = createDisposableBag();
  held.add({
    dispose: () => {
      for (const subscription of sessions.values()) subscription.dispose();
    },
  });
  return { ...served, name: served.role, held, sessions };
}
