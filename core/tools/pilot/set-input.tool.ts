import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { stringifyExactJson } from '../../base/exact-json.ts';
import { anyValue, defineProposingTool } from '../define-tool.ts';
import { nodeTitleOf } from '../node-title.ts';
import { requireDocument } from '../require-document.ts';

/** Proposes another value for one setting. */
export const setInput = defineProposingTool({
  name: 'set_input',
  title: 'Change a setting',
  description:
    'Proposes another value for one setting of one node. The artist reviews it before it is applied. For several edits at once use apply_workflow_patch.',
  input: z.strictObject({
    node_id: z.string().min(1).describe('Node id, as get_editable_fields gives it'),
    input_name: z.string().min(1).describe('Setting name, e.g. "steps"'),
    value: anyValue('The new value; whole numbers of any size are kept exactly'),
  }),
  describeCall: ({ node_id: nodeId, input_name: name }, context) =>
    `Change ${name} on ${nodeTitleOf(context, nodeId)}`,
  handler: async ({ node_id: nodeId, input_name: name, value }, context) => {
    const document = requireDocument(context);
    if (!document.ok) return document;
    return ok({
      intent: `Set ${name} to ${stringifyExactJson(value)} on ${nodeTitleOf(context, nodeId)}`,
      ops: [{ op: 'set_widget', nodeId, widget: name, value }],
    });
  },
});
