import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { defineTool } from '../define-tool.ts';

/** Lists the starter workflows that come with Second Unit. */
export const listWorkflowTemplates = defineTool({
  name: 'list_workflow_templates',
  title: 'List templates',
  description:
    'Lists the starter workflows that can be opened with get_workflow_template. They need no file on disk.',
  effect: 'observe',
  input: z.strictObject({}),
  output: z.strictObject({
    templates: z
      .array(
        z.strictObject({
          name: z.string().describe('Name for get_workflow_template'),
          title: z.string().describe('What it is'),
        }),
      )
      .readonly()
      .describe('The templates'),
  }),
  describeCall: () => 'List the templates',
  describeResult: ({ templates }) =>
    templates.length === 0
      ? 'There are no templates.'
      : templates.map(({ name, title }) => `${name}: ${title}`).join('\n'),
  handler: async (_input, { templates }) =>
    ok({ templates: templates.map(({ name, title }) => ({ name, title })) }),
});
