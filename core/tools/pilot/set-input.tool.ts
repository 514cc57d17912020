import { z } from 'zod';
import { err, ok } from '../../base/result.ts';
import { stringifyExactJson } from '../../base/exact-json.ts';
import { appError } from '../../contract/errors.ts';
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
    value: anyValue('The new value; whole numbers of any size are kept exactly').optional(),
    formula: z
      .string()
      .min(1)
      .max(1_000)
      .optional()
      .describe('Instead of value: a formula, e.g. "old * 1.5" or "round_to(height * 16/9, 8)"'),
  }),
  describeCall: ({ node_id: nodeId, input_name: name }, context) =>
    `Change ${name} on ${nodeTitleOf(context, nodeId)}`,
  handler: async ({ node_id: nodeId, input_name: widget, value, formula }, context) => {
    const document = requireDocument(context);
    if (!document.ok) return document;
    const title = nodeTitleOf(context, nodeId);
    if (formula !== undefined && value === undefined) {
      return ok({
        intent: `Set ${widget} to ${formula} on ${title}`,
        ops: [{ op: 'set_widget', nodeId, widget, formula }],
      });
    }
    if (value === undefined || formula !== undefined) {
      const message = 'give the setting either a value or a formula, one of the two';
      const issues = [{ path: 'value', message }];
      return err(appError('tool/invalid-input', { name: 'set_input', issues }));
    }
    return ok({
      intent: `Set ${widget} to ${stringifyExactJson(value)} on ${title}`,
      ops: [{ op: 'set_widget', nodeId, widget, value }],
    });
  },
});
