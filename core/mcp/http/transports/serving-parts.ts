import type { IncomingMessage, ServerResponse } from 'node:http';
import type { McpServer } from '@modelcontextprotocol/server';
import type { JsonValue } from '../../../base/json.ts';
import type { McpLimits, Time } from '../../endpoint-parts.ts';
import type { ResourceWatch } from '../../resources/resource-watch.ts';
import type { ServerKind } from '../../server/create-server-factory.ts';
import type { ToolScope } from '../../tools/call-tools.ts';

/** What every transport is served with. */
export interface ServingParts {
  readonly makeServer: (scope: ToolScope, kind: ServerKind) => McpServer;
  /** What a connection is about, as its first request says. */
  readonly scopeOf: (headers: Pick<Headers, 'get'>, url: URL) => ToolScope;
  /** A message's body that may be looked at; undefined when the request was answered already. */
  readonly readMessage: (
    request: IncomingMessage,
    response: ServerResponse,
  ) => Promise<JsonValue | undefined>;
  readonly limits: McpLimits;
  readonly time: Time;
  readonly newId: () => string;
  readonly watch: ResourceWatch;
}

/** JSON-RPC's codes for what the transports themselves refuse. */
export const SERVER_ERROR = -32_000;
export const SESSION_NOT_FOUND = -32_001;
