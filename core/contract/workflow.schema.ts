import { z } from 'zod';
import { JsonObjectSchema, JsonValueSchema } from './json.schema.ts';

/** A node's id as text; inside a subgraph instance it is the path, "12:34". */
export const NodeIdSchema = z
  .string()
  .min(1)
  .describe('Node id; "12:34" for node 34 inside subgraph instance 12');

/** How a node takes part in a run; ComfyUI stores 0, 2 and 4. */
export const NodeModeSchema = z.enum(['active', 'muted', 'bypassed']);
export type NodeMode = z.infer<typeof NodeModeSchema>;

const PositionSchema = z
  .tuple([z.number(), z.number()])
  .readonly()
  .describe('[x, y] of the top left corner on the canvas');

/** One edit. Nodes are addressed by id, settings and inputs by name, so an op survives re-ordering. */
export const OpSchema = z.discriminatedUnion('op', [
  z
    .strictObject({
      op: z.literal('set_widget'),
      nodeId: NodeIdSchema,
      widget: z.string().min(1).describe('Setting name as ComfyUI names it, e.g. "steps"'),
      value: JsonValueSchema.optional().describe('The new value'),
      formula: z
        .string()
        .min(1)
        .max(1_000)
        .optional()
        .describe(
          'Instead of value: a formula, e.g. "old * 1.5", "round_to(height * 16/9, 8)", "#3.steps"',
        ),
    })
    // Both: the value is what the formula came to when the edit was put before the artist.
    .refine((op) => op.value !== undefined || op.formula !== undefined, {
      message: 'give a value or a formula',
      path: ['value'],
    }),
  z.strictObject({
    op: z.literal('add_node'),
    nodeId: NodeIdSchema.describe('Id for the new node; later ops refer to it'),
    classType: z.string().min(1).describe('Node class, e.g. "LoraLoader"'),
    title: z.string().optional().describe('Title shown on the node'),
    position: PositionSchema.optional(),
    widgets: JsonObjectSchema.optional().describe(
      'Setting name to value; the rest get their defaults',
    ),
  }),
  z.strictObject({
    op: z.literal('delete_node'),
    nodeId: NodeIdSchema,
    reconnect: z
      .boolean()
      .optional()
      .describe('Join what fed the node to what it fed, where the types fit'),
  }),
  z.strictObject({
    op: z.literal('replace_node'),
    nodeId: NodeIdSchema,
    classType: z
      .string()
      .min(1)
      .describe('The class to put in its place; links and settings carry over by name'),
    widgets: JsonObjectSchema.optional(),
  }),
  z.strictObject({
    op: z.literal('connect'),
    from: z
      .strictObject({
        nodeId: NodeIdSchema,
        output: z
          .union([z.string().min(1), z.number().int().nonnegative()])
          .describe('Output name or index'),
      })
      .readonly(),
    to: z
      .strictObject({ nodeId: NodeIdSchema, input: z.string().min(1).describe('Input name') })
      .readonly(),
  }),
  z.strictObject({ op: z.literal('disconnect'), nodeId: NodeIdSchema, input: z.string().min(1) }),
  z.strictObject({ op: z.literal('set_mode'), nodeId: NodeIdSchema, mode: NodeModeSchema }),
  z.strictObject({ op: z.literal('set_title'), nodeId: NodeIdSchema, title: z.string() }),
  z.strictObject({ op: z.literal('move_node'), nodeId: NodeIdSchema, position: PositionSchema }),
]);
export type Op = Readonly<z.infer<typeof OpSchema>>;

/**
 * One exact replacement inside a document, found by identity rather than by index, carrying both sides so
 * that it can be reversed. `scope` is "" for the root graph, else a subgraph definition's id.
 */
export const PatchEntrySchema = z.strictObject({
  collection: z.enum(['node', 'link', 'group', 'key']),
  scope: z.string(),
  /** Node, link or group id as text; for `key` the name of the key on the scope's object. */
  id: z.string(),
  /** Absent: was not there. */
  before: JsonValueSchema.optional(),
  /** Absent: is not there afterwards. */
  after: JsonValueSchema.optional(),
  /** Where in its array (or among the keys) the thing stood or is put, so that undo restores the order. */
  index: z.number().int().nonnegative().optional(),
});
export type PatchEntry = Readonly<z.infer<typeof PatchEntrySchema>>;

/** What an accepted change set did to the document, needing no catalog to replay or reverse. */
export const DocumentPatchSchema = z.strictObject({
  entries: z.array(PatchEntrySchema).readonly(),
});
export type DocumentPatch = Readonly<z.infer<typeof DocumentPatchSchema>>;

const NodeRefSchema = { nodeId: z.string(), nodeTitle: z.string() };
const LinkEndsSchema = {
  from: z.strictObject({ ...NodeRefSchema, output: z.string() }),
  to: z.strictObject({ ...NodeRefSchema, input: z.string() }),
};

/** One thing that differs between two workflows, in the words an artist has for it. */
export const DiffEntrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('node-added'), ...NodeRefSchema, classType: z.string() }),
  z.strictObject({ kind: z.literal('node-removed'), ...NodeRefSchema, classType: z.string() }),
  z.strictObject({
    kind: z.literal('node-replaced'),
    ...NodeRefSchema,
    from: z.string(),
    to: z.string(),
  }),
  z.strictObject({
    kind: z.literal('widget-changed'),
    ...NodeRefSchema,
    widget: z.string(),
    from: JsonValueSchema.optional(),
    to: JsonValueSchema.optional(),
  }),
  z.strictObject({ kind: z.literal('link-added'), ...LinkEndsSchema }),
  z.strictObject({ kind: z.literal('link-removed'), ...LinkEndsSchema }),
  z.strictObject({
    kind: z.literal('mode-changed'),
    ...NodeRefSchema,
    from: NodeModeSchema,
    to: NodeModeSchema,
  }),
  z.strictObject({
    kind: z.literal('title-changed'),
    nodeId: z.string(),
    from: z.string(),
    to: z.string(),
  }),
  z.strictObject({
    kind: z.literal('node-moved'),
    ...NodeRefSchema,
    from: PositionSchema,
    to: PositionSchema,
  }),
  z.strictObject({
    kind: z.literal('document-changed'),
    key: z.string(),
    from: JsonValueSchema.optional(),
    to: JsonValueSchema.optional(),
  }),
]);
export type DiffEntry = Readonly<z.infer<typeof DiffEntrySchema>>;

/** A workflow as it travels: the save-format or API-format JSON itself. */
export const WorkflowFormatSchema = z.enum(['graph', 'api']);
export type WorkflowFormat = z.infer<typeof WorkflowFormatSchema>;

/** Something wrong with a workflow, found without a server. `type` is the server's word where it has one. */
export const ProblemSchema = z.strictObject({
  type: z.string(),
  severity: z.enum(['error', 'warning', 'note']),
  nodeId: z.string().optional(),
  nodeTitle: z.string().optional(),
  classType: z.string().optional(),
  input: z.string().optional(),
  message: z.string().describe('One sentence for the artist'),
  /** What would have been right: near names, allowed values. */
  suggestions: z.array(JsonValueSchema).readonly().optional(),
});
export type Problem = Readonly<z.infer<typeof ProblemSchema>>;
