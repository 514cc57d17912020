import type { Duplex } from 'node:stream';
import {
  INVALID_REQUEST,
  type JSONRPCMessage,
  PARSE_ERROR,
  type Transport,
  parseJSONRPCMessage,
} from '@modelcontextprotocol/server';
import { parseExactJson } from '../../../base/exact-json.ts';
import type { JsonValue } from '../../../base/json.ts';
import { writeTogether } from '../write-together.ts';

interface LineParts {
  readonly stream: Duplex;
  /** What has arrived already. */
  readonly head: Buffer;
  readonly limit: number;
  /** Sees every message before it is served. */
  readonly onMessage: (message: JsonValue) => void;
}

const NEWLINE = 0x0a;

/**
 * One message per line over a stream, as on stdio; integers beyond 2^53 keep every digit. A line longer than
 * `limit` bytes ends the connection, since there is no telling where the next message begins.
 */
export function createLineTransport({ stream, head, limit, onMessage }: LineParts): Transport {
  let rest: Buffer = Buffer.alloc(0);
  let isClosed = false;
  const answer = (code: number, message: string): void => {
    if (!isClosed)
      stream.write(`${JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message } })}\n`);
  };
  const take = (line: string): void => {
    if (line.trim() === '') return;
    const json = parseExactJson(line);
    if (!json.ok) {
      answer(PARSE_ERROR, 'That line is no JSON.');
      return;
    }
    let message: JSONRPCMessage;
    try {
      message = parseJSONRPCMessage(json.value);
    } catch {
      answer(INVALID_REQUEST, 'That line is no JSON-RPC message.');
      return;
    }
    onMessage(json.value);
    transport.onmessage?.(message);
  };
  const push = (chunk: Buffer): void => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const end = rest.indexOf(NEWLINE);
      if (end < 0) break;
      const line = rest.toString('utf8', 0, end);
      rest = rest.subarray(end + 1);
      take(line);
    }
    if (rest.length <= limit) return;
    answer(INVALID_REQUEST, 'That message is too large.');
    stream.destroy();
  };
  const transport: Transport = {
    start: async () => {
      stream.on('data', push);
      stream.once('close', () => {
        if (isClosed) return;
        isClosed = true;
        transport.onclose?.();
      });
      stream.once('error', () => stream.destroy());
      if (head.length > 0) push(head);
    },
    send: async (message) => {
      if (isClosed || stream.destroyed) return;
      if (writeTogether(stream, `${JSON.stringify(message)}\n`)) return;
      await new Promise<void>((resolve) => {
        stream.once('drain', resolve);
        stream.once('close', resolve);
      });
    },
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      stream.end();
      transport.onclose?.();
    },
  };
  return transport;
}
