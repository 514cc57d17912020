import {
  type CallToolRequestParams,
  type CallToolResult,
  type InputRequiredResult,
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { type JsonObject, type JsonValue, isJsonObject } from '../../base/json.ts';
import { appError } from '../../contract/errors.ts';
import { JsonValueSchema } from '../../contract/json.schema.ts';
import { nearestNames } from '../../domain/workflow/nearest-name.ts';
import type { Agent, AgentPool, ToolListing } from '../agents/agent-pool.ts';
import type { McpEndpointParts } from '../endpoint-parts.ts';
import type { Surface } from '../http/wire-names.ts';
import type { RateLimiter } from '../http/rate-limiter.ts';
import { type ClientIdentity, identityOf } from '../server/client-identity.ts';
import type { ActingCalls, SealedQuestion } from './acting-calls.ts';
import { addPicture } from './add-picture.ts';
import { describeTool, findTools } from './compact-tools.ts';
import { toToolFailure, toToolResult } from './present-answer.ts';
import { SESSION_ARGUMENT } from './surfaces.ts';

/** What calling needs. */
export interface CallToolsParts {
  readonly pool: AgentPool;
  readonly acting: ActingCalls;
  readonly actions: RateLimiter;
  readonly newId: () => string;
  readonly readPicture: McpEndpointParts['readPicture'];
}

/** What is known about a connection before it says anything. */
export interface ToolScope {
  readonly surface: Surface;
  /** Session that the connection is about, when it chose one. */
  readonly session: string | undefined;
}

/** Answers `tools/call`. A tool that does not exist is the protocol's business, everything else the tool's. */
export async function callTool(
  parts: CallToolsParts,
  scope: ToolScope,
  server: McpServer,
  params: CallToolRequestParams,
  ctx: ServerContext,
): Promise<CallToolResult | InputRequiredResult> {
  const identity = identityOf(server, ctx);
  const sealed = ctx.mcpReq.requestState<SealedQuestion>();
  if (sealed !== undefined) {
    const resumed = parts.acting.resume(sealed, { ctx, identity });
    return resumed ?? toToolFailure(appError('tool/timed-out', { name: params.name, seconds: 0 }));
  }
  const leased = await parts.pool.lease(identity.name);
  if (!leased.ok) return toToolFailure(leased.error);
  const { agent, release } = leased.value;
  let isHanded = false;
  try {
    const listed = await parts.pool.tools(agent);
    if (!listed.ok) return toToolFailure(listed.error);
    const asked = unwrap(scope.surface, params, listed.value);
    if ('content' in asked) return asked;
    const tool = findTool(asked.name, listed.value);
    const { session = scope.session, input } = splitSession(asked.input);
    if (tool.effect === 'observe') {
      return await observe(parts, { agent, tool, session, input }, { ctx, identity });
    }
    const sessionId = await parts.pool.session(agent, session);
    if (!sessionId.ok) return toToolFailure(sessionId.error);
    const call = { agent, tool, sessionId: sessionId.value, input };
    const wait = parts.actions.take(agent.name);
    if (wait > 0) {
      return toToolFailure(
        appError('host/too-many-requests', { client: agent.name, seconds: wait }),
      );
    }
    isHanded = true;
    return await parts.acting.start({ ...call, release }, { ctx, identity });
  } finally {
    if (!isHanded) release();
  }
}

async function observe(
  { newId, readPicture }: CallToolsParts,
  call: {
    readonly agent: Agent;
    readonly tool: ToolListing;
    readonly session: string | undefined;
    readonly input: JsonValue;
  },
  { ctx, identity }: { readonly ctx: ServerContext; readonly identity: ClientIdentity },
): Promise<CallToolResult> {
  const { tool, session, input } = call;
  const { client } = call.agent;
  const callId = newId();
  const cancel = (): void => void client.call('tool/cancel', { callId });
  ctx.mcpReq.signal.addEventListener('abort', cancel, { once: true });
  const asked = { name: tool.name, input, callId };
  const answer = await client.call(
    'tool/call',
    session === undefined ? asked : { ...asked, sessionId: session },
  );
  ctx.mcpReq.signal.removeEventListener('abort', cancel);
  const result = toToolResult(tool, answer, identity.readsStructure);
  return answer.ok ? addPicture(result, tool, answer.value.output, readPicture) : result;
}

/** On the small surface a call may be about another tool. */
function unwrap(
  surface: Surface,
  { name, arguments: given = {} }: CallToolRequestParams,
  listed: readonly ToolListing[],
): CallToolResult | { readonly name: string; readonly input: JsonValue } {
  const input = JsonValueSchema.parse(given);
  const args: JsonObject = isJsonObject(input) ? input : {};
  if (surface !== 'compact') return { name, input };
  switch (name) {
    case 'find_tools':
      return findTools(textOf(args['query']), listed);
    case 'describe_tool':
      return describeTool(textOf(args['name']), listed);
    case 'call_tool':
      return { name: textOf(args['name']), input: args['arguments'] ?? {} };
    default:
      return { name, input };
  }
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function findTool(name: string, listed: readonly ToolListing[]): ToolListing {
  const found = listed.find((tool) => tool.name === name);
  if (found !== undefined) return found;
  const names = listed.map((tool) => tool.name);
  const near = nearestNames(name, names, 3);
  const hint = near.length === 0 ? '' : ` Nearest: ${near.join(', ')}.`;
  throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool "${name}".${hint}`);
}

/** The session is the endpoint's business; tools never see it. */
function splitSession(input: JsonValue): {
  readonly session?: string;
  readonly input: JsonValue;
} {
  if (!isJsonObject(input)) return { input };
  const { [SESSION_ARGUMENT]: session, ...rest } = input;
  return typeof session === 'string' && session !== '' ? { session, input: rest } : { input: rest };
}
