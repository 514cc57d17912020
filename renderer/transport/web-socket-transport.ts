import { createEmitter } from '../../core/base/emitter.ts';
import { parseExactJson, stringifyExactJson } from '../../core/base/exact-json.ts';
import type { JsonValue } from '../../core/base/json.ts';
import type { Transport } from '../../core/contract/wire/transport.ts';

/** The part of a browser's WebSocket that the transport uses. */
export type Socket = Pick<
  WebSocket,
  'readyState' | 'send' | 'close' | 'addEventListener' | 'removeEventListener'
>;

const OPEN = 1;

/** Resolves with a transport once the socket is open, or undefined when it closed before that. */
export async function openSocket(socket: Socket): Promise<Transport | undefined> {
  const transport = createWebSocketTransport(socket);
  return new Promise((resolve) => {
    socket.addEventListener('open', () => resolve(transport), { once: true });
    socket.addEventListener('close', () => resolve(undefined), { once: true });
  });
}

/** A transport over an already made socket; messages are exact JSON in text frames. */
function createWebSocketTransport(socket: Socket): Transport {
  const messages = createEmitter<unknown>();
  const closes = createEmitter<void>();
  socket.addEventListener('message', (event) => {
    const { data } = event as MessageEvent<unknown>;
    if (typeof data !== 'string') return;
    const parsed = parseExactJson(data);
    if (parsed.ok) messages.fire(parsed.value);
  });
  socket.addEventListener('close', () => closes.fire());
  return {
    send: (message) => {
      if (socket.readyState === OPEN) socket.send(stringifyExactJson(message as JsonValue));
    },
    onMessage: messages.event,
    onClose: closes.event,
    dispose: () => {
      messages.dispose();
      closes.dispose();
      socket.close();
    },
  };
}

/** Address of the contract's socket on the server that the page came from. */
export function contractUrl(page: Pick<Location, 'protocol' | 'host'>): string {
  return `${page.protocol === 'https:' ? 'wss:' : 'ws:'}//${page.host}/contract`;
}

/** Subprotocols that carry the pairing token, so that it is in no address and no log. */
export function contractProtocols(token: string): string[] {
  return ['second-unit', `token.${token}`];
}
