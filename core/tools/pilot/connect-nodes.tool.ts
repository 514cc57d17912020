import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { defineProposingTool } from '../define-tool.ts';
import { nodeTitleOf } from '../node-title.ts';
import { requireDocument } from '../require-document.ts';

/** Proposes a link between two nodes. */
export const connectNodes = defineProposingTool({
  name: 'connect_nodes',
  title: 'Connect two nodes',
  description:
    'Proposes a link from one node’s output to another node’s input; a link that is there already is replaced. The types must fit and no circle may come of it.',
  input: z.strictObject({
    from_node: z.string().min(1).describe('Id of the node that gives'),
    from_output: z
      .union([z.string().min(1), z.number().int().nonnegative()])
      .describe('Output name, e.g. "MODEL", or its index'),
    to_node: z.string().min(1).describe('Id of the node that takes'),
    to_input: z.string().min(1).describe('Input name, e.g. "model"'),
  }),
  describeCall: ({ from_node: from, to_node: to, to_input: input }, context) =>
    `Connect ${nodeTitleOf(context, from)} to ${input} on ${nodeTitleOf(context, to)}`,
  handler: async (
    { from_node: from, from_output: output, to_node: to, to_input: input },
    context,
  ) => {
    const document = requireDocument(context);
    if (!document.ok) return document;
    return ok({
      intent: `Connect ${nodeTitleOf(context, from)} to ${input} on ${nodeTitleOf(context, to)}`,
      ops: [{ op: 'connect', from: { nodeId: from, output }, to: { nodeId: to, input } }],
    });
  },
});
