/* eslint-disable @typescript-eslint/no-deprecated -- the suites look for exactly what the 2025 protocols do */
import { setTimeout as wait } from 'node:timers/promises';
import { type FixtureTool, EMPTY_SCHEMA, PIXEL, SILENCE, say } from './fixture.ts';

/** The schema whose keywords have to arrive at the client as they are. */
const KEYWORDS_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: {
    address: {
      $anchor: 'addressDef',
      type: 'object',
      properties: { street: { type: 'string' }, city: { type: 'string' } },
    },
  },
  properties: {
    name: { type: 'string' },
    address: { $ref: '#/$defs/address' },
    contactMethod: { type: 'string', enum: ['phone', 'email'] },
    phone: { type: 'string' },
    email: { type: 'string' },
  },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
  then: { required: ['phone'] },
  else: { required: ['email'] },
  additionalProperties: false,
};

const embedded = {
  uri: 'test://embedded-resource',
  mimeType: 'text/plain',
  text: 'This is an embedded resource content.',
};
const mixed = {
  uri: 'test://mixed-content-resource',
  mimeType: 'application/json',
  text: '{"test":"data","value":123}',
};

/** Tools that answer by themselves: every kind of content, logging, progress, errors, schemas. */
export const contentTools: readonly FixtureTool[] = [
  {
    name: 'test_simple_text',
    description: 'Answers with text.',
    inputSchema: EMPTY_SCHEMA,
    call: async () => say('This is a simple text response for testing.'),
  },
  {
    name: 'test_image_content',
    description: 'Answers with a picture.',
    inputSchema: EMPTY_SCHEMA,
    call: async () => ({ content: [{ type: 'image', data: PIXEL, mimeType: 'image/png' }] }),
  },
  {
    name: 'test_audio_content',
    description: 'Answers with sound.',
    inputSchema: EMPTY_SCHEMA,
    call: async () => ({ content: [{ type: 'audio', data: SILENCE, mimeType: 'audio/wav' }] }),
  },
  {
    name: 'test_embedded_resource',
    description: 'Answers with a resource.',
    inputSchema: EMPTY_SCHEMA,
    call: async () => ({ content: [{ type: 'resource', resource: embedded }] }),
  },
  {
    name: 'test_multiple_content_types',
    description: 'Answers with text, a picture and a resource.',
    inputSchema: EMPTY_SCHEMA,
    call: async () => ({
      content: [
        { type: 'text', text: 'Multiple content types test:' },
        { type: 'image', data: PIXEL, mimeType: 'image/png' },
        { type: 'resource', resource: mixed },
      ],
    }),
  },
  {
    name: 'test_tool_with_logging',
    description: 'Logs three times on its way.',
    inputSchema: EMPTY_SCHEMA,
    call: async (_args, ctx) => {
      await ctx.mcpReq.log('info', 'Tool execution started');
      await wait(50);
      await ctx.mcpReq.log('info', 'Tool processing data');
      await wait(50);
      await ctx.mcpReq.log('info', 'Tool execution completed');
      return say('Logged three times.');
    },
  },
  {
    name: 'test_logging_tool',
    description: 'Logs once, if the client asked for logs.',
    inputSchema: EMPTY_SCHEMA,
    call: async (_args, ctx) => {
      await ctx.mcpReq.log('info', 'For those who asked');
      return say('Logged, if asked to.');
    },
  },
  {
    name: 'test_tool_with_progress',
    description: 'Reports progress.',
    inputSchema: EMPTY_SCHEMA,
    call: async (_args, ctx) => {
      const progressToken = ctx.mcpReq._meta?.progressToken;
      for (const progress of [0, 50, 100]) {
        if (progress > 0) await wait(50);
        if (progressToken === undefined) continue;
        await ctx.mcpReq.notify({
          method: 'notifications/progress',
          params: { progressToken, progress, total: 100 },
        });
      }
      return say('Done.');
    },
  },
  {
    name: 'test_error_handling',
    description: 'Fails.',
    inputSchema: EMPTY_SCHEMA,
    call: async () => ({
      isError: true,
      content: [{ type: 'text', text: 'This tool intentionally returns an error for testing' }],
    }),
  },
  {
    name: 'test_reconnection',
    description: 'Closes its stream before it answers.',
    inputSchema: EMPTY_SCHEMA,
    call: async (_args, ctx) => {
      ctx.http?.closeSSE?.();
      await wait(100);
      return say('Reconnection test completed.');
    },
  },
  {
    name: 'json_schema_2020_12_tool',
    description: 'Tool with JSON Schema 2020-12 features.',
    inputSchema: KEYWORDS_SCHEMA,
    call: async (args) => say(`Called with ${JSON.stringify(args)}`),
  },
  {
    name: 'test_trigger_tool_change',
    description: 'Tells that the list of tools changed.',
    inputSchema: EMPTY_SCHEMA,
    call: async (_args, _ctx, hooks) => {
      hooks.toolsChanged();
      return say('Told.');
    },
  },
  {
    name: 'test_trigger_prompt_change',
    description: 'Tells that the list of prompts changed.',
    inputSchema: EMPTY_SCHEMA,
    call: async (_args, _ctx, hooks) => {
      hooks.promptsChanged();
      return say('Told.');
    },
  },
];
