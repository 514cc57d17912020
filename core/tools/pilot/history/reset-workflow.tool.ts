import { z } from 'zod';
import { err, ok } from '../../../base/result.ts';
import { appError } from '../../../contract/errors.ts';
import { defineTool } from '../../define-tool.ts';
import { requireOpenWorkflow } from '../../require-document.ts';

/** Takes back every change, so that the workflow is as it was when it was opened; each can be redone. */
export const resetWorkflow = defineTool({
  name: 'reset_workflow',
  title: 'Back to the start',
  description:
    'Takes back every change since the workflow was opened. Nothing is lost: each can be brought back with redo.',
  effect: 'execute',
  input: z.strictObject({}),
  output: z.strictObject({
    revision: z.number().int().describe('Workflow revision afterwards'),
    undone: z.array(z.string()).readonly().describe('What was taken back, newest first'),
  }),
  describeCall: () => 'Take back every change',
  describeResult: ({ undone }) =>
    `Back to how it was opened: ${undone.length} ${undone.length === 1 ? 'change' : 'changes'} taken back.`,
  handler: async (_input, { desk, session, cancellation }) => {
    const open = requireOpenWorkflow({ session });
    if (!open.ok) return open;
    const labels = open.value.history.slice(0, open.value.position).map((entry) => entry.label);
    if (labels.length === 0) return err(appError('history/nothing-to-undo', {}));
    let revision = open.value.revision;
    for (let done = 0; done < labels.length; done += 1) {
      if (cancellation.isCancelled) return err(appError('cancelled', {}));
      const undone = await desk.undo();
      if (!undone.ok) return undone;
      revision = undone.value;
    }
    return ok({ revision, undone: labels.toReversed() });
  },
});
