import type { Transport } from '../../core/contract/wire/transport.ts';
import { type Inbox, createInbox } from '../../core/host/transport/inbox.ts';

/** Two ends of a wire within one process; messages are copied and arrive later, as on any other wire. */
export function createInMemoryTransports(): readonly [Transport, Transport] {
  const left = createInbox();
  const right = createInbox();
  return [toTransport(left, right), toTransport(right, left)];
}

function toTransport(own: Inbox, other: Inbox): Transport {
  return {
    send: (message) => {
      if (own.isClosed) return;
      const copy = structuredClone(message);
      queueMicrotask(() => other.deliver(copy));
    },
    onMessage: own.onMessage,
    onClose: own.onClose,
    dispose: () => {
      own.dispose();
      queueMicrotask(other.close);
    },
  };
}
