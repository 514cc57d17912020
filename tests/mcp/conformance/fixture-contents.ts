import { inputRequired } from '@modelcontextprotocol/server';
import { type FixturePrompt, type FixtureResource, PIXEL } from './fixture.ts';
import { askFor, given } from './input-tools.ts';

/** Resources that the suite reads. */
export const fixtureResources: readonly FixtureResource[] = [
  {
    uri: 'test://static-text',
    name: 'static-text',
    description: 'Text that never changes',
    mimeType: 'text/plain',
    content: { text: 'This is the content of the static text resource.' },
  },
  {
    uri: 'test://static-binary',
    name: 'static-binary',
    description: 'A picture that never changes',
    mimeType: 'image/png',
    content: { blob: PIXEL },
  },
  {
    uri: 'test://watched-resource',
    name: 'watched-resource',
    description: 'Text that can be watched',
    mimeType: 'text/plain',
    content: { text: 'Watched resource content' },
  },
];

/** The resource template of the suite. */
export const fixtureTemplate = {
  uriTemplate: 'test://template/{id}/data',
  name: 'template',
  description: 'Data by id',
  mimeType: 'application/json',
  read: (id: string): string =>
    JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }),
} as const;

/** Prompts that the suite gets. */
export const fixturePrompts: readonly FixturePrompt[] = [
  {
    name: 'test_simple_prompt',
    description: 'A prompt without arguments',
    arguments: [],
    get: async () => ({
      messages: [
        { role: 'user', content: { type: 'text', text: 'This is a simple prompt for testing.' } },
      ],
    }),
  },
  {
    name: 'test_prompt_with_arguments',
    description: 'A prompt with two arguments',
    arguments: ['arg1', 'arg2'],
    get: async ({ arg1 = '', arg2 = '' }) => ({
      messages: [
        {
          role: 'user',
          content: { type: 'text', text: `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'` },
        },
      ],
    }),
  },
  {
    name: 'test_prompt_with_embedded_resource',
    description: 'A prompt that carries a resource',
    arguments: ['resourceUri'],
    get: async ({ resourceUri = '' }) => ({
      messages: [
        {
          role: 'user',
          content: {
            type: 'resource',
            resource: {
              uri: resourceUri,
              mimeType: 'text/plain',
              text: 'Embedded resource content for testing.',
            },
          },
        },
        {
          role: 'user',
          content: { type: 'text', text: 'Please process the embedded resource above.' },
        },
      ],
    }),
  },
  {
    name: 'test_prompt_with_image',
    description: 'A prompt that carries a picture',
    arguments: [],
    get: async () => ({
      messages: [
        { role: 'user', content: { type: 'image', data: PIXEL, mimeType: 'image/png' } },
        { role: 'user', content: { type: 'text', text: 'Please analyze the image above.' } },
      ],
    }),
  },
  {
    name: 'test_input_required_result_prompt',
    description: 'A prompt that asks first',
    arguments: [],
    get: async (_args, ctx) => {
      const context = given(ctx, 'user_context', 'context');
      if (typeof context !== 'string') {
        const user_context = askFor('What context should the prompt use?', 'context');
        return inputRequired({ inputRequests: { user_context } });
      }
      return { messages: [{ role: 'user', content: { type: 'text', text: context } }] };
    },
  },
];
