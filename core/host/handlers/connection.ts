import type { CancellationSource } from '../../base/cancellation.ts';
import { type DisposableBag, createDisposableBag } from '../../base/disposable.ts';
import type { ServedConnection } from '../../contract/wire/server.ts';

/** One page or client, with what it subscribed to. */
export interface HostConnection extends ServedConnection {
  /** What the client calls itself; "artist" until it said hello. */
  name: string;
  readonly held: DisposableBag;
  /** True once the other side is gone: what is held for it from then on would never be let go. */
  readonly isOver: boolean;
  /** Subscriptions by session id, so that each can be dropped on its own. */
  readonly sessions: Map<string, DisposableBag>;
  /** Tool calls under way that the caller gave an id, so that it can cancel them. */
  readonly calls: Map<string, CancellationSource>;
}

/** Makes the host's side of a connection. */
export function createHostConnection(served: ServedConnection): HostConnection {
  const sessions = new Map<string, DisposableBag>();
  const calls = new Map<string, CancellationSource>();
  const held = createDisposableBag();
  let isOver = false;
  held.add({
    dispose: () => {
      isOver = true;
      for (const subscription of sessions.values()) subscription.dispose();
      for (const call of calls.values()) call.cancel();
    },
  });
  return {
    ...served,
    name: served.role,
    held,
    get isOver() {
      return isOver;
    },
    sessions,
    calls,
  };
}
