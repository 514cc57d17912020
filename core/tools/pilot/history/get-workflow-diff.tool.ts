import { z } from 'zod';
import { ok } from '../../../base/result.ts';
import { DiffEntrySchema } from '../../../contract/workflow.schema.ts';
import { describeDiff } from '../../../domain/workflow/describe/describe-diff.ts';
import { diffWorkflows } from '../../../domain/workflow/diff/diff-workflows.ts';
import { defineTool } from '../../define-tool.ts';
import { requireOpenWorkflow } from '../../require-document.ts';
import { openedDocument } from './opened-document.ts';

/** Tells what is different from when the workflow was opened. */
export const getWorkflowDiff = defineTool({
  name: 'get_workflow_diff',
  title: 'What changed',
  description:
    'Tells what is different in the open workflow from when it was opened, as data and in words. Changes that were undone do not count.',
  effect: 'observe',
  input: z.strictObject({}),
  output: z.strictObject({
    diff: z.array(DiffEntrySchema).readonly().describe('What is different'),
    changes: z.array(z.string()).readonly().describe('What is different, in words'),
    steps: z.array(z.string()).readonly().describe('The accepted changes, oldest first'),
  }),
  describeCall: () => 'Look at what changed',
  describeResult: ({ changes }) =>
    changes.length === 0 ? 'Nothing changed since it was opened.' : changes.join('; '),
  handler: async (_input, { session, catalog }) => {
    const open = requireOpenWorkflow({ session });
    if (!open.ok) return open;
    const { format, document, history, position } = open.value;
    const before = openedDocument(open.value);
    if (!before.ok) return before;
    const diff = diffWorkflows(before.value, { format, root: document }, catalog);
    return ok({
      diff,
      changes: describeDiff(diff),
      steps: history.slice(0, position).map((entry) => entry.label),
    });
  },
});
