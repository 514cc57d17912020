import { z } from 'zod';
import type { Cancellation } from '../base/cancellation.ts';
import type { Result } from '../base/result.ts';
import type { Batch } from '../contract/run/batch.schema.ts';
import type { BatchPlan } from '../domain/batch/plan-batch.ts';
import type { AppError } from '../contract/errors.ts';
import type { Forecast } from '../contract/machine/forecast.schema.ts';
import type { Hardware } from '../contract/machine/hardware.schema.ts';
import { JsonValueSchema } from '../contract/json.schema.ts';
import type { Run } from '../contract/run/run.schema.ts';
import type { SessionState } from '../contract/session.schema.ts';
import { DiffEntrySchema, type Op } from '../contract/workflow.schema.ts';
import type { NodeCatalog } from '../domain/workflow/catalog.ts';
import type { WorkflowDocument } from '../domain/workflow/document.ts';
import type { Comfy } from '../ports/comfy.ts';
import type { Files } from '../ports/files.ts';

/** What a tool does to the world; it alone decides what must be approved. */
export type ToolEffect = 'observe' | 'propose' | 'execute' | 'configure';

/** What a tool of effect `execute` may have done to the session; every one of these is recorded. */
export interface SessionDesk {
  openWorkflow(
    source:
      | { readonly kind: 'path'; readonly path: string }
      | { readonly kind: 'template'; readonly name: string },
  ): Promise<Result<{ readonly document: WorkflowDocument; readonly revision: number }, AppError>>;
  /** Without a path: where it was read from. */
  saveWorkflow(path?: string): Promise<Result<{ readonly path: string }, AppError>>;
  /** Returns the revision afterwards. */
  undo(): Promise<Result<number, AppError>>;
  redo(): Promise<Result<number, AppError>>;
  /** Returns the history entry that has the name now. */
  addCheckpoint(name: string): Promise<Result<string, AppError>>;
  /** Goes to any entry of the history; returns the revision afterwards. */
  goTo(entryId: string): Promise<Result<number, AppError>>;
  /** Queues the open workflow, with some settings different for this run only; resolves once queued. */
  startRun(options: {
    readonly label: string;
    readonly overrides?: readonly Extract<Op, { readonly op: 'set_widget' }>[];
  }): Promise<Result<Run, AppError>>;
  /** Resolves when the run has ended and was verified. */
  awaitRun(promptId: string): Promise<Result<Run, AppError>>;
  cancelRun(promptId: string): Promise<Result<Run, AppError>>;
  /** Puts a plan of several renders before the artist; resolves once accepted, or refused with `batch/rejected`. */
  proposeBatch(plan: BatchPlan): Promise<Result<Batch, AppError>>;
  /** Resolves when nothing more comes of it, with the runs as they stand then. */
  awaitBatch(
    batchId: string,
  ): Promise<Result<{ readonly batch: Batch; readonly runs: readonly Run[] }, AppError>>;
}

/** Everything a tool may see. Only members that core/tools/* use. */
export interface ToolContext {
  readonly session: SessionState;
  readonly document: WorkflowDocument | null;
  readonly catalog: NodeCatalog;
  /** Asks the server for its classes and files again; the same object as before where nothing has changed. */
  readonly freshCatalog: () => Promise<NodeCatalog>;
  /** The current server; null before there is one. It may be offline: every call says so. */
  readonly comfy: Pick<
    Comfy,
    'connection' | 'systemStats' | 'queue' | 'history' | 'models' | 'modelFolders' | 'requestStats'
  > | null;
  /** Servers besides the current one where runs of ours are still going. */
  readonly otherServers: readonly Pick<Comfy, 'connection' | 'requestStats'>[];
  /** The machine behind the current server; null before it was looked at. */
  readonly hardware: Hardware | null;
  /** What a run of the open workflow will need; without an id, with the change set that waits. */
  readonly forecast: (changeSetId?: string) => Promise<Result<Forecast, AppError>>;
  /** What a run of any workflow will need, as it is. */
  readonly forecastDocument: (document: WorkflowDocument) => Promise<Forecast>;
  readonly files: Files;
  readonly templates: readonly { readonly name: string; readonly title: string }[];
  readonly desk: SessionDesk;
  readonly cancellation: Cancellation;
}

