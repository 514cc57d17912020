import { z } from 'zod';
import { ok } from '../../../base/result.ts';
import { allEntries, currentEntryId, pathTo } from '../../../domain/session/history-tree.ts';
import { defineTool } from '../../define-tool.ts';
import { requireOpenWorkflow } from '../../require-document.ts';

/** Lists the named places of the history, and the ends of branches that were left. */
export const listCheckpoints = defineTool({
  name: 'list_checkpoints',
  title: 'Checkpoints',
  description:
    'Lists the checkpoints of the open workflow and the changes that led to each, and the other branches: what was undone before something else was done.',
  effect: 'observe',
  input: z.strictObject({}),
  output: z.strictObject({
    here: z.string().describe('Entry of the history where the workflow is now'),
    checkpoints: z
      .array(
        z.strictObject({
          name: z.string(),
          entry_id: z.string(),
          is_here: z.boolean(),
          changes: z.array(z.string()).readonly(),
        }),
      )
      .readonly()
      .describe('Named places, oldest first, with the changes that led there'),
    branches: z
      .array(z.strictObject({ entry_id: z.string(), changes: z.array(z.string()).readonly() }))
      .readonly()
      .describe('Ends of the branches that were left; go_to_checkpoint takes their entry_id'),
  }),
  describeCall: () => 'Look at the checkpoints',
  describeResult: ({ checkpoints, branches }) => {
    const names = checkpoints.map(({ name, is_here: isHere }) =>
      isHere ? `${name} (here)` : name,
    );
    const listed = names.length === 0 ? 'There are no checkpoints.' : `${names.join(', ')}.`;
    const count = branches.length;
    return count === 0
      ? listed
      : `${listed} ${String(count)} ${count === 1 ? 'branch' : 'branches'} can be gone back to.`;
  },
  handler: async (_input, { session }) => {
    const open = requireOpenWorkflow({ session });
    if (!open.ok) return open;
    const entries = allEntries(open.value);
    const here = currentEntryId(open.value);
    const changesTo = (entryId: string): readonly string[] =>
      (pathTo(entryId, entries) ?? []).map(({ label }) => label);
    const { branches = [], checkpoints = [] } = open.value;
    const parents = new Set(entries.map(({ parentId }) => parentId));
    return ok({
      here,
      checkpoints: checkpoints.map(({ name, entryId }) => ({
        name,
        entry_id: entryId,
        is_here: entryId === here,
        changes: changesTo(entryId),
      })),
      branches: branches
        .filter(({ entryId }) => !parents.has(entryId))
        .map(({ entryId }) => ({ entry_id: entryId, changes: changesTo(entryId) })),
    });
  },
});
