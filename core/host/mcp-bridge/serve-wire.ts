import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { McpServerFactory } from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { hasLoopbackHost } from '../browser/check-request.ts';
import { type Surface, SURFACE_HEADER, WIRE_PATH, WIRE_PROTOCOL, surfaces } from './open-wire.ts';

/** The core's end of the bridges' wires. */
export interface WireServer {
  /** How many bridges are connected. */
  readonly count: number;
  /** Takes an upgrade request that is one of ours; false leaves it to others. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): void;
}

interface WireServerParts {
  readonly isToken: (given: string) => boolean | Promise<boolean>;
  /** Makes the server for one client. */
  readonly createServer: (surface: Surface | undefined) => McpServerFactory;
  /** Told after every connect and disconnect. */
  readonly onCount?: (count: number) => void;
}

/**
 * Turns an upgraded loopback request into the same line of messages that stdio carries, and serves MCP on it.
 * A page cannot get here: browsers send an Origin with every upgrade, and cannot set the token.
 */
export function createWireServer({ isToken, createServer, onCount }: WireServerParts): WireServer {
  const open = new Set<Duplex>();

  const refuse = (socket: Duplex, status: string): void => {
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`);
  };
  const serve = (socket: Duplex, head: Buffer, surface: Surface | undefined): void => {
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: ${WIRE_PROTOCOL}\r\n\r\n`,
    );
    if (head.length > 0) socket.unshift(head);
    open.add(socket);
    onCount?.(open.size);
    const served = serveStdio(createServer(surface), {
      transport: new StdioServerTransport(socket, socket),
    });
    socket.once('close', () => {
      open.delete(socket);
      onCount?.(open.size);
      void served.close();
    });
  };

  return {
    get count() {
      return open.size;
    },
    upgrade: (request, socket, head) => {
      const { pathname } = new URL(request.url ?? '/', 'http://loopback');
      if (pathname !== WIRE_PATH) return false;
      socket.on('error', () => socket.destroy());
      const { origin, upgrade, authorization = '' } = request.headers;
      if (!hasLoopbackHost(request) || origin !== undefined) {
        refuse(socket, '403 Forbidden');
        return true;
      }
      if (upgrade?.toLowerCase() !== WIRE_PROTOCOL) {
        refuse(socket, '400 Bad Request');
        return true;
      }
      const asked = request.headers[SURFACE_HEADER];
      void Promise.resolve(isToken(authorization.replace(/^Bearer /i, ''))).then((isRight) => {
        if (!isRight) refuse(socket, '401 Unauthorized');
        else if (!socket.destroyed)
          serve(
            socket,
            head,
            surfaces.find((name) => name === asked),
          );
      });
      return true;
    },
    close: () => {
      for (const socket of open) socket.destroy();
    },
  };
}
