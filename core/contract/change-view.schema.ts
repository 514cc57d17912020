import { z } from 'zod';
import { JsonValueSchema } from './json.schema.ts';
import { ChangeSetStatusSchema } from './session.schema.ts';
import { DiffEntrySchema, NodeModeSchema } from './workflow.schema.ts';

const SourceSchema = z.strictObject({ nodeId: z.string(), output: z.number().int() });
const PairSchema = z.tuple([z.number(), z.number()]).readonly();

/** One side of a change as it is drawn: nodes with named settings, links, frames. */
export const ChangeSideSchema = z.strictObject({
  nodes: z
    .array(
      z.strictObject({
        id: z.string(),
        classType: z.string(),
        title: z.string(),
        mode: NodeModeSchema,
        isVirtual: z.boolean(),
        position: PairSchema.optional(),
        size: PairSchema.optional(),
        color: z.string().optional(),
        widgets: z
          .array(
            z.strictObject({
              name: z.string(),
              value: JsonValueSchema,
              isLinked: z.boolean(),
              isMultiline: z.boolean(),
            }),
          )
          .readonly(),
        inputs: z
          .array(
            z.strictObject({ name: z.string(), type: z.string(), link: SourceSchema.optional() }),
          )
          .readonly(),
        outputs: z.array(z.strictObject({ name: z.string(), type: z.string() })).readonly(),
      }),
    )
    .readonly(),
  links: z
    .array(
      z.strictObject({
        from: SourceSchema,
        to: z.strictObject({ nodeId: z.string(), input: z.string() }),
        type: z.string(),
      }),
    )
    .readonly(),
  groups: z
    .array(
      z.strictObject({
        title: z.string(),
        bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly(),
        color: z.string().optional(),
      }),
    )
    .readonly(),
});
export type ChangeSide = Readonly<z.infer<typeof ChangeSideSchema>>;

/** A change set with all that is needed to draw it elsewhere than in our window. Nothing in it can accept it. */
export const ChangeViewSchema = z.strictObject({
  changeSetId: z.string(),
  intent: z.string(),
  status: ChangeSetStatusSchema,
  proposedBy: z.string(),
  workflow: z.string(),
  reason: z.string().optional(),
  /** What it changes, in words. */
  changes: z.array(z.string()).readonly(),
  diff: z.array(DiffEntrySchema).readonly(),
  /** Absent where the workflow is too large to send: then the words have to do. */
  sides: z.strictObject({ before: ChangeSideSchema, after: ChangeSideSchema }).optional(),
});
export type ChangeView = Readonly<z.infer<typeof ChangeViewSchema>>;
