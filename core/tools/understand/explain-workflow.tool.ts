import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { describeWorkflow } from '../../domain/workflow/describe/describe-workflow.ts';
import { viewWorkflow } from '../../domain/workflow/view/view-workflow.ts';
import { defineTool } from '../define-tool.ts';
import { requireDocument } from '../require-document.ts';

/** Says in an artist's words what the open workflow does. */
export const explainWorkflow = defineTool({
  name: 'explain_workflow',
  title: 'Explain the workflow',
  description:
    'Says in an artist’s words what the open workflow does, from its models to the picture that it makes.',
  effect: 'observe',
  input: z.strictObject({}),
  output: z.strictObject({
    lines: z.array(z.string()).readonly().describe('The explanation, one thought per line'),
  }),
  describeCall: () => 'Explain the workflow',
  describeResult: ({ lines }) => lines.join('\n'),
  handler: async (_input, context) => {
    const document = requireDocument(context);
    if (!document.ok) return document;
    return ok({ lines: describeWorkflow(viewWorkflow(document.value, context.catalog)) });
  },
});
