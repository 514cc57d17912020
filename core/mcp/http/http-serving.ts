import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  type McpHttpHandler,
  type McpRequestContext,
  type McpServer,
  isLegacyRequest,
} from '@modelcontextprotocol/server';
import type { Disposable } from '../../base/disposable.ts';
import type { McpEndpointParts } from '../endpoint-parts.ts';
import { checkAccess } from './check-access.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { createMessageReader } from './read-message.ts';
import { createEvents } from './transports/serve-events.ts';
import { createStreams } from './transports/serve-streams.ts';
import { createWires } from './transports/serve-wires.ts';
import { SERVER_ERROR, type ServingParts } from './transports/serving-parts.ts';
import { watchAsAsked } from './transports/watch-as-asked.ts';
import {
  MCP_PATH,
  MESSAGES_PATH,
  SESSION_HEADER,
  SSE_PATH,
  SURFACE_HEADER,
  type Surface,
  WIRE_PATH,
  WIRE_PROTOCOL,
  parseSurface,
} from './wire-names.ts';
import { refuse, toWebRequest, writeWebResponse } from './write-response.ts';

interface HttpServingParts extends Omit<ServingParts, 'scopeOf' | 'readMessage'> {
  /** The library's handler of protocol 2026-07-28; it is made with our `factory`, so it comes later. */
  readonly handler: () => McpHttpHandler;
  readonly surface: Surface;
  readonly isToken: McpEndpointParts['isToken'];
  readonly requests: RateLimiter;
  readonly onUnexpected: (cause: unknown) => string;
  /** Told how many bridges are connected, whenever that changes. */
  readonly onWires: (count: number) => void;
}

/** MCP over HTTP: Streamable HTTP of every version, the older stream of events, the bridge's wire. */
export interface HttpServing extends Disposable {
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  readonly factory: (context: McpRequestContext) => McpServer;
}

/** Makes it; access is checked before anything of a request is looked at. */
export function createHttpServing(parts: HttpServingParts): HttpServing {
  const { makeServer, handler, limits, watch, requests, surface, isToken, onWires } = parts;
  const serving: ServingParts = {
    ...parts,
    readMessage: createMessageReader(limits, requests),
    scopeOf: (headers, url) => ({
      surface:
        parseSurface(headers.get(SURFACE_HEADER) ?? url.searchParams.get('surface')) ?? surface,
      session: headers.get(SESSION_HEADER) ?? url.searchParams.get('session') ?? undefined,
    }),
  };
  const streams = createStreams(serving);
  const events = createEvents(serving);
  const wires = createWires(serving, onWires);

  const serveMcp = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    const web = toWebRequest(request, gone.signal);
    if (request.method === 'GET' || request.method === 'DELETE') {
      await streams.serve(web, undefined, response);
      return;
    }
    if (request.method !== 'POST') {
      const allow = 'POST, GET, DELETE';
      refuse(response, 405, SERVER_ERROR, 'Only POST, GET and DELETE.', { allow });
      return;
    }
    const body = await serving.readMessage(request, response);
    if (body === undefined) return;
    if (await isLegacyRequest(web, body)) {
      await streams.serve(web, body, response);
      return;
    }
    const watching = watchAsAsked(body, watch);
    response.once('close', () => watching.dispose());
    await writeWebResponse(await handler().fetch(web, { parsedBody: body }), response);
  };

  const serve = async (
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const refusal = await checkAccess(request, isToken);
    if (refusal !== undefined) {
      const { status, message, headers } = refusal;
      refuse(response, status, SERVER_ERROR, message, { connection: 'close', ...headers });
      return;
    }
    if (path === MCP_PATH) await serveMcp(request, response);
    else if (path === SSE_PATH) await events.open(request, response);
    else await events.post(request, response);
  };

  const openWire = async (
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> => {
    const refusal = await checkAccess(request, isToken);
    const isWire = (request.headers.upgrade ?? '').toLowerCase() === WIRE_PROTOCOL;
    if (refusal === undefined && isWire) wires.open(request, socket, head);
    else {
      const status = refusal?.status ?? 426;
      socket.end(`HTTP/1.1 ${String(status)} Refused\r\nconnection: close\r\n\r\n`);
    }
  };

  return {
    factory: ({ requestInfo }) => {
      const url = new URL(requestInfo?.url ?? 'http://loopback/');
      const scope = serving.scopeOf(requestInfo?.headers ?? new Headers(), url);
      return makeServer(scope, 'exchange');
    },
    handle: (request, response) => {
      const path = pathOf(request);
      if (![MCP_PATH, SSE_PATH, MESSAGES_PATH].includes(path)) return false;
      serve(path, request, response).catch((cause: unknown) => {
        const id = parts.onUnexpected(cause);
        if (response.headersSent) response.destroy();
        else refuse(response, 500, SERVER_ERROR, `Something went wrong on our side (${id}).`);
      });
      return true;
    },
    upgrade: (request, socket, head) => {
      if (pathOf(request) !== WIRE_PATH) return false;
      openWire(request, socket, head).catch((cause: unknown) => {
        parts.onUnexpected(cause);
        socket.destroy();
      });
      return true;
    },
    dispose: () => {
      streams.dispose();
      events.dispose();
      wires.dispose();
    },
  };
}

/** The path as it was sent; "//" and the like are no addresses, yet they are sent. */
function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? url;
}
