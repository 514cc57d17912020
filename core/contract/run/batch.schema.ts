import { z } from 'zod';
import { AppErrorSchema } from '../errors.ts';
import { OpSchema } from '../workflow.schema.ts';

/** More than this is not reviewed any more, and not looked at. */
export const MAX_BATCH_ITEMS = 64;

/** One render of a batch: what differs from the workflow, and the run that it became. */
export const BatchItemSchema = z.strictObject({
  /** What tells it from the others, e.g. "CFG 6 · Steps 30". */
  label: z.string(),
  /** Values only, one per axis where the batch has axes. */
  ops: z.array(OpSchema).readonly(),
  /** `left-out`: by the artist, before or after it began; `refused`: it could not be queued. */
  status: z.enum(['waiting', 'started', 'refused', 'left-out']),
  promptId: z.string().optional(),
  error: AppErrorSchema.optional(),
});
export type BatchItem = Readonly<z.infer<typeof BatchItemSchema>>;

/** A setting that goes over several values. */
export const BatchAxisSchema = z.strictObject({
  nodeId: z.string(),
  widget: z.string(),
  /** As a column says it, e.g. "CFG". */
  label: z.string(),
});
export type BatchAxis = Readonly<z.infer<typeof BatchAxisSchema>>;

export const BatchStatusSchema = z.enum([
  'proposed',
  'running',
  'paused',
  'done',
  'cancelled',
  'rejected',
]);
export type BatchStatus = z.infer<typeof BatchStatusSchema>;

/** Several renders as one plan: reviewed and accepted once, rendered one after another, never changing the workflow. */
export const BatchSchema = z.strictObject({
  batchId: z.string(),
  title: z.string().describe('e.g. "CFG 4, 6 and 8"'),
  axes: z.array(BatchAxisSchema).readonly(),
  items: z.array(BatchItemSchema).min(1).max(MAX_BATCH_ITEMS).readonly(),
  /** The place in the history that every item is derived from. */
  baseEntryId: z.string(),
  /** True once another workflow was opened: the place is not there any more. */
  isBaseGone: z.boolean().optional(),
  baseRevision: z.number().int().nonnegative(),
  /** SHA-256 over what was shown. An acceptance must carry it. */
  digest: z.string(),
  /** ms for all of it, where the renders so far tell. */
  estimateMs: z.number().nonnegative().optional(),
  status: BatchStatusSchema,
  /** Why it is paused: what would happen again. */
  pausedBy: AppErrorSchema.optional(),
  proposedBy: z.string(),
  turnId: z.string().optional(),
  proposedAt: z.number(),
  decidedAt: z.number().optional(),
  endedAt: z.number().optional(),
});
export type Batch = Readonly<z.infer<typeof BatchSchema>>;
