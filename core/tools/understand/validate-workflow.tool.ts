import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { ProblemSchema } from '../../contract/workflow.schema.ts';
import { validateWorkflow } from '../../domain/workflow/validation/validate-workflow.ts';
import { defineTool } from '../define-tool.ts';
import { isAboutMissing, lookAgain } from '../look-again.ts';
import { requireDocument } from '../require-document.ts';

/** Checks the open workflow against the node catalog, without sending anything. */
export const validateOpenWorkflow = defineTool({
  name: 'validate_workflow',
  title: 'Check the workflow',
  description:
    'Checks the open workflow without running it: unknown nodes, missing links, values that are not allowed, missing model files, circles. Each problem says what would be right.',
  effect: 'observe',
  input: z.strictObject({}),
  output: z.strictObject({
    isValid: z.boolean().describe('True when nothing stops it from running'),
    problems: z.array(ProblemSchema).readonly().describe('What was found, worst first'),
  }),
  describeCall: () => 'Check the workflow',
  describeResult: ({ isValid, problems }) => {
    const lines = problems.map((problem) => problem.message).join('; ');
    if (isValid)
      return problems.length === 0 ? 'Nothing is missing.' : `It can run. Note: ${lines}`;
    return `To look at: ${lines}`;
  },
  handler: async (_input, context) => {
    const document = requireDocument(context);
    if (!document.ok) return document;
    const found = await lookAgain(
      context,
      (catalog) => validateWorkflow(document.value, catalog),
      (problems) => problems.some(isAboutMissing),
    );
    const bySeverity = (['error', 'warning', 'note'] as const).flatMap((severity) =>
      found.filter((problem) => problem.severity === severity),
    );
    return ok({
      isValid: found.every((problem) => problem.severity !== 'error'),
      problems: bySeverity,
    });
  },
});
