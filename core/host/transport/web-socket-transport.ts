import type { WebSocket } from 'ws';
import { parseExactJson, stringifyExactJson } from '../../base/exact-json.ts';
import type { JsonValue } from '../../base/json.ts';
import type { Transport } from '../../contract/wire/transport.ts';
import { createInbox } from './inbox.ts';

/** A page that reads nothing for this long a backlog is cut off; it reconnects and catches up. */
const MAX_BACKLOG_BYTES = 256 * 1024 * 1024;
/** RFC 6455: try again later. */
const TOO_SLOW = 1013;

/** Speaks over a WebSocket, one text message each; what is not JSON text is dropped. */
export function createWebSocketTransport(socket: WebSocket): Transport {
  const inbox = createInbox();
  const beforeOpen: string[] = [];
  socket.on('message', (data, isBinary) => {
    if (isBinary) return;
    const message = parseExactJson(textOf(data));
    if (message.ok) inbox.deliver(message.value);
  });
  socket.on('open', () => {
    for (const text of beforeOpen.splice(0)) socket.send(text);
  });
  socket.on('close', inbox.close);
  // Every error is followed by 'close'; without a listener it would end the process.
  socket.on('error', () => undefined);
  return {
    send: (message) => {
      if (inbox.isClosed) return;
      const text = stringifyExactJson(message as JsonValue);
      if (socket.readyState === socket.CONNECTING) beforeOpen.push(text);
      else if (socket.bufferedAmount > MAX_BACKLOG_BYTES) socket.close(TOO_SLOW);
      else if (socket.readyState === socket.OPEN) socket.send(text);
    },
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    dispose: () => {
      inbox.dispose();
      socket.close();
    },
  };
}

function textOf(data: Buffer | ArrayBuffer | Buffer[]): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}
