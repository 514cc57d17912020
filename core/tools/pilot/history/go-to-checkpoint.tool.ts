import { z } from 'zod';
import { err, ok } from '../../../base/result.ts';
import { appError } from '../../../contract/errors.ts';
import { OPENED_ENTRY, type OpenWorkflow } from '../../../contract/session.schema.ts';
import { allEntries } from '../../../domain/session/history-tree.ts';
import { nearestNames } from '../../../domain/workflow/nearest-name.ts';
import { defineTool } from '../../define-tool.ts';
import { requireOpenWorkflow } from '../../require-document.ts';

/** Brings back a named state of the workflow, on whichever branch it is. */
export const goToCheckpoint = defineTool({
  name: 'go_to_checkpoint',
  title: 'Go to a checkpoint',
  description:
    'Brings the open workflow back to a checkpoint, or to any entry that list_checkpoints gave. What is left stays there as a branch; undo and redo go on from here.',
  effect: 'execute',
  input: z.strictObject({
    checkpoint: z
      .string()
      .min(1)
      .max(80)
      .describe('Name of a checkpoint, an entry_id, or "0" for the workflow as it was opened'),
  }),
  output: z.strictObject({
    checkpoint: z.string().describe('Where the workflow is now'),
    revision: z.number().int().describe('Workflow revision afterwards'),
  }),
  describeCall: ({ checkpoint }) => `Go to the checkpoint ${checkpoint}`,
  describeResult: ({ checkpoint }) =>
    checkpoint === OPENED_ENTRY ? 'Back to how it was opened.' : `Back at ${checkpoint}.`,
  handler: async ({ checkpoint }, { desk, session }) => {
    const open = requireOpenWorkflow({ session });
    if (!open.ok) return open;
    const entryId = findEntry(open.value, checkpoint);
    if (entryId === undefined) {
      const names = (open.value.checkpoints ?? []).map(({ name }) => name);
      const near = nearestNames(checkpoint, names, 5);
      const known = near.length === 0 ? names.slice(-8) : near;
      return err(appError('history/unknown-entry', { entry: checkpoint, known }));
    }
    const revision = await desk.goTo(entryId);
    return revision.ok ? ok({ checkpoint, revision: revision.value }) : revision;
  },
});

/** A name wins over a number; names are also found in another case. */
function findEntry(workflow: OpenWorkflow, wanted: string): string | undefined {
  const { checkpoints = [] } = workflow;
  const lower = wanted.toLowerCase();
  const named =
    checkpoints.find(({ name }) => name === wanted) ??
    checkpoints.find(({ name }) => name.toLowerCase() === lower);
  if (named !== undefined) return named.entryId;
  if (wanted === OPENED_ENTRY) return OPENED_ENTRY;
  return allEntries(workflow).find(({ entryId }) => entryId === wanted)?.entryId;
}
