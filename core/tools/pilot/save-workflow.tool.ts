import { z } from 'zod';
import { defineTool } from '../define-tool.ts';
import { requireOpenWorkflow } from '../require-document.ts';

/** Saves the open workflow to disk. */
export const saveWorkflow = defineTool({
  name: 'save_workflow',
  title: 'Save the workflow',
  description:
    'Saves the open workflow, to the file it came from or to another one. The old file stays whole if something goes wrong.',
  effect: 'execute',
  input: z.strictObject({
    output_path: z
      .string()
      .min(1)
      .optional()
      .describe('File to write; absent: the one that it was opened from'),
  }),
  output: z.strictObject({ path: z.string().describe('Where it was saved') }),
  describeCall: ({ output_path: path }) =>
    path === undefined ? 'Save the workflow' : `Save the workflow as ${path}`,
  describeResult: ({ path }) => `Saved to ${path}.`,
  handler: async ({ output_path: path }, { desk, session }) => {
    const open = requireOpenWorkflow({ session });
    if (!open.ok) return open;
    return desk.saveWorkflow(path);
  },
});
