import type { ServerResponse } from 'node:http';
import {
  type JSONRPCMessage,
  type MessageExtraInfo,
  type Transport,
  parseJSONRPCMessage,
} from '@modelcontextprotocol/server';

/**
 * The transport of protocol 2024-11-05: one stream of events to the client, requests posted beside it. The
 * library serves its successor only, so this one is ours.
 */
export interface SseTransport extends Transport {
  /** Takes a posted message; false when it is no message of the protocol. */
  receive(message: unknown, request: Request): boolean;
}

/** A comment this often keeps proxies and clients from giving the stream up, ms. */
const KEEP_ALIVE_MS = 15_000;

/** Makes the transport over an open response; `postPath` is where the client posts to. */
export function createSseTransport(
  response: ServerResponse,
  id: string,
  postPath: string,
): SseTransport {
  let keepAlive: NodeJS.Timeout | undefined;
  const transport: SseTransport = {
    sessionId: id,
    start: async () => {
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-cache, no-transform',
        connection: 'keep-alive',
      });
      response.write(`event: endpoint\ndata: ${postPath}?sessionId=${id}\n\n`);
      keepAlive = setInterval(() => response.write(': still here\n\n'), KEEP_ALIVE_MS);
      keepAlive.unref();
      response.once('close', () => {
        clearInterval(keepAlive);
        transport.onclose?.();
      });
    },
    send: async (message: JSONRPCMessage) => {
      if (response.destroyed) return;
      response.write(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
    },
    close: async () => {
      response.end();
    },
    receive: (message, request) => {
      let parsed: JSONRPCMessage;
      try {
        parsed = parseJSONRPCMessage(message);
      } catch {
        // Whatever it is, it is not for us.
        return false;
      }
      const extra: MessageExtraInfo = { request };
      transport.onmessage?.(parsed, extra);
      return true;
    },
  };
  return transport;
}
