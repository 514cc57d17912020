import { z } from 'zod';
import { BatchSchema } from './run/batch.schema.ts';
import { AppErrorSchema } from './errors.ts';
import { GpuSampleSchema, GpuTroubleSchema } from './machine/gpu.schema.ts';
import { HardwareSchema } from './machine/hardware.schema.ts';
import { JsonObjectSchema, JsonValueSchema } from './json.schema.ts';
import {
  ConnectionSchema,
  QueueStatusSchema,
  SettingsSchema,
  SystemStatsSchema,
} from './machine/machine.schema.ts';
import { RunMeasurementSchema } from './machine/measurement.schema.ts';
import {
  OutputSchema,
  RunProgressSchema,
  RunSchema,
  RunStallSchema,
  VerdictSchema,
} from './run/run.schema.ts';
import {
  ActorSchema,
  ChangeSetSchema,
  SessionSummarySchema,
  ToolCallSchema,
  ToolCallStatusSchema,
  TurnStatusSchema,
} from './session.schema.ts';
import {
  DocumentPatchSchema,
  OpSchema,
  ProblemSchema,
  WorkflowFormatSchema,
} from './workflow.schema.ts';

const turn = { turnId: z.string() };
const changeSet = { changeSetId: z.string() };
const run = { promptId: z.string() };
const batch = { batchId: z.string() };
const item = { index: z.number().int().nonnegative() };

/** What can happen in a session. The log of these *is* the session; none needs a clock, a random or a catalog. */
export const SessionActionSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('session/created'), sessionId: z.string(), title: z.string() }),
  /** The ComfyUI that this session works with from now on: its address, without credentials. */
  z.strictObject({ type: z.literal('session/server-chosen'), server: z.string().min(1) }),
  z.strictObject({ type: z.literal('session/renamed'), title: z.string() }),
  z.strictObject({
    type: z.literal('workflow/loaded'),
    name: z.string(),
    path: z.string().nullable(),
    format: WorkflowFormatSchema,
    document: JsonObjectSchema,
    /** The text that `document` was read from. */
    source: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('workflow/saved'),
    path: z.string(),
    name: z.string(),
    revision: z.number().int(),
  }),
  z.strictObject({
    type: z.literal('turn/started'),
    ...turn,
    message: z.string(),
    author: ActorSchema,
  }),
  z.strictObject({ type: z.literal('turn/text'), ...turn, delta: z.string() }),
  z.strictObject({
    type: z.literal('turn/suggestions'),
    ...turn,
    suggestions: z.array(z.string()).readonly(),
  }),
  z.strictObject({ type: z.literal('turn/tool-call'), ...turn, call: ToolCallSchema }),
  z.strictObject({
    type: z.literal('turn/tool-call-moved'),
    ...turn,
    callId: z.string(),
    status: ToolCallStatusSchema,
    input: JsonValueSchema.optional(),
    summary: z.string().optional(),
    outcome: z.string().optional(),
    error: AppErrorSchema.optional(),
  }),
  /** The artist said yes or no to a call that waited for it. */
  z.strictObject({
    type: z.literal('turn/tool-call-decided'),
    ...turn,
    callId: z.string(),
    decision: z.enum(['accept', 'reject']),
    by: ActorSchema,
    reason: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('turn/moved'),
    ...turn,
    status: TurnStatusSchema,
    error: AppErrorSchema.optional(),
  }),
  /** A client of the agent role called a tool that only looks: the whole call, once it is over. */
  z.strictObject({
    type: z.literal('turn/looked'),
    ...turn,
    author: ActorSchema,
    call: ToolCallSchema,
    startedAt: z.number(),
  }),
  /** Something that was to follow from the turn could not be done; the turn itself may be over. */
  z.strictObject({ type: z.literal('turn/error'), ...turn, error: AppErrorSchema }),
  z.strictObject({ type: z.literal('changeset/proposed'), changeSet: ChangeSetSchema }),
  z.strictObject({
    type: z.literal('changeset/accepted'),
    ...changeSet,
    acceptedOps: z.array(z.number().int().nonnegative()).readonly(),
    by: ActorSchema,
  }),
  z.strictObject({
    type: z.literal('changeset/applied'),
    ...changeSet,
    label: z.string(),
    patch: DocumentPatchSchema,
  }),
  z.strictObject({
    type: z.literal('changeset/rejected'),
    ...changeSet,
    by: ActorSchema,
    reason: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('changeset/stale'),
    ...changeSet,
    /** What it and a later change both touch, each a sentence with both sides. */
    conflicts: z.array(z.string()).readonly().optional(),
  }),
  /** The workflow moved on without touching what this is about: it is proposed again on the new base. */
  z.strictObject({
    type: z.literal('changeset/rebased'),
    ...changeSet,
    baseRevision: z.number().int().nonnegative(),
    digest: z.string(),
    /** Absent: as they were. */
    ops: z.array(OpSchema).min(1).readonly().optional(),
  }),
  z.strictObject({ type: z.literal('history/undone'), by: ActorSchema }),
  z.strictObject({ type: z.literal('history/redone'), by: ActorSchema }),
  /** Names the place where the workflow is now. */
  z.strictObject({
    type: z.literal('history/checkpointed'),
    name: z.string().min(1).max(80),
    by: ActorSchema,
  }),
  z.strictObject({ type: z.literal('history/went-to'), entryId: z.string(), by: ActorSchema }),
  z.strictObject({ type: z.literal('batch/proposed'), batch: BatchSchema }),
  z.strictObject({
    type: z.literal('batch/accepted'),
    ...batch,
    keptItems: z.array(z.number().int().nonnegative()).readonly(),
    by: ActorSchema,
  }),
  z.strictObject({ type: z.literal('batch/rejected'), ...batch }),
  z.strictObject({
    type: z.literal('batch/item-refused'),
    ...batch,
    ...item,
    error: AppErrorSchema,
  }),
  z.strictObject({ type: z.literal('batch/item-left-out'), ...batch, ...item }),
  /** It came to nothing without a fault of its own: it waits again. */
  z.strictObject({ type: z.literal('batch/item-retried'), ...batch, ...item }),
  z.strictObject({ type: z.literal('batch/paused'), ...batch, error: AppErrorSchema }),
  z.strictObject({ type: z.literal('batch/continued'), ...batch, by: ActorSchema }),
  z.strictObject({
    type: z.literal('batch/ended'),
    ...batch,
    status: z.enum(['done', 'cancelled']),
  }),
  z.strictObject({ type: z.literal('run/proposed'), run: RunSchema }),
  z.strictObject({ type: z.literal('run/released'), ...run, by: ActorSchema }),
  z.strictObject({
    type: z.literal('run/queued'),
    ...run,
    warnings: z.array(ProblemSchema).readonly(),
  }),
  z.strictObject({
    type: z.literal('run/queue-moved'),
    ...run,
    queuePosition: z.number().int().nonnegative(),
  }),
  z.strictObject({ type: z.literal('run/started'), ...run }),
  z.strictObject({ type: z.literal('run/stalled'), ...run, stall: RunStallSchema }),
  /** The artist was told of the stall and waits on. */
  z.strictObject({ type: z.literal('run/kept-waiting'), ...run, by: ActorSchema }),
  z.strictObject({ type: z.literal('run/progress'), ...run, progress: RunProgressSchema }),
  z.strictObject({
    type: z.literal('run/output'),
    ...run,
    outputs: z.array(OutputSchema).readonly(),
  }),
  z.strictObject({
    type: z.literal('run/ended'),
    ...run,
    status: z.enum(['succeeded', 'failed', 'cancelled', 'unclear']),
    outputs: z.array(OutputSchema).readonly(),
    fromCache: z.boolean().optional(),
    measured: RunMeasurementSchema.optional(),
    failure: AppErrorSchema.optional(),
  }),
  z.strictObject({
    type: z.literal('run/verified'),
    ...run,
    verdict: VerdictSchema,
    /** The same ones with what a look into them told; absent: as they were. */
    outputs: z.array(OutputSchema).readonly().optional(),
  }),
]);
export type SessionAction = Readonly<z.infer<typeof SessionActionSchema>>;

