import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { JsonValueSchema } from '../../contract/json.schema.ts';
import type { InputSpec } from '../../domain/workflow/catalog.ts';
import { defineTool } from '../define-tool.ts';
import { findNodeClass } from '../find-node-class.ts';

const InputSchema = z.strictObject({
  name: z.string().describe('Input or setting name'),
  type: z.string().describe('What it takes, e.g. "MODEL", "INT", "COMBO"'),
  required: z.boolean().describe('Whether it must be there'),
  isSetting: z.boolean().describe('True for a setting, false for a socket that needs a link'),
  default: JsonValueSchema.optional().describe('Value when nothing else is said'),
  min: JsonValueSchema.optional().describe('Smallest value'),
  max: JsonValueSchema.optional().describe('Largest value'),
  choices: z.array(JsonValueSchema).readonly().optional().describe('Allowed values'),
});

/** Tells what a node class takes and gives, as the connected ComfyUI has it. */
export const getNodeInfo = defineTool({
  name: 'get_node_info',
  title: 'Look up a node',
  description:
    'Tells what one node class does, which inputs and settings it has (types, defaults, limits, choices) and what it gives. Call it before add_node or connect_nodes.',
  effect: 'observe',
  input: z.strictObject({
    node_type: z
      .string()
      .min(1)
      .describe('Node class, e.g. "KSampler", or the name that the page shows'),
  }),
  output: z.strictObject({
    classType: z.string().describe('Node class'),
    displayName: z.string().describe('Name that the page shows'),
    description: z.string().describe('What it is for, in its maker’s words; may be empty'),
    category: z.string().describe('Where the page lists it'),
    module: z.string().describe('What provides it'),
    inputs: z.array(InputSchema).readonly().describe('Inputs and settings, in order'),
    outputs: z
      .array(z.strictObject({ name: z.string(), type: z.string(), isList: z.boolean() }))
      .readonly()
      .describe('What it gives, by slot'),
    isOutput: z.boolean().describe('True when it saves or shows a result'),
    isDeprecated: z.boolean().describe('True when its maker advises against it'),
    callsPaidService: z.boolean().describe('True when it calls a paid service on the internet'),
  }),
  describeCall: ({ node_type: nodeType }) => `Look up the node ${nodeType}`,
  describeResult: ({ displayName, inputs, outputs }) =>
    `${displayName}: ${inputs.length} inputs and settings, gives ${outputs.map((output) => output.name).join(', ') || 'nothing onward'}.`,
  handler: async ({ node_type: nodeType }, { catalog }) => {
    const found = findNodeClass(catalog, nodeType);
    if (!found.ok) return found;
    const node = found.value;
    return ok({
      classType: node.classType,
      displayName: node.displayName,
      description: node.description,
      category: node.category,
      module: node.module,
      inputs: node.inputs.map(toInput),
      outputs: node.outputs.map(({ name, type, isList }) => ({ name, type, isList })),
      isOutput: node.isOutput,
      isDeprecated: node.isDeprecated,
      callsPaidService: node.isApiNode,
    });
  },
});

function toInput(spec: InputSpec): z.output<typeof InputSchema> {
  return {
    name: spec.name,
    type: spec.type,
    required: spec.required,
    isSetting: spec.isWidget,
    ...(spec.default === undefined ? {} : { default: spec.default }),
    ...(spec.min === undefined ? {} : { min: spec.min }),
    ...(spec.max === undefined ? {} : { max: spec.max }),
    ...(spec.choices === undefined ? {} : { choices: spec.choices }),
  };
}