/** Ops that a tool of effect `propose` puts forward, and why. */
export interface Proposal {
  readonly intent: string;
  readonly ops: readonly Op[];
}

/** What became of a proposal; the output of every tool of effect `propose`. */
const ProposalOutcomeSchema = z.strictObject({
  changeSetId: z.string().describe('Id of the change set that the artist reviewed'),
  status: z.enum(['applied', 'rejected', 'stale']).describe('What the artist decided'),
  appliedOps: z.number().int().describe('How many of the proposed edits were applied'),
  proposedOps: z.number().int().describe('How many edits were proposed'),
  revision: z.number().int().describe('Workflow revision afterwards'),
  diff: z.array(DiffEntrySchema).readonly().describe('What changed'),
  changes: z.array(z.string()).readonly().describe('What changed, in words'),
  reason: z.string().optional().describe('Why the artist said no, if they said why'),
  conflicts: z
    .array(z.string())
    .readonly()
    .optional()
    .describe('If stale: what a later change touches too, with both sides'),
});
export type ProposalOutcome = Readonly<z.infer<typeof ProposalOutcomeSchema>>;

interface ToolFace<I extends z.ZodObject> {
  /** Snake case, as the field names it. */
  readonly name: string;
  readonly title: string;
  /** For models: what it does, when to use it. One to three sentences. */
  readonly description: string;
  readonly input: I;
  /** How long its handler may take, ms; see `toolTimeoutMs` for when it says nothing. */
  readonly timeoutMs?: number;
  /** What it is about to do, for the artist, e.g. "Change steps on KSampler". */
  readonly describeCall: (
    input: z.output<I>,
    context: Pick<ToolContext, 'document' | 'catalog'>,
  ) => string;
}

/** A tool that proposes edits: read-only document in, ops out. */
export interface ProposingTool<I extends z.ZodObject = z.ZodObject> extends ToolFace<I> {
  readonly effect: 'propose';
  readonly output: typeof ProposalOutcomeSchema;
  readonly describeResult: (outcome: ProposalOutcome) => string;
  readonly handler: (
    input: z.output<I>,
    context: ToolContext,
  ) => Promise<Result<Proposal, AppError>>;
}

/** A tool that looks, runs or configures. */
export interface ActingTool<
  I extends z.ZodObject = z.ZodObject,
  O extends z.ZodType = z.ZodType,
> extends ToolFace<I> {
  readonly effect: Exclude<ToolEffect, 'propose'>;
  readonly output: O;
  /** What came of it, for the artist and as the text of an MCP answer. */
  readonly describeResult: (output: z.output<O>) => string;
  readonly handler: (
    input: z.output<I>,
    context: ToolContext,
  ) => Promise<Result<z.output<O>, AppError>>;
}

/** Any tool, with its types forgotten; `execute-tool-call` parses before it calls. */
export type AnyTool = ProposingTool | ActingTool;

/** Declares a tool that looks, runs or configures. */
export function defineTool<I extends z.ZodObject, O extends z.ZodType>(
  tool: ActingTool<I, O>,
): AnyTool {
  return tool;
}

/** Declares a tool that proposes edits. */
export function defineProposingTool<I extends z.ZodObject>(
  tool: Omit<ProposingTool<I>, 'output' | 'effect' | 'describeResult'>,
): AnyTool {
  return {
    ...tool,
    effect: 'propose',
    output: ProposalOutcomeSchema,
    describeResult: describeOutcome,
  } as unknown as AnyTool;
}

/** A tool input that may be any JSON value, described. */
export function anyValue(description: string): z.ZodType<z.output<typeof JsonValueSchema>> {
  return JsonValueSchema.describe(description);
}

function describeOutcome(outcome: ProposalOutcome): string {
  if (outcome.status === 'stale') {
    return ['Not applied: the workflow changed meanwhile.', ...(outcome.conflicts ?? [])].join(' ');
  }
  if (outcome.status === 'rejected') {
    return outcome.reason === undefined ? 'You said no.' : `You said no: ${outcome.reason}`;
  }
  const part =
    outcome.appliedOps < outcome.proposedOps
      ? ` (${outcome.appliedOps} of ${outcome.proposedOps} changes)`
      : '';
  return `Applied${part}: ${outcome.changes.join('; ')}`;
}
