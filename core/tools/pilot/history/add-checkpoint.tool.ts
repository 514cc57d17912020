import { z } from 'zod';
import { ok } from '../../../base/result.ts';
import { defineTool } from '../../define-tool.ts';
import { requireOpenWorkflow } from '../../require-document.ts';

/** Gives the present state of the workflow a name to come back to. */
export const addCheckpoint = defineTool({
  name: 'add_checkpoint',
  title: 'Set a checkpoint',
  description:
    'Gives the present state of the open workflow a name, so that go_to_checkpoint brings it back whatever is changed or undone later.',
  effect: 'execute',
  input: z.strictObject({
    name: z.string().min(1).max(80).describe('Name of the checkpoint, e.g. "approved look"'),
  }),
  output: z.strictObject({
    name: z.string().describe('Name of the checkpoint'),
    entry_id: z.string().describe('The place in the history that it names'),
  }),
  describeCall: ({ name }) => `Set the checkpoint ${name}`,
  describeResult: ({ name }) => `Checkpoint set: ${name}`,
  handler: async ({ name }, { desk, session }) => {
    const open = requireOpenWorkflow({ session });
    if (!open.ok) return open;
    const entryId = await desk.addCheckpoint(name);
    return entryId.ok ? ok({ name, entry_id: entryId.value }) : entryId;
  },
});
