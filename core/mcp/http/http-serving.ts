import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  INVALID_REQUEST,
  type McpHttpHandler,
  type McpRequestContext,
  type McpServer,
  PARSE_ERROR,
  WebStandardStreamableHTTPServerTransport,
  isInitializeRequest,
  isJsonContentType,
  isLegacyRequest,
} from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { type Disposable, createDisposableBag } from '../../base/disposable.ts';
import { type JsonValue, isJsonArray, isJsonObject } from '../../base/json.ts';
import type { McpEndpointParts, McpLimits, Time } from '../endpoint-parts.ts';
import type { ResourceWatch } from '../resources/resource-watch.ts';
import { PROTOCOL_VERSIONS, type ServerKind } from '../server/create-server-factory.ts';
import type { ToolScope } from '../tools/call-tools.ts';
import { checkAccess } from './check-access.ts';
import { createLastingServers } from './lasting-servers.ts';
import { createLineTransport } from './line-transport.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { readBody } from './read-body.ts';
import { type SseTransport, createSseTransport } from './sse-transport.ts';
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

interface HttpServingParts {
  readonly makeServer: (scope: ToolScope, kind: ServerKind) => McpServer;
  /** The library's handler of protocol 2026-07-28; it is made with our `factory`, so it comes later. */
  readonly handler: () => McpHttpHandler;
  readonly limits: McpLimits;
  readonly time: Time;
  readonly newId: () => string;
  readonly watch: ResourceWatch;
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

const SERVER_ERROR = -32_000;
const SESSION_NOT_FOUND = -32_001;

/** Makes it; access is checked before anything of a request is looked at. */
export function createHttpServing(parts: HttpServingParts): HttpServing {
  const { makeServer, handler, limits, time, newId, watch, requests, isToken, onWires } = parts;
  const streams = createLastingServers<WebStandardStreamableHTTPServerTransport>(limits, time);
  const events = createLastingServers<SseTransport>(limits, time);
  const wires = new Set<{ close(): Promise<void> }>();

  const scopeOf = (headers: Pick<Headers, 'get'>, url: URL): ToolScope => ({
    surface:
      parseSurface(headers.get(SURFACE_HEADER) ?? url.searchParams.get('surface')) ?? parts.surface,
    session: headers.get(SESSION_HEADER) ?? url.searchParams.get('session') ?? undefined,
  });

  /** One connection of the 2025 protocols: begins with `initialize`, ends with DELETE or silence. */
  const serveStream = async (
    web: Request,
    body: JsonValue | undefined,
    response: ServerResponse,
  ) => {
    const id = web.headers.get('mcp-session-id');
    const options = body === undefined ? {} : { parsedBody: body };
    if (id === null) {
      if (!beginsSession(body)) {
        refuse(
          response,
          400,
          INVALID_REQUEST,
          'Begin with "initialize", or send the Mcp-Session-Id.',
        );
        return;
      }
      const sessionId = newId();
      const transport = new WebStandardStreamableHTTPServerTransport({
        sessionIdGenerator: () => sessionId,
        supportedProtocolVersions: PROTOCOL_VERSIONS.slice(1),
        onsessionclosed: () => streams.remove(sessionId),
      });
      const server = makeServer(scopeOf(web.headers, new URL(web.url)), 'handshake');
      await server.connect(transport);
      streams.add(sessionId, server, transport);
      const answer = await transport.handleRequest(web, options);
      if (!answer.ok) streams.remove(sessionId);
      await writeWebResponse(answer, response);
      return;
    }
    const session = streams.find(id);
    if (session === undefined) {
      refuse(
        response,
        404,
        SESSION_NOT_FOUND,
        'That connection is over. Begin again with "initialize".',
      );
      return;
    }
    session.open += 1;
    response.once('close', () => {
      session.open -= 1;
      session.lastSeen = time.now();
    });
    await writeWebResponse(await session.transport.handleRequest(web, options), response);
  };

  const serveMcp = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    const web = toWebRequest(request, gone.signal);
    if (request.method !== 'POST') {
      // Opening the stream of a connection, or ending one; nothing in it to read.
      if (request.method === 'GET' || request.method === 'DELETE') {
        await serveStream(web, undefined, response);
      } else
        refuse(response, 405, SERVER_ERROR, 'Only POST, GET and DELETE.', {
          allow: 'POST, GET, DELETE',
        });
      return;
    }
    const body = await readMessage(request, response);
    if (body === undefined) return;
    if (await isLegacyRequest(web, body)) {
      await serveStream(web, body, response);
      return;
    }
    const watching = watchAsAsked(body, watch);
    response.once('close', () => watching.dispose());
    await writeWebResponse(await handler().fetch(web, { parsedBody: body }), response);
  };

