import type { Transport } from '../../contract/wire/transport.ts';
import { createInbox } from './inbox.ts';

interface PortMessage {
  readonly data: unknown;
}

interface AnyPort {
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

/** A port whose events are DOM events: `node:worker_threads` and the browser. */
export interface EventTargetPort extends AnyPort {
  addEventListener(type: 'message', listener: (event: PortMessage) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
}

/** Electron's `MessagePortMain`, which has no `addEventListener`; its listeners get `{ data }` too. */
export interface EmitterPort extends AnyPort {
  on(type: 'message', listener: (event: PortMessage) => void): unknown;
  on(type: 'close', listener: () => void): unknown;
}

/** Speaks over a message port; `bigint` survives because ports copy structurally. */
export function createMessagePortTransport(port: EventTargetPort | EmitterPort): Transport {
  const inbox = createInbox(() => port.start());
  const deliver = (event: PortMessage): void => inbox.deliver(event.data);
  if ('addEventListener' in port) {
    port.addEventListener('message', deliver);
    port.addEventListener('close', inbox.close);
  } else {
    port.on('message', deliver);
    port.on('close', inbox.close);
  }
  return {
    send: (message) => {
      if (!inbox.isClosed) port.postMessage(message);
    },
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    dispose: () => {
      inbox.dispose();
      port.close();
    },
  };
}
