import { z } from 'zod';
import { SessionEnvelopeSchema, WorkspaceStateSchema } from './actions.ts';
import { BatchStatusSchema } from './run/batch.schema.ts';
import { JsonObjectSchema, JsonValueSchema } from './json.schema.ts';
import { machineMethods } from './machine/machine-methods.ts';
import { type MethodSpec, artist, both, method, nothing, session } from './method-spec.ts';
import { ReceiptSchema } from './run/receipt.schema.ts';
import { RunSchema } from './run/run.schema.ts';
import {
  ChangeSetStatusSchema,
  SessionStateSchema,
  SessionSummarySchema,
} from './session.schema.ts';
import { ProblemSchema, WorkflowFormatSchema } from './workflow.schema.ts';

const ofRun = { ...session, promptId: z.string().min(1) };
const batch = { ...session, batchId: z.string() };
const index = z.number().int().nonnegative();

/** Every method, once. Types, handlers and the checks on both sides are derived from this. */
export const methods = {
  'core/hello': method(
    both,
    z.strictObject({ version: z.number().int(), client: z.string().min(1).max(120) }),
    z.strictObject({
      version: z.number().int(),
      role: z.enum(both),
      appVersion: z.string(),
      /** Prefix that turns an `assetId` into a URL; ends in "/". */
      assetBase: z.string(),
      platform: z.string(),
    }),
  ),
  'workspace/subscribe': method(
    both,
    nothing,
    z.strictObject({ seq: z.number().int(), state: WorkspaceStateSchema }),
  ),
  /** With `since`, the actions after that number if they are still at hand, else a snapshot. */
  'session/subscribe': method(
    both,
    z.strictObject({ ...session, since: z.number().int().nonnegative().optional() }),
    z.union([
      z.strictObject({
        kind: z.literal('snapshot'),
        seq: z.number().int(),
        state: SessionStateSchema,
      }),
      z.strictObject({
        kind: z.literal('actions'),
        envelopes: z.array(SessionEnvelopeSchema).readonly(),
      }),
    ]),
  ),
  'session/unsubscribe': method(both, z.strictObject(session), nothing),
  'session/list': method(
    both,
    nothing,
    z.strictObject({ sessions: z.array(SessionSummarySchema).readonly() }),
  ),
  /** The session that the artist looks at: the one shown in a window last, else the most recently used one. */
  'session/current': method(both, nothing, z.strictObject({ sessionId: z.string().nullable() })),
  'session/create': method(
    both,
    z.strictObject({ title: z.string().min(1).max(120).optional() }),
    z.strictObject(session),
  ),
  'session/rename': method(
    artist,
    z.strictObject({ ...session, title: z.string().min(1).max(120) }),
    nothing,
  ),
  'session/delete': method(artist, z.strictObject(session), nothing),
  'workflow/open': method(
    artist,
    z.strictObject({
      ...session,
      source: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('path'), path: z.string().min(1) }),
        z.strictObject({ kind: z.literal('text'), name: z.string().min(1), text: z.string() }),
        /** Bytes of a picture that carries a workflow, base64; at most 64 MiB. */
        z.strictObject({ kind: z.literal('picture'), name: z.string().min(1), base64: z.string() }),
        z.strictObject({ kind: z.literal('template'), name: z.string().min(1) }),
        /** The workflow that a picture of this session was rendered from. */
        z.strictObject({ kind: z.literal('output'), assetId: z.string().min(1) }),
      ]),
    }),
    z.strictObject({ revision: z.number().int(), problems: z.array(ProblemSchema).readonly() }),
  ),
  'workflow/save': method(
    artist,
    z.strictObject({
      ...session,
      path: z.string().min(1).optional(),
      overwrite: z.boolean().optional(),
    }),
    z.strictObject({ path: z.string() }),
  ),
  'workflow/export': method(
    both,
    z.strictObject({ ...session, format: WorkflowFormatSchema }),
    z.strictObject({ name: z.string(), text: z.string() }),
  ),
  'workflow/validate': method(
    both,
    z.strictObject(session),
    z.strictObject({ problems: z.array(ProblemSchema).readonly() }),
  ),
  'template/list': method(
    both,
    nothing,
    z.strictObject({
      templates: z
        .array(z.strictObject({ name: z.string(), title: z.string(), description: z.string() }))
        .readonly(),
    }),
  ),
  'turn/send': method(
    artist,
    z.strictObject({ ...session, message: z.string().min(1).max(20_000) }),
    z.strictObject({ turnId: z.string() }),
  ),
  'turn/cancel': method(artist, z.strictObject({ ...session, turnId: z.string() }), nothing),
  /** Accepting is the artist's alone: bound to the digest of what was shown and to its base revision. */
  'changeset/respond': method(
    artist,
    z.strictObject({
      ...session,
      changeSetId: z.string(),
      digest: z.string(),
      baseRevision: z.number().int().nonnegative(),
      decision: z.enum(['accept', 'reject']),
      /** Indexes into `ops`; absent: all of them. */
      acceptedOps: z.array(z.number().int().nonnegative()).readonly().optional(),
      /** Accept and render: lets the run start that the same turn asks for, else starts one after it. */
      release: z.boolean().optional(),
      reason: z.string().max(2_000).optional(),
    }),
    z.strictObject({ status: ChangeSetStatusSchema, revision: z.number().int() }),
  ),
  'history/undo': method(
    artist,
    z.strictObject(session),
    z.strictObject({ revision: z.number().int() }),
  ),
  'history/redo': method(
    artist,
    z.strictObject(session),
    z.strictObject({ revision: z.number().int() }),
  ),
  /** Names the present state, so that `history/go-to` finds it again, whatever is changed or undone. */
  'history/checkpoint': method(
    artist,
    z.strictObject({ ...session, name: z.string().min(1).max(80) }),
    z.strictObject({ entryId: z.string() }),
  ),
  /** Any entry of the history, on whichever branch; "0" is the workflow as it was opened. */
  'history/go-to': method(
    artist,
    z.strictObject({ ...session, entryId: z.string().min(1) }),
    z.strictObject({ revision: z.number().int() }),
  ),
  /** Accepting a plan of renders is the artist's alone: bound to the digest of what was shown. */
  'batch/respond': method(
    artist,
    z.strictObject({
      ...batch,
      digest: z.string(),
      decision: z.enum(['accept', 'reject']),
      /** Indexes into `items`; absent: all of them. */
      keptItems: z.array(index).readonly().optional(),
    }),
    z.strictObject({ status: BatchStatusSchema }),
  ),
  /** Goes on with a plan that is paused. */
  'batch/continue': method(artist, z.strictObject(batch), nothing),
  /** Stops the whole plan; with `index` takes that render out of it. */
  'batch/cancel': method(artist, z.strictObject({ ...batch, index: index.optional() }), nothing),
  /** Proposes the values of one render as a change of the workflow. */
  'batch/use': method(
    artist,
    z.strictObject({ ...batch, index }),
    z.strictObject({ changeSetId: z.string() }),
  ),
  /** With a turn: the render belongs to what was said there, and its receipt says so. */
  'run/start': method(
    artist,
    z.strictObject({ ...session, turnId: z.string().optional() }),
    z.strictObject({ promptId: z.string() }),
  ),
  'run/release': method(artist, z.strictObject(ofRun), nothing),
  /** Says "not yet" to a run that stands still: it is told again only after twice as long. */
  'run/keep-waiting': method(artist, z.strictObject(ofRun), nothing),
  'run/cancel': method(artist, z.strictObject(ofRun), z.strictObject({ run: RunSchema })),
  /** What one run was, whole; of a run that is over. Waits until it is written. */
  'run/receipt': method(
    both,
    z.strictObject({
      ...ofRun,
      /** Also waits for the fingerprints of its models, which takes as long as reading the files. */
      isWhole: z.boolean().optional(),
    }),
    z.strictObject({ receipt: ReceiptSchema }),
  ),
  /** Writes the receipt as a file of the core's machine. */
  'run/save-receipt': method(
    artist,
    z.strictObject({
      ...ofRun,
      path: z.string().min(1),
      overwrite: z.boolean().optional(),
    }),
    z.strictObject({ path: z.string() }),
  ),
  'tool/list': method(
    both,
    nothing,
    z.strictObject({
      tools: z
        .array(
          z.strictObject({
            name: z.string(),
            title: z.string(),
            description: z.string(),
            effect: z.enum(['observe', 'propose', 'execute', 'configure']),
            inputSchema: JsonObjectSchema,
            outputSchema: JsonObjectSchema,
          }),
        )
        .readonly(),
    }),
  ),
  /** What a tool proposes or wants to run still waits for the artist. */
  'tool/call': method(
    both,
    z.strictObject({
      /** Absent: the artist's current one, or a new one where there is none. */
      sessionId: session.sessionId.optional(),
      name: z.string(),
      input: JsonValueSchema,
      /** Chosen by the caller, so that it can follow this call in the session and cancel it. */
      callId: z.string().min(1).max(120).optional(),
    }),
    z.strictObject({ output: JsonValueSchema, text: z.string() }),
  ),
  /** Says yes or no to a call of another program that waits for it. */
  'tool/respond': method(
    artist,
    z.strictObject({
      ...session,
      callId: z.string().min(1).max(120),
      decision: z.enum(['accept', 'reject']),
      reason: z.string().max(2_000).optional(),
    }),
    nothing,
  ),
  /** Stops a call that this same connection made: takes back what it proposed, stops what it runs. */
  'tool/cancel': method(both, z.strictObject({ callId: z.string().min(1).max(120) }), nothing),
  /** Raw `/object_info` entries of these classes, so that a page can name settings and slots; unknown ones are left out. */
  'catalog/classes': method(
    both,
    z.strictObject({ classTypes: z.array(z.string()).max(2_000).readonly() }),
    z.strictObject({ objectInfo: JsonObjectSchema }),
  ),
  ...machineMethods,
} as const satisfies Record<string, MethodSpec<z.ZodType, z.ZodType>>;

export type MethodName = keyof typeof methods;
/** What a caller passes. */
export type ParamsOf<M extends MethodName> = z.input<(typeof methods)[M]['params']>;
/** What a handler gets. */
export type ParsedParamsOf<M extends MethodName> = z.output<(typeof methods)[M]['params']>;
export type ResultOf<M extends MethodName> = z.output<(typeof methods)[M]['result']>;