  /** The body, once it is small enough, JSON, and its sender not too quick; else it is answered already. */
  const readMessage = async (
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<JsonValue | undefined> => {
    if (!isJsonContentType(request.headers['content-type'])) {
      refuse(response, 415, SERVER_ERROR, 'Send application/json.');
      return undefined;
    }
    const body = await readBody(request, limits.messageBytes);
    switch (body.kind) {
      case 'too-large':
        refuse(response, 413, SERVER_ERROR, `A message has at most ${limits.messageBytes} bytes.`, {
          connection: 'close',
        });
        return undefined;
      case 'not-json':
        refuse(response, 400, PARSE_ERROR, 'The body is no JSON.');
        return undefined;
      case 'cut':
        response.destroy();
        return undefined;
      case 'json': {
        const wait = requests.take(callerOf(request, body.value));
        if (wait === 0) return body.value;
        const retryAfter = { 'retry-after': String(wait) };
        refuse(response, 429, SERVER_ERROR, `Too many requests; wait ${wait} s.`, retryAfter);
        return undefined;
      }
    }
  };

  const openEvents = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET') {
      refuse(response, 405, SERVER_ERROR, 'Only GET.', { allow: 'GET' });
      return;
    }
    const id = newId();
    const transport = createSseTransport(response, id, MESSAGES_PATH);
    const web = toWebRequest(request, new AbortController().signal);
    const server = makeServer(scopeOf(web.headers, new URL(web.url)), 'handshake');
    const entry = events.add(id, server, transport);
    entry.open = 1;
    response.once('close', () => events.remove(id));
    await server.connect(transport);
  };

  const postEvent = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const web = toWebRequest(request, new AbortController().signal);
    const id = new URL(web.url).searchParams.get('sessionId') ?? '';
    const entry = events.find(id);
    if (request.method !== 'POST' || entry === undefined) {
      refuse(response, entry === undefined ? 404 : 405, SESSION_NOT_FOUND, 'Open /sse first.');
      return;
    }
    const body = await readMessage(request, response);
    if (body === undefined) return;
    if (entry.transport.receive(body, web)) response.writeHead(202).end('Accepted');
    else refuse(response, 400, INVALID_REQUEST, 'That is no JSON-RPC message.');
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
    else if (path === SSE_PATH) await openEvents(request, response);
    else await postEvent(request, response);
  };

  const openWire = async (
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> => {
    const refusal = await checkAccess(request, isToken);
    const isWire = (request.headers.upgrade ?? '').toLowerCase() === WIRE_PROTOCOL;
    if (refusal !== undefined || !isWire) {
      socket.end(`HTTP/1.1 ${String(refusal?.status ?? 426)} Refused\r\nconnection: close\r\n\r\n`);
      return;
    }
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
  };

  return {
    factory: ({ requestInfo }) => {
      const url = new URL(requestInfo?.url ?? 'http://loopback/');
      return makeServer(scopeOf(requestInfo?.headers ?? new Headers(), url), 'exchange');
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
      for (const wire of wires) void wire.close();
    },
  };
}

/** The path as it was sent; "//" and the like are no addresses, yet they are sent. */
function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? url;
}

function beginsSession(body: JsonValue | undefined): boolean {
  return isJsonArray(body) ? body.some(isInitializeRequest) : isInitializeRequest(body);
}

/** Who to count a request for: its connection, else the name in it, else everybody who says neither. */
function callerOf({ headers }: IncomingMessage, body: JsonValue): string {
  const session = headers['mcp-session-id'];
  if (typeof session === 'string') return session;
  const params = isJsonObject(body) && isJsonObject(body['params']) ? body['params'] : {};
  const meta = isJsonObject(params['_meta']) ? params['_meta'] : {};
  const info = meta['io.modelcontextprotocol/clientInfo'];
  const name = isJsonObject(info) ? info['name'] : undefined;
  return typeof name === 'string' ? name : '';
}

/** On protocol 2026-07-28 a client subscribes by a request that stays open: what it names is watched as long. */
function watchAsAsked(body: JsonValue, watch: ResourceWatch): Disposable {
  const bag = createDisposableBag();
  if (asksToListen(body)) for (const uri of textsIn(body)) bag.add(watch.watch(uri));
  return bag;
}

function asksToListen(body: JsonValue): boolean {
  return isJsonObject(body) && body['method'] === 'subscriptions/listen';
}

/** Every text in a value that is an address of ours; what is none is not watched. */
function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return value.startsWith('second-unit://') ? [value] : [];
  if (isJsonArray(value)) return value.flatMap(textsIn);
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