/** What can happen to what all sessions share; kept in memory, told to every page. */
export const WorkspaceActionSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('connection/changed'), connection: ConnectionSchema }),
  z.strictObject({
    type: z.literal('machine/measured'),
    stats: SystemStatsSchema,
    /** As the driver measures them; only where ComfyUI runs on this machine. */
    gpus: z.array(GpuSampleSchema).readonly().optional(),
    /** Which of `gpus` ComfyUI works on; absent where that cannot be told. */
    comfyGpu: z.string().optional(),
    /** Why there are no `gpus`. */
    gpuTrouble: GpuTroubleSchema.optional(),
  }),
  /** What the machine behind ComfyUI is; told once for each connection. */
  z.strictObject({ type: z.literal('machine/profiled'), hardware: HardwareSchema }),
  z.strictObject({ type: z.literal('queue/changed'), queue: QueueStatusSchema }),
  z.strictObject({
    type: z.literal('sessions/changed'),
    sessions: z.array(SessionSummarySchema).readonly(),
  }),
  z.strictObject({ type: z.literal('settings/changed'), settings: SettingsSchema }),
  z.strictObject({
    type: z.literal('model/changed'),
    model: z.strictObject({ id: z.string(), name: z.string(), isBuiltIn: z.boolean() }),
  }),
]);
export type WorkspaceAction = Readonly<z.infer<typeof WorkspaceActionSchema>>;

/** Everything that is not one session's. */
export const WorkspaceStateSchema = z.strictObject({
  connection: ConnectionSchema,
  stats: SystemStatsSchema.nullable(),
  gpus: z.array(GpuSampleSchema).readonly().optional(),
  comfyGpu: z.string().optional(),
  gpuTrouble: GpuTroubleSchema.optional(),
  hardware: HardwareSchema.optional(),
  queue: QueueStatusSchema,
  sessions: z.array(SessionSummarySchema).readonly(),
  settings: SettingsSchema,
  model: z.strictObject({ id: z.string(), name: z.string(), isBuiltIn: z.boolean() }),
});
export type WorkspaceState = Readonly<z.infer<typeof WorkspaceStateSchema>>;

const numbered = { seq: z.number().int().positive(), at: z.number() };

/** A numbered action: `seq` counts from 1 without gaps, `at` is Unix ms. A line of a session's log. */
export const SessionEnvelopeSchema = z.strictObject({ ...numbered, action: SessionActionSchema });
export type SessionEnvelope = Readonly<z.infer<typeof SessionEnvelopeSchema>>;
export const WorkspaceEnvelopeSchema = z.strictObject({
  ...numbered,
  action: WorkspaceActionSchema,
});
export type WorkspaceEnvelope = Readonly<z.infer<typeof WorkspaceEnvelopeSchema>>;
