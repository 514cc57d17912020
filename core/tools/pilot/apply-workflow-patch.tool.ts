import { ok } from '../../base/result.ts';
import { defineProposingTool } from '../define-tool.ts';
import { requireDocument } from '../require-document.ts';
import { EditInputSchema, toOps } from './edit-input.ts';

/** Proposes several edits that are reviewed together. */
export const applyWorkflowPatch = defineProposingTool({
  name: 'apply_workflow_patch',
  title: 'Change the workflow',
  description:
    'Proposes edits that belong together: settings, nodes, links, muting. They are checked first; the artist then accepts all, some or none. One undo takes back what was applied.',
  input: EditInputSchema,
  describeCall: ({ ops, patches }) => {
    const count = (ops ?? patches ?? []).length;
    return count === 1 ? 'Propose a change' : `Propose ${count} changes`;
  },
  handler: async ({ intent, ops, patches }, context) => {
    const document = requireDocument(context);
    if (!document.ok) return document;
    const edits = toOps({ ops, patches }, 'apply_workflow_patch');
    return edits.ok ? ok({ intent, ops: edits.value }) : edits;
  },
});
