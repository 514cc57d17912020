import { z } from 'zod';
import { BatchSchema } from './run/batch.schema.ts';
import { AppErrorSchema } from './errors.ts';
import { JsonObjectSchema, JsonValueSchema } from './json.schema.ts';
import { RunSchema } from './run/run.schema.ts';
import { DocumentPatchSchema, OpSchema, WorkflowFormatSchema } from './workflow.schema.ts';

/** Who caused something: the artist, the assistant's model, or a client of the agent role by name. */
export const ActorSchema = z.strictObject({
  role: z.enum(['artist', 'assistant', 'agent', 'core']),
  name: z.string(),
});
export type Actor = Readonly<z.infer<typeof ActorSchema>>;

export const ToolCallStatusSchema = z.enum([
  'streaming',
  'ready',
  'running',
  /** A client of the agent role wants what only the artist may do. */
  'awaiting-approval',
  'completed',
  'refused',
  'failed',
  'cancelled',
]);
export type ToolCallStatus = z.infer<typeof ToolCallStatusSchema>;

/** One call of a tool within a turn, in the artist's words. */
export const ToolCallSchema = z.strictObject({
  callId: z.string(),
  name: z.string(),
  title: z.string(),
  status: ToolCallStatusSchema,
  input: JsonValueSchema,
  /** What it is about to do, e.g. "Change steps on KSampler". */
  summary: z.string(),
  /** What came of it. */
  outcome: z.string().optional(),
  error: AppErrorSchema.optional(),
});
export type ToolCall = Readonly<z.infer<typeof ToolCallSchema>>;

/** What a turn consists of, in the order it happened. */
export const TurnPartSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  z.strictObject({ kind: z.literal('tool-call'), call: ToolCallSchema }),
  z.strictObject({ kind: z.literal('change-set'), changeSetId: z.string() }),
  z.strictObject({ kind: z.literal('run'), promptId: z.string() }),
  z.strictObject({ kind: z.literal('batch'), batchId: z.string() }),
  /** What could not be done after the turn, e.g. the render that accepting it was to start. */
  z.strictObject({ kind: z.literal('error'), error: AppErrorSchema }),
  /** Things that the artist could say next, offered as buttons. */
  z.strictObject({ kind: z.literal('suggestions'), suggestions: z.array(z.string()).readonly() }),
]);
export type TurnPart = Readonly<z.infer<typeof TurnPartSchema>>;

export const TurnStatusSchema = z.enum([
  'thinking',
  'awaiting-approval',
  'done',
  'cancelled',
  'failed',
]);
export type TurnStatus = z.infer<typeof TurnStatusSchema>;

/** One message and everything that followed from it. */
export const TurnSchema = z.strictObject({
  turnId: z.string(),
  message: z.string(),
  author: ActorSchema,
  status: TurnStatusSchema,
  parts: z.array(TurnPartSchema).readonly(),
  startedAt: z.number(),
  endedAt: z.number().optional(),
  error: AppErrorSchema.optional(),
  /** Only for what a client of the agent role looked at: how often; `parts` holds the newest. */
  looks: z.number().int().positive().optional(),
});
export type Turn = Readonly<z.infer<typeof TurnSchema>>;

export const ChangeSetStatusSchema = z.enum([
  'proposed',
  'accepted',
  'applied',
  'reverted',
  'rejected',
  'stale',
]);

/** Ops with the revision they were made for: the thing that is reviewed and accepted, whole or op by op. */
export const ChangeSetSchema = z.strictObject({
  changeSetId: z.string(),
  baseRevision: z.number().int().nonnegative(),
  intent: z.string().min(1).describe('Why, in the words of whoever asked'),
  ops: z.array(OpSchema).min(1).readonly(),
  /** SHA-256 over what was shown: id, base revision, ops. An acceptance must carry it. */
  digest: z.string(),
  status: ChangeSetStatusSchema,
  proposedBy: ActorSchema,
  turnId: z.string().optional(),
  proposedAt: z.number(),
  decidedAt: z.number().optional(),
  /** Indexes into `ops`, once accepted. */
  acceptedOps: z.array(z.number().int().nonnegative()).readonly().optional(),
  /** Revision that applying it made. */
  appliedRevision: z.number().int().optional(),
  reason: z.string().optional(),
  /** Why it went stale: what it and a later change both touch, each a sentence with both sides. */
  conflicts: z.array(z.string()).readonly().optional(),
});
export type ChangeSet = Readonly<z.infer<typeof ChangeSetSchema>>;

/** The `entryId` of the workflow as it was opened, before any entry. */
export const OPENED_ENTRY = '0';

/** One step of the history; undo applies the reverse of `patch`. */
export const HistoryEntrySchema = z.strictObject({
  /** Numbered from "1" in the order they were made; never reused while a workflow is open. */
  entryId: z.string(),
  /** The entry that it was made on; `OPENED_ENTRY` for the first. */
  parentId: z.string(),
  label: z.string(),
  patch: DocumentPatchSchema,
  changeSetId: z.string().optional(),
  at: z.number(),
});
export type HistoryEntry = Readonly<z.infer<typeof HistoryEntrySchema>>;

/** A place in the history that the artist gave a name. */
export const CheckpointSchema = z.strictObject({
  name: z.string().min(1).max(80),
  entryId: z.string(),
  at: z.number(),
});
export type Checkpoint = Readonly<z.infer<typeof CheckpointSchema>>;

/** The open workflow and its history; entries before `position` are applied, the rest can be redone. */
export const OpenWorkflowSchema = z.strictObject({
  name: z.string(),
  /** Where it was read from or saved to; null: never saved. */
  path: z.string().nullable(),
  format: WorkflowFormatSchema,
  document: JsonObjectSchema,
  /** The text that it was opened from, so that saving keeps the bytes of what no edit touched. */
  source: z.string().optional(),
  revision: z.number().int().nonnegative(),
  savedRevision: z.number().int().nonnegative().nullable(),
  history: z.array(HistoryEntrySchema).readonly(),
  position: z.number().int().nonnegative(),
  /** Entries that are not on the line of `history`: undone, and then something else was done. Each can be gone back to. */
  branches: z.array(HistoryEntrySchema).readonly().optional(),
  checkpoints: z.array(CheckpointSchema).readonly().optional(),
});
export type OpenWorkflow = Readonly<z.infer<typeof OpenWorkflowSchema>>;

/** Everything there is to know about one session; the fold of its actions. */
export const SessionStateSchema = z.strictObject({
  sessionId: z.string(),
  title: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  workflow: OpenWorkflowSchema.nullable(),
  turns: z.array(TurnSchema).readonly(),
  changeSets: z.array(ChangeSetSchema).readonly(),
  runs: z.array(RunSchema).readonly(),
  /** Address of the ComfyUI that it worked with last; absent before the first, and for the practice one. */
  server: z.string().optional(),
  /** Plans of several renders; absent: none yet. */
  batches: z.array(BatchSchema).readonly().optional(),
});
export type SessionState = Readonly<z.infer<typeof SessionStateSchema>>;

/** A session as the list shows it. */
export const SessionSummarySchema = z.strictObject({
  sessionId: z.string(),
  title: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  workflowName: z.string().nullable(),
  turnCount: z.number().int(),
  /** Set when the stored session could not be read whole. */
  damage: z.string().optional(),
});
export type SessionSummary = Readonly<z.infer<typeof SessionSummarySchema>>;
