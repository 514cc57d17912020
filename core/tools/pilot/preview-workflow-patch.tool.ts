import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { DiffEntrySchema, ProblemSchema } from '../../contract/workflow.schema.ts';
import { applyOps } from '../../domain/workflow/ops/apply-ops.ts';
import { describeDiff } from '../../domain/workflow/describe/describe-diff.ts';
import { diffWorkflows } from '../../domain/workflow/diff/diff-workflows.ts';
import { validateWorkflow } from '../../domain/workflow/validation/validate-workflow.ts';
import { defineTool } from '../define-tool.ts';
import { requireDocument } from '../require-document.ts';
import { EditInputSchema, toOps } from './edit-input.ts';

/** Shows what edits would change, without proposing them. */
export const previewWorkflowPatch = defineTool({
  name: 'preview_workflow_patch',
  title: 'Try a change',
  description:
    'Shows what edits would change and which problems the workflow would then have, without asking the artist and without changing anything. Takes what apply_workflow_patch takes.',
  effect: 'observe',
  input: EditInputSchema,
  output: z.strictObject({
    diff: z.array(DiffEntrySchema).readonly().describe('What would change'),
    changes: z.array(z.string()).readonly().describe('What would change, in words'),
    problems: z.array(ProblemSchema).readonly().describe('What to look at afterwards'),
  }),
  describeCall: ({ intent }) => `Try: ${intent}`,
  describeResult: ({ changes, problems }) => {
    const what =
      changes.length === 0 ? 'Nothing would change.' : `Would change: ${changes.join('; ')}.`;
    const errors = problems.filter((problem) => problem.severity === 'error');
    return errors[0] === undefined ? what : `${what} To look at then: ${errors[0].message}`;
  },
  handler: async ({ ops, patches }, context) => {
    const document = requireDocument(context);
    if (!document.ok) return document;
    const edits = toOps({ ops, patches }, 'preview_workflow_patch');
    if (!edits.ok) return edits;
    const applied = applyOps(document.value, edits.value, context.catalog);
    if (!applied.ok) return applied;
    const diff = diffWorkflows(document.value, applied.value.document, context.catalog);
    return ok({
      diff,
      changes: describeDiff(diff),
      problems: validateWorkflow(applied.value.document, context.catalog),
    });
  },
});
