import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { ProblemSchema } from '../../contract/workflow.schema.ts';
import { validateWorkflow } from '../../domain/workflow/validate-workflow.ts';
import { defineTool } from '../define-tool.ts';
import { requireDocument } from '../require-document.ts';

/** Says what the open workflow lacks on the connected ComfyUI: node classes, model files, links. */
export const findMissing = defineTool({
  name: 'find_missing',
  title: 'Find what is missing',
  description:
    'Answers “what is this workflow missing?”: node classes that the connected ComfyUI does not have, model files that are not there, and whatever else keeps it from running.',
  effect: 'observe',
  input: z.strictObject({}),
  output: z.strictObject({
    isComplete: z.boolean().describe('True when nothing keeps it from running'),
    nodeClasses: z.array(z.string()).readonly().describe('Node classes that are not installed'),
    problems: z.array(ProblemSchema).readonly().describe('Everything that keeps it from running'),
  }),
  describeCall: () => 'Look for what is missing',
  describeResult: ({ isComplete, problems }) =>
    isComplete ? 'Nothing is missing.' : problems.map(({ message }) => message).join('\n'),
  handler: async (_input, context) => {
    const document = requireDocument(context);
    if (!document.ok) return document;
    const problems = validateWorkflow(document.value, context.catalog).filter(
      ({ severity }) => severity === 'error',
    );
    const unknown = problems.flatMap(({ type, classType }) =>
      type === 'missing_node_type' && classType !== undefined ? [classType] : [],
    );
    return ok({ isComplete: problems.length === 0, nodeClasses: [...new Set(unknown)], problems });
  },
});
