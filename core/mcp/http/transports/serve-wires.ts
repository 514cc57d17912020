import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { McpRequestContext, McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { type Disposable, createDisposableBag } from '../../../base/disposable.ts';
import { WIRE_PROTOCOL } from '../wire-names.ts';
import { toWebRequest } from '../write-response.ts';
import { createLineTransport } from './line-transport.ts';
import type { ServingParts } from './serving-parts.ts';
import { asksToListen, watchAsAsked } from './watch-as-asked.ts';

/** The stdio bridge's connections: an upgraded request, then one message per line both ways. */
export interface Wires extends Disposable {
  /** Access was checked. */
  open(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** Makes the connections; `onWires` is told how many there are, whenever that changes. */
export function createWires(
  { makeServer, scopeOf, limits, watch }: ServingParts,
  onWires: (count: number) => void,
): Wires {
  const wires = new Set<{ close(): Promise<void> }>();
  return {
    open: (request, socket, head) => {
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: ${WIRE_PROTOCOL}\r\n\r\n`,
      );
      const web = toWebRequest(request, new AbortController().signal);
      const scope = scopeOf(web.headers, new URL(web.url));
      const watching = createDisposableBag();
      const transport = createLineTransport({
        stream: socket,
        head,
        limit: limits.messageBytes,
        onMessage: (message) => {
          if (asksToListen(message)) watching.add(watchAsAsked(message, watch));
        },
      });
      const makeForEra = ({ era }: McpRequestContext): McpServer =>
        makeServer(scope, era === 'modern' ? 'line' : 'handshake');
      const wire = serveStdio(makeForEra, { transport, onerror: () => undefined });
      wires.add(wire);
      onWires(wires.size);
      // Node keeps its half of an upgraded connection open when the other side has hung up.
      socket.once('end', () => socket.end());
      socket.once('close', () => {
        wires.delete(wire);
        watching.dispose();
        onWires(wires.size);
      });
    },
    dispose: () => {
      for (const wire of wires) void wire.close();
    },
  };
}
