import { z } from 'zod';
import { AppErrorSchema } from '../errors.ts';
import { JsonObjectSchema, JsonValueSchema } from '../json.schema.ts';
import { OutputSchema, RunStatusSchema, VerdictSchema } from './run.schema.ts';
import { ActorSchema } from '../session.schema.ts';
import { OpSchema } from '../workflow.schema.ts';

/** Raised together with a reader for what was written before. */
export const RECEIPT_VERSION = 1;

/**
 * How a payload is brought into one form before it is hashed: of each node only `class_type` and `inputs`,
 * keys of all objects in ascending order of their UTF-16 code units, no white space, integers with all their
 * digits, other numbers in the shortest form that reads back as the same number, texts as JSON.stringify.
 */
export const PAYLOAD_FORM = 'second-unit-payload-1';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const bytes = z.number().int().nonnegative();
const node = { nodeId: z.string(), nodeTitle: z.string() };

/** A change set that was applied since the run before, in words and as data. */
export const ReceiptChangeSchema = z.strictObject({
  changeSetId: z.string(),
  intent: z.string(),
  proposedBy: ActorSchema,
  appliedAt: z.number(),
  /** What it changed, one sentence each. */
  words: z.array(z.string()).readonly(),
  /** The ops that were accepted. */
  ops: z.array(OpSchema).readonly(),
});
export type ReceiptChange = Readonly<z.infer<typeof ReceiptChangeSchema>>;

/** A seed as it was sent: all its digits. */
export const ReceiptSeedSchema = z.strictObject({
  ...node,
  setting: z.string(),
  value: JsonValueSchema,
});
export type ReceiptSeed = Readonly<z.infer<typeof ReceiptSeedSchema>>;

/** A model file that the run loaded. */
export const ReceiptModelSchema = z.strictObject({
  name: z.string(),
  /** ComfyUI's name for the folder, e.g. "loras"; null where nothing says which. */
  folder: z.string().nullable(),
  nodeTitles: z.array(z.string()).readonly(),
  bytes: bytes.optional(),
  /** Unix ms; only of a file that could be read here. */
  modifiedAt: z.number().optional(),
  sha256: sha256.optional(),
  /** `pending`: it is readable and still being hashed. `unreadable`: another machine's, or gone. */
  hash: z.enum(['known', 'pending', 'unreadable']),
  family: z.string().optional(),
  /** e.g. "fp8", from the file's own head. */
  precision: z.string().optional(),
});
export type ReceiptModel = Readonly<z.infer<typeof ReceiptModelSchema>>;

/** A file that the run was given, e.g. a plate. */
export const ReceiptInputSchema = z.strictObject({
  ...node,
  filename: z.string(),
  bytes: bytes.optional(),
  sha256: sha256.optional(),
});
export type ReceiptInput = Readonly<z.infer<typeof ReceiptInputSchema>>;

/** A file that the run made. */
export const ReceiptOutputSchema = OutputSchema.omit({ assetId: true }).extend({
  bytes: bytes.optional(),
  sha256: sha256.optional(),
});
export type ReceiptOutput = Readonly<z.infer<typeof ReceiptOutputSchema>>;

/** What a node class looked like: one digest over its settings, slots and where it comes from. */
export const ReceiptClassSchema = z.strictObject({
  classType: z.string(),
  /** Absent where the server's node classes were not known. */
  digest: sha256.optional(),
  /** e.g. "custom_nodes.foo". */
  module: z.string().optional(),
});
export type ReceiptClass = Readonly<z.infer<typeof ReceiptClassSchema>>;

/** The ComfyUI that rendered; absent parts were not known. */
export const ReceiptServerSchema = z.strictObject({
  /** Address, or "practice". */
  name: z.string(),
  comfyVersion: z.string().optional(),
  pythonVersion: z.string().optional(),
  torchVersion: z.string().optional(),
  os: z.string().optional(),
  /** How it was started, without folders and secrets. */
  flags: z.array(z.string()).readonly().optional(),
  devices: z.array(z.strictObject({ name: z.string(), vramTotal: z.number() })).readonly(),
});
export type ReceiptServer = Readonly<z.infer<typeof ReceiptServerSchema>>;

/** Unix ms, ours; `nodes` in the order in which they ran. */
export const ReceiptTimingsSchema = z.strictObject({
  proposedAt: z.number(),
  queuedAt: z.number().optional(),
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
  nodes: z.array(z.strictObject({ ...node, ms: z.number().nonnegative() })).readonly(),
});

/** What one run was, whole: enough to find out later what has changed since. */
export const ReceiptSchema = z.strictObject({
  kind: z.literal('second-unit-receipt'),
  version: z.literal(RECEIPT_VERSION),
  /** `open`: the run was handed over, and nothing was said of its end yet. */
  state: z.enum(['open', 'complete']),
  appVersion: z.string(),
  promptId: z.string(),
  sessionId: z.string(),
  label: z.string(),
  asked: z.strictObject({
    by: ActorSchema,
    /** Who let the run start, where that was somebody else. */
    releasedBy: z.string().optional(),
    /** What was typed; null for a click or a call without words. */
    message: z.string().nullable(),
  }),
  /** What differs from the run before, in words, this run's own settings included. */
  since: z.array(z.string()).readonly(),
  changes: z.array(ReceiptChangeSchema).readonly(),
  workflow: z.strictObject({ name: z.string().nullable(), revision: z.number().int() }),
  payload: z.strictObject({
    form: z.literal(PAYLOAD_FORM),
    digest: sha256.nullable(),
    /** As it was sent; null where it is not known any more. */
    document: JsonObjectSchema.nullable(),
  }),
  seeds: z.array(ReceiptSeedSchema).readonly(),
  models: z.array(ReceiptModelSchema).readonly(),
  inputs: z.array(ReceiptInputSchema).readonly(),
  classes: z.array(ReceiptClassSchema).readonly(),
  server: ReceiptServerSchema,
  outputs: z.array(ReceiptOutputSchema).readonly(),
  timings: ReceiptTimingsSchema,
  cached: z.array(z.strictObject(node)).readonly(),
  /** "Rendered in 4.2 s · GPU 98 % · VRAM 12.4/24 GB". */
  machineLine: z.string().optional(),
  status: RunStatusSchema,
  failure: AppErrorSchema.optional(),
  verdict: VerdictSchema.optional(),
  /** True when ComfyUI's own history was asked and tells the same end. */
  isConfirmed: z.boolean(),
  /** What could not be found out, and why, in words. */
  gaps: z.array(z.string()).readonly(),
});
export type Receipt = Readonly<z.infer<typeof ReceiptSchema>>;
