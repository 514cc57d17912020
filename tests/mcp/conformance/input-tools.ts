import {
  type ClientCapabilities,
  type InputRequests,
  type ServerContext,
  inputRequired,
} from '@modelcontextprotocol/server';
import { type FixtureTool, EMPTY_SCHEMA, say } from './fixture.ts';

/** One question with one field. */
export function askFor(message: string, field: string, type: 'string' | 'boolean' = 'string') {
  const properties: Record<string, { type: 'string' } | { type: 'boolean' }> = {
    [field]: type === 'string' ? { type } : { type },
  };
  return inputRequired.elicit({
    message,
    requestedSchema: { type: 'object', properties, required: [field] },
  });
}

/** What a person gave for a field of a question; undefined when they did not, or gave something else. */
export function given(ctx: ServerContext, key: string, field: string): unknown {
  const answer = ctx.mcpReq.inputResponses?.[key] as
    { readonly action?: string; readonly content?: Readonly<Record<string, unknown>> } | undefined;
  return answer?.action === 'accept' ? answer.content?.[field] : undefined;
}

const sample = (text: string, maxTokens: number): InputRequests[string] =>
  inputRequired.createMessage({
    messages: [{ role: 'user', content: { type: 'text', text } }],
    maxTokens,
  });

const simple = (
  name: string,
  call: (
    ctx: ServerContext,
    mint: (payload: unknown) => Promise<string>,
  ) => ReturnType<FixtureTool['call']>,
): FixtureTool => ({
  name: `test_input_required_result_${name}`,
  description: 'Answers in rounds.',
  inputSchema: EMPTY_SCHEMA,
  call: async (_args, ctx, hooks) => call(ctx, (payload) => hooks.mint(payload, ctx)),
});

/** Tools that answer in rounds, as protocol 2026-07-28 does. */
export const inputTools: readonly FixtureTool[] = [
  simple('elicitation', async (ctx) => {
    const name = given(ctx, 'user_name', 'name');
    if (typeof name === 'string') return say(`Hello, ${name}!`);
    return inputRequired({ inputRequests: { user_name: askFor('What is your name?', 'name') } });
  }),
  simple('sampling', async (ctx) => {
    const answer = ctx.mcpReq.inputResponses?.['capital_question'];
    if (answer !== undefined) return say(JSON.stringify(answer));
    const capital_question = sample('What is the capital of France?', 100);
    return inputRequired({ inputRequests: { capital_question } });
  }),
  simple('list_roots', async (ctx) => {
    const answer = ctx.mcpReq.inputResponses?.['client_roots'];
    if (answer !== undefined) return say(JSON.stringify(answer));
    return inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } });
  }),
  simple('request_state', async (ctx, mint) => {
    const isOk = given(ctx, 'confirm', 'ok') !== undefined;
    if (isOk && ctx.mcpReq.requestState() === 'confirming') return say('state-ok');
    return inputRequired({
      inputRequests: { confirm: askFor('Please confirm', 'ok', 'boolean') },
      requestState: await mint('confirming'),
    });
  }),
  simple('tampered_state', async (ctx, mint) => {
    if (ctx.mcpReq.requestState() === 'sealed') return say('state-ok');
    return inputRequired({
      inputRequests: { confirm: askFor('Please confirm', 'ok', 'boolean') },
      requestState: await mint('sealed'),
    });
  }),
  simple('multiple_inputs', async (ctx, mint) => {
    const answers = ctx.mcpReq.inputResponses ?? {};
    const keys = ['user_name', 'greeting', 'client_roots'];
    if (keys.every((key) => Object.hasOwn(answers, key))) return say(JSON.stringify(answers));
    return inputRequired({
      inputRequests: {
        user_name: askFor('What is your name?', 'name'),
        greeting: sample('Generate a greeting', 50),
        client_roots: inputRequired.listRoots(),
      },
      requestState: await mint('three'),
    });
  }),
  simple('multi_round', async (ctx, mint) => {
    const state = ctx.mcpReq.requestState();
    if (state === 'second' && given(ctx, 'step2', 'color') !== undefined) return say('Done.');
    if (state === 'first' && given(ctx, 'step1', 'name') !== undefined) {
      return inputRequired({
        inputRequests: { step2: askFor('Step 2: What is your favorite color?', 'color') },
        requestState: await mint('second'),
      });
    }
    return inputRequired({
      inputRequests: { step1: askFor('Step 1: What is your name?', 'name') },
      requestState: await mint('first'),
    });
  }),
  simple('capabilities', async (ctx) => {
    const can = capabilitiesOf(ctx);
    const inputRequests: InputRequests = {
      ...(can.elicitation === undefined ? {} : { user_name: askFor('Your name?', 'name') }),
      ...(can.sampling === undefined ? {} : { greeting: sample('Generate a greeting', 50) }),
      ...(can.roots === undefined ? {} : { client_roots: inputRequired.listRoots() }),
    };
    return Object.keys(inputRequests).length === 0
      ? say('Nothing can be asked.')
      : inputRequired({ inputRequests });
  }),
];

function capabilitiesOf(ctx: ServerContext): ClientCapabilities {
  const envelope = ctx.mcpReq.envelope as Readonly<Record<string, unknown>> | undefined;
  return envelope?.['io.modelcontextprotocol/clientCapabilities'] ?? {};
}
