import { z } from 'zod';
import { AppErrorSchema } from '../errors.ts';
import { JsonValueSchema } from '../json.schema.ts';
import { RunMeasurementSchema } from '../machine/measurement.schema.ts';
import { OpSchema, ProblemSchema } from '../workflow.schema.ts';

/** A file that a run made, by reference: `assetId` is resolved against the connection's asset base. */
export const OutputSchema = z.strictObject({
  assetId: z.string(),
  nodeId: z.string(),
  nodeTitle: z.string(),
  kind: z.enum(['image', 'animation', 'audio', 'video', 'text', 'other']),
  filename: z.string(),
  subfolder: z.string(),
  folder: z.enum(['output', 'temp', 'input']),
  /** Pixels; absent where the file is no picture or was not readable. */
  width: z.number().int().optional(),
  height: z.number().int().optional(),
  /** Only for kind "text". */
  text: z.string().optional(),
});
export type Output = Readonly<z.infer<typeof OutputSchema>>;

/** One thing that was asked for and what came of it. */
export const CheckSchema = z.strictObject({
  what: z.string().describe('e.g. "Steps is 30"'),
  outcome: z.enum(['met', 'not-met', 'unknown']),
  detail: z.string().optional(),
});

/** What checking a finished run against the intent found. */
export const VerdictSchema = z.strictObject({
  outcome: z.enum(['as-asked', 'needs-attention']),
  summary: z.string().describe('One sentence for the artist'),
  checks: z.array(CheckSchema).readonly(),
});
export type Verdict = Readonly<z.infer<typeof VerdictSchema>>;
export type Check = Readonly<z.infer<typeof CheckSchema>>;

/** Where a running run is. `fraction` 0..1 over all nodes; times in ms. */
export const RunProgressSchema = z.strictObject({
  nodeId: z.string().optional(),
  nodeTitle: z.string().optional(),
  /** Step within the node, 0..max; absent for nodes that do not report steps. */
  step: z.number().optional(),
  steps: z.number().optional(),
  finishedNodes: z.number().int(),
  totalNodes: z.number().int(),
  fraction: z.number().min(0).max(1),
  etaMs: z.number().nonnegative().optional(),
  /** Asset of the newest preview picture. */
  previewAssetId: z.string().optional(),
});
export type RunProgress = Readonly<z.infer<typeof RunProgressSchema>>;

/** A run in which nothing has moved for longer than expected; it is not stopped for that. */
export const RunStallSchema = z.strictObject({
  /** ms without a sign when it was noticed. */
  quietMs: z.number().nonnegative(),
  /** The node at work; absent while it waits in the queue. */
  nodeTitle: z.string().optional(),
});
export type RunStall = Readonly<z.infer<typeof RunStallSchema>>;

export const RunStatusSchema = z.enum([
  'proposed',
  'queued',
  'running',
  'succeeded',
  'verified',
  'needs-attention',
  'failed',
  'cancelled',
  /** It may have finished or not: the server forgot it, and its results prove neither. */
  'unclear',
]);
export type RunStatus = z.infer<typeof RunStatusSchema>;

/** One queued execution; `promptId` is chosen by us and is ComfyUI's `prompt_id`. */
export const RunSchema = z.strictObject({
  promptId: z.string(),
  status: RunStatusSchema,
  /** Who asked: "artist", or the agent's name. */
  requestedBy: z.string(),
  turnId: z.string().optional(),
  changeSetId: z.string().optional(),
  /** The plan that it is a part of. */
  batch: z.strictObject({ batchId: z.string(), index: z.number().int().nonnegative() }).optional(),
  /** Workflow revision the payload was made from. */
  revision: z.number().int(),
  /** Address of the server it runs on. */
  server: z.string(),
  payloadDigest: z.string(),
  /** Values that tell one run from another, e.g. {"KSampler seed": 42}. */
  keyValues: z.record(z.string(), JsonValueSchema).readonly(),
  /** Settings that differ from the workflow for this run only; absent: none. */
  overrides: z.array(OpSchema).readonly().optional(),
  label: z.string(),
  proposedAt: z.number(),
  queuedAt: z.number().optional(),
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
  /** Runs ahead of ours, while queued. */
  queuePosition: z.number().int().optional(),
  progress: RunProgressSchema.optional(),
  /** Set while nothing moves; gone as soon as something does. */
  stall: RunStallSchema.optional(),
  outputs: z.array(OutputSchema).readonly(),
  /** True when every node came from ComfyUI's cache, so nothing new was rendered. */
  fromCache: z.boolean().optional(),
  /** Outputs that the server dropped although it accepted the run. */
  warnings: z.array(ProblemSchema).readonly(),
  /** What the graphics card did meanwhile; absent for a run too short to be measured. */
  measured: RunMeasurementSchema.optional(),
  failure: AppErrorSchema.optional(),
  verdict: VerdictSchema.optional(),
});
export type Run = Readonly<z.infer<typeof RunSchema>>;
