import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  type ServerContext,
  createMcpHandler,
  createRequestStateCodec,
} from '@modelcontextprotocol/server';
import type { SeenClient } from '../contract/mcp.schema.ts';
import { createAgentPool } from './agents/agent-pool.ts';
import { type McpEndpointParts, type McpLimits, defaultLimits } from './endpoint-parts.ts';
import { createHttpServing } from './http/http-serving.ts';
import { createRateLimiter } from './http/rate-limiter.ts';
import { createResourceWatch } from './resources/resource-watch.ts';
import { type ServerListener, createServerFactory } from './server/create-server-factory.ts';
import { type SealedQuestion, createActingCalls } from './tools/acting-calls.ts';

/** The MCP server of a core, without a port of its own: the host mounts it. */
export interface McpEndpoint {
  /** Answers /mcp, /sse and /messages; false (and nothing done) for every other path. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Takes the line-by-line wire of the stdio bridge, /mcp/wire; false for every other upgrade. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Tells every client that asked that a list is new. */
  listChanged(list: 'tools' | 'prompts' | 'resources'): void;
  /** Who asked lately, newest first. */
  seen(): readonly SeenClient[];
  /** Seals something that a tool of the extras wants back in the next round. */
  mint(payload: unknown, ctx: ServerContext): Promise<string>;
  close(): Promise<void>;
}

/** Makes the endpoint. It reaches the core only through connections in the role `agent`, and `consent`. */
export function createMcpEndpoint(parts: McpEndpointParts): McpEndpoint {
  const { connect, consent, readPicture, time, newId, secret, appVersion, onUnexpected } = parts;
  const limits: McpLimits = { ...defaultLimits, ...parts.limits };
  const pool = createAgentPool(connect, () => time.now());
  const codec = createRequestStateCodec({
    key: secret,
    ttlSeconds: Math.ceil(limits.decisionMs / 1_000),
  });
  const listeners = new Set<ServerListener>();
  const watch = createResourceWatch(pool, (uri) => {
    for (const listener of listeners) listener.resourceUpdated(uri);
    handler.notify.resourceUpdated(uri);
  });
  const acting = createActingCalls({
    consent,
    hasWindow: parts.hasWindow ?? true,
    limits,
    time,
    newId,
    seal: (sealed: SealedQuestion, ctx) => codec.mint(sealed, ctx),
  });
  const makeServer = createServerFactory({
    pool,
    acting,
    actions: createRateLimiter(limits.actions, time),
    newId,
    readPicture,
    readChangeApp: parts.readChangeApp ?? (async () => undefined),
    watch,
    appVersion,
    listeners,
    extras: parts.extras ?? {},
    verifyState: (state, ctx) => codec.verify(state, ctx),
  });
  const http = createHttpServing({
    makeServer,
    limits,
    time,
    newId,
    watch,
    surface: parts.surface ?? 'default',
    isToken: parts.isToken,
    requests: createRateLimiter(limits.requests, time),
    onUnexpected,
    onWires: parts.onWires ?? (() => undefined),
    handler: () => handler,
  });
  const handler = createMcpHandler(http.factory, {
    legacy: 'reject',
    maxRequestBodySize: limits.messageBytes,
    onerror: () => undefined,
  });

  return {
    handle: (request, response) => http.handle(request, response),
    upgrade: (request, socket, head) => http.upgrade(request, socket, head),
    listChanged: (list) => {
      for (const listener of listeners) listener.listChanged(list);
      if (list === 'tools') handler.notify.toolsChanged();
      else if (list === 'prompts') handler.notify.promptsChanged();
      else handler.notify.resourcesChanged();
    },
    seen: () => pool.seen(),
    mint: (payload, ctx) => codec.mint(payload, ctx),
    close: async () => {
      http.dispose();
      await handler.close();
      acting.dispose();
      watch.dispose();
      pool.dispose();
    },
  };
}
