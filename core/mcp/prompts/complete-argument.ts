import type { CompleteRequestParams, CompleteResult } from '@modelcontextprotocol/server';
import { isJsonObject } from '../../base/json.ts';
import type { SessionState } from '../../contract/session.schema.ts';
import { nearestNames } from '../../domain/workflow/nearest-name.ts';
import { viewWorkflow } from '../../domain/workflow/view/view-workflow.ts';
import type { NodeView } from '../../domain/workflow/view/view.ts';
import type { Agent, AgentPool } from '../agents/agent-pool.ts';
import { readWorkflowCatalog } from '../resources/describe-change-set.ts';
import { CURRENT, uriTemplates } from '../resources/resource-uris.ts';
import { errorCodes } from '../resources/troubleshooting.ts';

const MOST = 100;

/** Completes an argument of a prompt or of an address from what is open and what is known. */
export async function completeArgument(
  pool: AgentPool,
  agent: Agent,
  { ref, argument }: CompleteRequestParams,
  session: string | undefined,
): Promise<CompleteResult> {
  const known =
    ref.type === 'ref/prompt'
      ? await promptValues(pool, agent, argument.name, session)
      : await addressValues(pool, agent, ref.uri, argument.name, session);
  return toCompletion(argument.value, known);
}

/** Those that begin with what was typed, then those that contain it, then those that nearly are it. */
export function toCompletion(typed: string, known: readonly string[]): CompleteResult {
  const wanted = typed.toLowerCase();
  const starts = known.filter((name) => name.toLowerCase().startsWith(wanted));
  const contains = known.filter((name) => name.toLowerCase().includes(wanted));
  const near = wanted === '' ? [] : nearestNames(typed, known, 3);
  const values = [...new Set([...starts, ...contains, ...near])];
  const { length: total } = values;
  return { completion: { values: values.slice(0, MOST), total, hasMore: total > MOST } };
}

async function promptValues(
  pool: AgentPool,
  agent: Agent,
  name: string,
  session: string | undefined,
): Promise<readonly string[]> {
  switch (name) {
    case 'setting': {
      const nodes = await openNodes(pool, agent, session);
      return [...new Set(nodes.flatMap(({ widgets }) => widgets.map((widget) => widget.name)))];
    }
    case 'node':
      return [...new Set((await openNodes(pool, agent, session)).map(({ title }) => title))];
    case 'gigabytes':
      return ['8', '12', '16', '24', '32', '48'];
    case 'width':
      return ['1920', '2048', '3840', '4096', '4448'];
    case 'height':
      return ['1080', '1556', '2160', '3096'];
    default:
      return [];
  }
}

async function addressValues(
  pool: AgentPool,
  agent: Agent,
  uri: string,
  name: string,
  session: string | undefined,
): Promise<readonly string[]> {
  switch (name) {
    case 'sessionId': {
      const listed = await agent.client.call('session/list', {});
      return listed.ok
        ? [CURRENT, ...listed.value.sessions.map(({ sessionId }) => sessionId)]
        : [CURRENT];
    }
    case 'promptId':
      return withState(pool, agent, session, ({ runs }) => runs.map(({ promptId }) => promptId));
    case 'assetId':
      return withState(pool, agent, session, ({ runs }) =>
        runs.flatMap(({ outputs }) => outputs.map(({ assetId }) => assetId)),
      );
    case 'classType':
      return [
        ...new Set((await openNodes(pool, agent, session)).map(({ classType }) => classType)),
      ];
    case 'code':
      return uri === uriTemplates.error ? errorCodes : [];
    default:
      return [];
  }
}

async function withState<T>(
  pool: AgentPool,
  agent: Agent,
  session: string | undefined,
  use: (state: SessionState) => readonly T[],
): Promise<readonly T[]> {
  const sessionId = await pool.session(agent, session);
  if (!sessionId.ok) return [];
  const mirror = await agent.mirrors.watch(sessionId.value);
  if (!mirror.ok) return [];
  const found = use(mirror.value.state);
  mirror.value.dispose();
  return found;
}

async function openNodes(
  pool: AgentPool,
  agent: Agent,
  session: string | undefined,
): Promise<readonly NodeView[]> {
  const [workflow] = await withState(pool, agent, session, (state) => [state.workflow]);
  if (workflow === null || workflow === undefined || !isJsonObject(workflow.document)) return [];
  const document = { format: workflow.format, root: workflow.document };
  return viewWorkflow(document, await readWorkflowCatalog(agent.client, workflow.document, []))
    .nodes;
}
