import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { JsonValueSchema } from '../../contract/json.schema.ts';
import type { NodeView, WidgetView } from '../../domain/workflow/view/view.ts';
import { viewWorkflow } from '../../domain/workflow/view/view-workflow.ts';
import { defineTool } from '../define-tool.ts';
import { requireDocument } from '../require-document.ts';

/** Longer lists of choices (model files, fonts) are cut; get_node_info has them whole. */
const MAX_CHOICES = 24;

const FieldSchema = z.strictObject({
  name: z.string().describe('Setting name, as set_input wants it'),
  value: JsonValueSchema.describe('Its value now'),
  type: z.string().optional().describe('INT, FLOAT, STRING, BOOLEAN or COMBO'),
  choices: z.array(JsonValueSchema).readonly().optional().describe('Allowed values, the first 24'),
  choiceCount: z.number().int().optional().describe('How many allowed values there are'),
  min: JsonValueSchema.optional().describe('Smallest value'),
  max: JsonValueSchema.optional().describe('Largest value'),
});

/** Lists every setting of the open workflow that can be changed by value. */
export const getEditableFields = defineTool({
  name: 'get_editable_fields',
  title: 'List the settings',
  description:
    'Lists the settings of the open workflow that can be changed, node by node, with their values and what is allowed. Call it before set_input when node ids or setting names are not known.',
  effect: 'observe',
  input: z.strictObject({
    class_filter: z
      .string()
      .min(1)
      .optional()
      .describe('Only nodes whose class or title contains this, e.g. "Sampler"'),
  }),
  output: z.strictObject({
    nodes: z
      .array(
        z.strictObject({
          nodeId: z.string().describe('Node id'),
          nodeTitle: z.string().describe('Title shown on the node'),
          classType: z.string().describe('Node class'),
          fields: z.array(FieldSchema).readonly().describe('Its settings'),
        }),
      )
      .readonly()
      .describe('Nodes that have settings'),
    fieldCount: z.number().int().describe('How many settings there are in all'),
  }),
  describeCall: ({ class_filter: filter }) =>
    filter === undefined ? 'Look at the settings' : `Look at the settings of ${filter}`,
  describeResult: ({ nodes, fieldCount }) =>
    fieldCount === 0
      ? 'No settings to change.'
      : `${fieldCount} settings on ${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'}.`,
  handler: async ({ class_filter: filter }, context) => {
    const document = requireDocument(context);
    if (!document.ok) return document;
    const nodes = viewWorkflow(document.value, context.catalog)
      .nodes.filter((node) => matches(node, filter))
      .map((node) => ({
        nodeId: node.id,
        nodeTitle: node.title,
        classType: node.classType,
        fields: node.widgets.filter((widget) => !widget.isLinked).map(toField),
      }))
      .filter((node) => node.fields.length > 0);
    return ok({ nodes, fieldCount: nodes.reduce((sum, node) => sum + node.fields.length, 0) });
  },
});

function matches(node: NodeView, filter: string | undefined): boolean {
  if (filter === undefined) return true;
  const wanted = filter.toLowerCase();
  return node.classType.toLowerCase().includes(wanted) || node.title.toLowerCase().includes(wanted);
}

function toField({ name, value, spec }: WidgetView): z.output<typeof FieldSchema> {
  return {
    name,
    value,
    ...(spec === undefined ? {} : { type: spec.type }),
    ...(spec?.choices === undefined
      ? {}
      : { choices: spec.choices.slice(0, MAX_CHOICES), choiceCount: spec.choices.length }),
    ...(spec?.min === undefined ? {} : { min: spec.min }),
    ...(spec?.max === undefined ? {} : { max: spec.max }),
  };
}
