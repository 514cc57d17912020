import type { Transport } from '../../contract/transport.ts';
import { type Inbox, createInbox } from './inbox.ts';

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
      const copy = copyPlain(message);
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

/** What any wire carries, copied; the engine's own clone is made for much more and costs ten times as much. */
function copyPlain(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') {
    throw new TypeError(`a wire carries data, not a ${typeof value}`);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyPlain);
  const copy: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) setOwn(copy, key, copyPlain(child));
  return copy;
}

function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') target[key] = value;
  else
    Object.defineProperty(target, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}
