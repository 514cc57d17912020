import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { JsonObjectSchema } from '../../contract/json.schema.ts';
import { defineProposingTool } from '../define-tool.ts';
import { findNodeClass } from '../find-node-class.ts';
import { requireDocument } from '../require-document.ts';
import { freeNodeId } from './free-node-id.ts';

/** Proposes a new node, not connected yet. */
export const addNode = defineProposingTool({
  name: 'add_node',
  title: 'Add a node',
  description:
    'Proposes a new node with its settings; settings that are not given get their defaults. To add a node and connect it in one review, use apply_workflow_patch.',
  input: z.strictObject({
    class_type: z.string().min(1).describe('Node class, e.g. "LoraLoader"'),
    inputs: JsonObjectSchema.optional().describe('Setting name to value'),
    title: z.string().min(1).max(200).optional().describe('Title to show on the node'),
    node_id: z.string().min(1).optional().describe('Id for the node; the next free one if absent'),
  }),
  describeCall: ({ class_type: classType }) => `Add the node ${classType}`,
  handler: async ({ class_type: wanted, inputs, title, node_id: nodeId }, context) => {
    const document = requireDocument(context);
    if (!document.ok) return document;
    const nodeClass = findNodeClass(context.catalog, wanted);
    if (!nodeClass.ok) return nodeClass;
    const { classType, displayName } = nodeClass.value;
    return ok({
      intent: `Add ${title ?? displayName}`,
      ops: [
        {
          op: 'add_node',
          nodeId: nodeId ?? freeNodeId(document.value, context.catalog),
          classType,
          ...(title === undefined ? {} : { title }),
          ...(inputs === undefined ? {} : { widgets: inputs }),
        },
      ],
    });
  },
});
