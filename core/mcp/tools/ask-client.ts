import { type InputRequest, inputRequired } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { stringifyExactJson } from '../../base/exact-json.ts';
import type { JsonValue } from '../../base/json.ts';
import type { ToolListing } from '../agents/agent-pool.ts';
import type { Consent } from '../endpoint-parts.ts';
import { describeChangeSet } from '../resources/describe-change-set.ts';
import type { PendingCall, Waiting } from './pending-call.ts';

/** What a person answered to a question that a client put to them. */
export const AnswerSchema = z.object({
  decision: z.enum(['accept', 'reject']).describe('What to do with it'),
  reason: z.string().max(2_000).optional().describe('Why, if you like to say'),
});

/** Key of the one question in a request for input. */
export const QUESTION = 'decision';

/** Puts what waits into words and a form: what it is about, who wants it, yes or no. */
export async function toQuestion(
  waiting: Exclude<Waiting, { readonly kind: 'batch' }>,
  { agent, tool, input, state: stateOf }: Pick<PendingCall, 'agent' | 'tool' | 'input' | 'state'>,
): Promise<InputRequest> {
  const { client, name } = agent;
  if (waiting.kind === 'call') return toCallQuestion(tool, input, name);
  const state = stateOf();
  const workflow = `"${state.workflow?.name ?? 'the workflow'}"`;
  if (waiting.kind === 'run')
    return ask(`${name} wants to render ${workflow}: ${waiting.run.label}`);
  const changes = await describeChangeSet(client, state, waiting.changeSet);
  const lines = [
    `${name} wants to change ${workflow}: ${waiting.changeSet.intent}`,
    ...changes.map((line) => `· ${line}`),
  ];
  return ask(lines.join('\n'));
}

/** The question about a call that wants what is the artist's own, with everything that it would do. */
function toCallQuestion(tool: ToolListing, input: JsonValue, name: string): InputRequest {
  const details = stringifyExactJson(input, 2);
  return ask(`${name} wants to: ${tool.title}${details === '{}' ? '' : `\n${details}`}`);
}

function ask(message: string): InputRequest {
  return inputRequired.elicit({ message, requestedSchema: AnswerSchema });
}

/** Reads a client's answer: a yes or no counts only when a person gave one; else it stays open. */
export function readAnswer(
  action: unknown,
  content: unknown,
): z.output<typeof AnswerSchema> | undefined {
  if (action === 'decline') return { decision: 'reject' };
  if (action !== 'accept') return undefined;
  const answer = AnswerSchema.safeParse(content);
  return answer.success ? answer.data : undefined;
}

/** Hands a person's answer to the artist's own connection, bound to exactly what was asked about. */
export async function settleWaiting(
  consent: Consent,
  waiting: Waiting,
  sessionId: string,
  client: string,
  { decision, reason }: z.output<typeof AnswerSchema>,
): Promise<void> {
  // What the core refuses (changed meanwhile, decided meanwhile) shows in what becomes of the call.
  if (waiting.kind === 'change') {
    const { changeSet } = waiting;
    await consent.decide({ sessionId, changeSet, decision, client, reason });
  } else if (waiting.kind === 'run') {
    await consent.decideRun({ sessionId, promptId: waiting.id, decision, client });
  } else if (waiting.kind === 'call') {
    await consent.decideCall({ sessionId, callId: waiting.id, decision, client, reason });
  }
}
