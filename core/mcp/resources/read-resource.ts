import {
  ProtocolError,
  ProtocolErrorCode,
  type ReadResourceResult,
  ResourceNotFoundError,
} from '@modelcontextprotocol/server';
import { stringifyExactJson } from '../../base/exact-json.ts';
import type { JsonValue } from '../../base/json.ts';
import type { Result } from '../../base/result.ts';
import type { AppError } from '../../contract/errors.ts';
import { JsonValueSchema } from '../../contract/json.schema.ts';
import type { SessionState } from '../../contract/session.schema.ts';
import { describeDiff } from '../../domain/workflow/describe/describe-diff.ts';
import { oneLine } from '../../domain/errors/plain-error.ts';
import type { Agent, AgentPool } from '../agents/agent-pool.ts';
import type { McpEndpointParts } from '../endpoint-parts.ts';
import { toChangeView } from '../apps/change-app.ts';
import { diffChangeSet } from './describe-change-set.ts';
import { type ResourceAddress, parseResourceUri } from './resource-uris.ts';
import { listTroubleshooting, troubleshootingPage } from './troubleshooting.ts';

interface ReadParts {
  readonly pool: AgentPool;
  readonly readPicture: McpEndpointParts['readPicture'];
}

type Contents = ReadResourceResult['contents'][number];

/** Reads one address for one agent. What is not there is the protocol's "not found", as it asks for. */
export async function readResource(
  parts: ReadParts,
  agent: Agent,
  uri: string,
  chosenSession: string | undefined,
): Promise<ReadResourceResult> {
  const address = parseResourceUri(uri);
  if (address === undefined) throw new ResourceNotFoundError(uri);
  return { contents: [await read(parts, agent, uri, address, chosenSession)] };
}

async function read(
  { pool, readPicture }: ReadParts,
  agent: Agent,
  uri: string,
  address: ResourceAddress,
  chosen: string | undefined,
): Promise<Contents> {
  switch (address.kind) {
    case 'error': {
      const { code } = address;
      const text = code === undefined ? listTroubleshooting() : troubleshootingPage(code);
      if (text === undefined) throw new ResourceNotFoundError(uri);
      return { uri, mimeType: 'text/markdown', text };
    }
    case 'node': {
      const { classType } = address;
      const answer = need(
        await agent.client.call('catalog/classes', { classTypes: [classType] }),
        uri,
      );
      const entry = answer.objectInfo[classType];
      if (entry === undefined) throw new ResourceNotFoundError(uri);
      return toJson(uri, entry);
    }
    case 'output': {
      const { bytes, mediaType } = need(await readPicture(address.assetId, undefined), uri);
      return { uri, mimeType: mediaType, blob: Buffer.from(bytes).toString('base64') };
    }
    case 'run': {
      const state = await stateOf(pool, agent, uri, address.sessionId ?? chosen);
      const run = state.runs.find(({ promptId }) => promptId === address.promptId);
      if (run === undefined) throw new ResourceNotFoundError(uri);
      return toJson(uri, JsonValueSchema.parse(run));
    }
    case 'receipt': {
      const { promptId } = address;
      const sessionId = need(await pool.session(agent, address.sessionId ?? chosen), uri);
      const answer = need(await agent.client.call('run/receipt', { sessionId, promptId }), uri);
      return toJson(uri, JsonValueSchema.parse(answer.receipt));
    }
    case 'session':
      return readSessionPart(pool, agent, uri, {
        ...address,
        sessionId: address.sessionId ?? chosen,
      });
  }
}

async function readSessionPart(
  pool: AgentPool,
  agent: Agent,
  uri: string,
  { sessionId: wanted, part }: Extract<ResourceAddress, { readonly kind: 'session' }>,
): Promise<Contents> {
  if (part === 'workflow' || part === 'payload') {
    const sessionId = need(await pool.session(agent, wanted), uri);
    const format = part === 'workflow' ? 'graph' : 'api';
    const { text } = need(await agent.client.call('workflow/export', { sessionId, format }), uri);
    return { uri, mimeType: 'application/json', text };
  }
  const state = await stateOf(pool, agent, uri, wanted);
  switch (part) {
    case undefined:
      return toJson(uri, summarise(state));
    case 'run':
      return toJson(uri, JsonValueSchema.parse(state.runs.at(-1) ?? null));
    case 'review': {
      const { workflow, changeSets } = state;
      if (workflow === null) return toJson(uri, { pending: [] });
      const open = changeSets.filter(({ status }) => status === 'proposed');
      const pending = await Promise.all(
        open.map(async (changeSet) => toChangeView(agent.client, workflow, changeSet)),
      );
      return toJson(uri, JsonValueSchema.parse({ pending }));
    }
    case 'changes': {
      const open = state.changeSets.filter(({ status }) => status === 'proposed');
      const shown = await Promise.all(
        open.map(async (changeSet) => {
          const diff = await diffChangeSet(agent.client, state, changeSet);
          const { changeSetId, intent, proposedBy, baseRevision } = changeSet;
          return {
            changeSetId,
            intent,
            proposedBy,
            baseRevision,
            changes: describeDiff(diff),
            diff,
          };
        }),
      );
      return toJson(uri, JsonValueSchema.parse({ pending: shown }));
    }
  }
}

/** A session without its workflow's text and without the outputs of every call: what a reader wants first. */
function summarise(state: SessionState): JsonValue {
  const { sessionId, title, createdAt, updatedAt, workflow, turns, changeSets, runs } = state;
  return JsonValueSchema.parse({
    sessionId,
    title,
    createdAt,
    updatedAt,
    workflow:
      workflow === null
        ? null
        : {
            name: workflow.name,
            path: workflow.path,
            format: workflow.format,
            revision: workflow.revision,
            savedRevision: workflow.savedRevision,
            history: workflow.history.map(({ label, at }) => ({ label, at })),
            position: workflow.position,
          },
    turns: turns.slice(-RECENT).map(({ turnId, message, author, status, startedAt }) => ({
      turnId,
      message,
      author,
      status,
      startedAt,
    })),
    changeSets: changeSets.slice(-RECENT).map(({ changeSetId, intent, status, proposedBy }) => ({
      changeSetId,
      intent,
      status,
      proposedBy,
    })),
    runs: runs.slice(-RECENT).map(({ promptId, label, status }) => ({ promptId, label, status })),
  });
}

/** How much of a long session its summary shows. */
const RECENT = 20;

async function stateOf(
  pool: AgentPool,
  agent: Agent,
  uri: string,
  wanted: string | undefined,
): Promise<SessionState> {
  const sessionId = need(await pool.session(agent, wanted), uri);
  const mirror = need(await agent.mirrors.watch(sessionId), uri);
  const { state } = mirror;
  mirror.dispose();
  return state;
}

function need<T>(result: Result<T, AppError>, uri: string): T {
  if (result.ok) return result.value;
  const { code } = result.error;
  if (NOT_THERE.has(code)) throw new ResourceNotFoundError(uri, oneLine(result.error));
  throw new ProtocolError(ProtocolErrorCode.InternalError, oneLine(result.error), { code });
}

/** Failures that mean that there is nothing at this address now. */
const NOT_THERE: ReadonlySet<string> = new Set([
  'session/unknown',
  'workflow/none-open',
  'file/not-found',
  'comfy/output-missing',
  'receipt/unknown',
  'receipt/not-yet',
]);

function toJson(uri: string, value: JsonValue): Contents {
  return { uri, mimeType: 'application/json', text: stringifyExactJson(value, 2) };
}
