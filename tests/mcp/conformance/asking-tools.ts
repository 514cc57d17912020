/* eslint-disable @typescript-eslint/no-deprecated -- the suites look for exactly what the 2025 protocols do */
import { type ElicitRequestFormParams, inputRequired } from '@modelcontextprotocol/server';
import { type FixtureTool, EMPTY_SCHEMA, say } from './fixture.ts';

const defaults: ElicitRequestFormParams['requestedSchema'] = {
  type: 'object',
  properties: {
    name: { type: 'string', description: 'User name', default: 'John Doe' },
    age: { type: 'integer', description: 'User age', default: 30 },
    score: { type: 'number', description: 'User score', default: 95.5 },
    status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
    verified: { type: 'boolean', description: 'Verified or not', default: true },
  },
  required: [],
};

const titled = (prefix: string, noun: string): { const: string; title: string }[] =>
  ['First', 'Second', 'Third'].map((title, index) => ({
    const: `${prefix}${String(index + 1)}`,
    title: `${title} ${noun}`,
  }));

const enums: ElicitRequestFormParams['requestedSchema'] = {
  type: 'object',
  properties: {
    untitledSingle: { type: 'string', enum: ['option1', 'option2', 'option3'] },
    titledSingle: { type: 'string', oneOf: titled('value', 'Option') },
    legacyEnum: {
      type: 'string',
      enum: ['opt1', 'opt2', 'opt3'],
      enumNames: ['Option One', 'Option Two', 'Option Three'],
    },
    untitledMulti: {
      type: 'array',
      items: { type: 'string', enum: ['option1', 'option2', 'option3'] },
    },
    titledMulti: { type: 'array', items: { anyOf: titled('value', 'Choice') } },
  },
  required: [],
};

/** Tools that ask the client in the middle of a call, as protocols up to 2025-11-25 do. */
export const askingTools: readonly FixtureTool[] = [
  {
    name: 'test_sampling',
    description: "Asks the client's model.",
    inputSchema: {
      type: 'object',
      properties: { prompt: { type: 'string', description: 'What to ask' } },
      required: ['prompt'],
    },
    call: async ({ prompt }, ctx) => {
      const answer = await ctx.mcpReq.requestSampling({
        messages: [{ role: 'user', content: { type: 'text', text: String(prompt) } }],
        maxTokens: 100,
      });
      const [content] = Array.isArray(answer.content) ? answer.content : [answer.content];
      return say(`LLM response: ${content?.type === 'text' ? content.text : ''}`);
    },
  },
  {
    name: 'test_elicitation',
    description: 'Asks the person for a name and an address.',
    inputSchema: {
      type: 'object',
      properties: { message: { type: 'string', description: 'What to ask' } },
      required: ['message'],
    },
    call: async ({ message }, ctx) => {
      const answer = await ctx.mcpReq.elicitInput({
        message: String(message),
        requestedSchema: {
          type: 'object',
          properties: {
            username: { type: 'string', description: "User's response" },
            email: { type: 'string', description: "User's email address" },
          },
          required: ['username', 'email'],
        },
      });
      return say(`User response: ${describe(answer)}`);
    },
  },
  {
    name: 'test_elicitation_sep1034_defaults',
    description: 'Asks with a default for every kind of field.',
    inputSchema: EMPTY_SCHEMA,
    call: async (_args, ctx) => {
      const message = 'Please check these';
      const answer = await ctx.mcpReq.elicitInput({ message, requestedSchema: defaults });
      return say(`Elicitation completed: ${describe(answer)}`);
    },
  },
  {
    name: 'test_elicitation_sep1330_enums',
    description: 'Asks with every kind of choice.',
    inputSchema: EMPTY_SCHEMA,
    call: async (_args, ctx) => {
      const message = 'Please choose';
      const answer = await ctx.mcpReq.elicitInput({ message, requestedSchema: enums });
      return say(`Elicitation completed: ${describe(answer)}`);
    },
  },
  {
    name: 'test_missing_capability',
    description: 'Works only for clients that can sample.',
    inputSchema: EMPTY_SCHEMA,
    call: async (_args, ctx) => {
      if (ctx.mcpReq.inputResponses?.['sample'] !== undefined) return say('The client can sample.');
      // The SDK holds what is asked for against what the client declared, and refuses with -32021.
      const sample = inputRequired.createMessage({
        messages: [{ role: 'user', content: { type: 'text', text: 'Are you there?' } }],
        maxTokens: 10,
      });
      return inputRequired({ inputRequests: { sample } });
    },
  },
  {
    name: 'test_streaming_elicitation',
    description: 'Speaks before it answers.',
    inputSchema: EMPTY_SCHEMA,
    call: async () => say('Nothing was asked on the stream.'),
  },
];

function describe({ action, content }: { action: string; content?: unknown }): string {
  return `action=${action}, content=${JSON.stringify(content ?? {})}`;
}
