import { readFile } from 'node:fs/promises';
import { type Socket, connect } from 'node:net';
import {
  SURFACE_HEADER,
  type Surface,
  WIRE_PATH,
  WIRE_PROTOCOL,
} from '../../mcp/http/wire-names.ts';
import { writeTogether } from '../../mcp/http/write-together.ts';
import type { CoreNotice } from './core-notice.ts';
import type { CoreWire, WireEvents } from './create-bridge.ts';
import { createLineSplitter } from './split-lines.ts';

const ANSWER_LIMIT = 64 * 1024 * 1024;
const HEAD_LIMIT = 8 * 1024;
const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * Opens the wire by hand instead of with `node:http`: an upgrade is one request head, and not loading the
 * HTTP client is a part of starting quickly. Undefined when nothing answers there, or refuses.
 */
export async function openWire(
  notice: Pick<CoreNotice, 'port' | 'tokenFile'>,
  surface: Surface,
  events: WireEvents,
): Promise<CoreWire | undefined> {
  // Read anew for every connection, so that a rotated token needs no restart of the client.
  const token = await readFile(notice.tokenFile, 'utf8').catch(() => '');
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: notice.port, noDelay: true });
    let head: Buffer | undefined = Buffer.alloc(0);
    const lines = createLineSplitter({
      limit: ANSWER_LIMIT,
      onLine: events.onLine,
      onTooLong: () => socket.destroy(),
    });
    socket.once('connect', () => {
      socket.write(
        [
          `GET ${WIRE_PATH} HTTP/1.1`,
          `host: 127.0.0.1:${String(notice.port)}`,
          'connection: upgrade',
          `upgrade: ${WIRE_PROTOCOL}`,
          `authorization: Bearer ${token.trim()}`,
          `${SURFACE_HEADER}: ${surface}`,
          '\r\n',
        ].join('\r\n'),
      );
    });
    socket.on('data', (chunk: Buffer) => {
      if (head === undefined) {
        lines.push(chunk);
        return;
      }
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf(HEAD_END);
      if (end < 0) {
        if (head.length > HEAD_LIMIT) socket.destroy();
        return;
      }
      const status = head.toString('latin1', 0, end);
      const rest = head.subarray(end + HEAD_END.length);
      if (!/^HTTP\/1\.1 101 /.test(status)) {
        socket.destroy();
        return;
      }
      head = undefined;
      socket.on('drain', events.onDrain);
      resolve(toWire(socket));
      lines.push(rest);
    });
    socket.once('error', () => socket.destroy());
    socket.once('close', () => {
      if (head === undefined) events.onClose();
      else resolve(undefined);
    });
  });
}

function toWire(socket: Socket): CoreWire {
  return {
    send: (line) => writeTogether(socket, `${line}\n`),
    close: () => socket.destroy(),
  };
}
