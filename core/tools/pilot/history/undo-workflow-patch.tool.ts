import { z } from 'zod';
import { ok } from '../../../base/result.ts';
import { defineTool } from '../../define-tool.ts';
import { requireOpenWorkflow } from '../../require-document.ts';

/** Takes back the last change that was applied. */
export const undoWorkflowPatch = defineTool({
  name: 'undo_workflow_patch',
  title: 'Undo',
  description: 'Takes back the last change to the open workflow. redo brings it back.',
  effect: 'execute',
  input: z.strictObject({}),
  output: z.strictObject({
    revision: z.number().int().describe('Workflow revision afterwards'),
    undone: z.string().describe('What was taken back, in words'),
  }),
  describeCall: () => 'Undo the last change',
  describeResult: ({ undone }) => (undone === '' ? 'Undone.' : `Undone: ${undone}`),
  handler: async (_input, { desk, session }) => {
    const open = requireOpenWorkflow({ session });
    if (!open.ok) return open;
    const undone = open.value.history[open.value.position - 1]?.label ?? '';
    const revision = await desk.undo();
    return revision.ok ? ok({ revision: revision.value, undone }) : revision;
  },
});
