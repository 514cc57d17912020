import { stringifyExactJson } from '../../base/exact-json.ts';
import type { JsonObject } from '../../base/json.ts';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Run } from '../../contract/run/run.schema.ts';
import type { Actor, OpenWorkflow, SessionState } from '../../contract/session.schema.ts';
import type { DiffEntry, Op, Problem } from '../../contract/workflow.schema.ts';
import { readKeyValues } from '../../domain/run/key-values.ts';
import { applyOps } from '../../domain/workflow/ops/apply-ops.ts';
import { applyPatch, reversePatch } from '../../domain/workflow/patch/apply-patch.ts';
import { diffWorkflows } from '../../domain/workflow/diff/diff-workflows.ts';
import type { WorkflowDocument } from '../../domain/workflow/document.ts';
import { toExactJson } from '../../domain/workflow/serialize-workflow.ts';
import { toExecutionPayload } from '../../domain/workflow/payload/to-execution-payload.ts';
import { mayBeTaken } from '../../domain/workflow/validation/may-be-taken.ts';
import { validateWorkflow } from '../../domain/workflow/validation/validate-workflow.ts';
import { viewWorkflow } from '../../domain/workflow/view/view-workflow.ts';
import type { WorkflowView } from '../../domain/workflow/view/view.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Digest, Ids } from '../../ports/ids.ts';
import type { ComfyLink } from '../servers/comfy-link.ts';
import { openDocument } from '../workflows/open-document.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import { payloadMoment } from './payload-moment.ts';
import { serverName } from './server-name.ts';

/** What a run is started with. */
export interface StartRunOptions {
  readonly label: string;
  readonly requestedBy: Actor;
  readonly turnId?: string;
  /** True: it waits, proposed, until the artist releases it. */
  readonly needsRelease: boolean;
  /** Settings that differ for this run only. */
  readonly overrides: readonly Op[];
  /** What to run instead of the open workflow. */
  readonly document?: WorkflowDocument;
  /** The plan that it is a part of. */
  readonly batch?: { readonly batchId: string; readonly index: number };
}

/** A run that was checked and is ready to be queued. */
export interface PreparedRun extends RunIntent {
  readonly promptId: string;
  readonly payload: JsonObject;
  /** The save-format graph to embed in the pictures; null for workflows in API format. */
  readonly workflow: JsonObject | null;
  readonly proposal: Run;
  /** Names nodes by their titles in what the server said, which only knows ids. */
  titled(problems: readonly Problem[]): readonly Problem[];
  withTitles(error: AppError): AppError;
}

/** What a run was meant to show; enough to follow and verify it. */
export interface RunIntent {
  readonly view: WorkflowView;
  /** What was changed since the last run of the session. */
  readonly intended: readonly DiffEntry[];
}

/** What preparing needs. */
export interface PrepareRunParts {
  readonly link: ComfyLink;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly digest: Digest;
}

/** Makes the payload and checks it against the catalog, so that nothing that cannot run is queued. */
export async function prepareRun(
  { link, clock, ids, digest }: PrepareRunParts,
  store: SessionStore,
  options: StartRunOptions,
): Promise<Result<PreparedRun, AppError>> {
  const comfy = link.ready();
  if (!comfy.ok) return comfy;
  const opened = options.document === undefined ? openDocument(store.state) : ok(options.document);
  if (!opened.ok) return opened;
  const changed =
    options.overrides.length === 0
      ? ok({ document: opened.value })
      : applyOps(opened.value, options.overrides, link.catalog);
  if (!changed.ok) return changed;
  const { document } = changed.value;
  if (findErrors(document, link).length > 0) {
    // A model or a node pack may have been added since the catalog was read.
    await link.refreshCatalog();
    const errors = findErrors(document, link);
    if (errors.length > 0) return err(toRefusal(errors));
  }
  const { catalog } = link;
  const promptId = ids.uuid();
  const now = clock.now();
  const moment = payloadMoment(now, promptId, digest);
  const converted = toExecutionPayload(document, catalog, moment);
  if (!converted.ok) return converted;
  const view = viewWorkflow(document, catalog);
  const { payload } = converted.value;
  const { turnId, label, requestedBy } = options;
  return ok({
    promptId,
    payload,
    workflow: document.format === 'graph' ? toExactJson(document) : null,
    view,
    intended: diffWorkflows(beforeLastRun(store.state) ?? document, document, catalog),
    titled: (problems) => nameNodes(problems, view),
    withTitles: (error) =>
      error.code === 'comfy/prompt-refused'
        ? appError(error.code, {
            ...error.data,
            problems: [...nameNodes(error.data.problems, view)],
          })
        : error,
    proposal: {
      promptId,
      status: 'proposed',
      requestedBy: requestedBy.name,
      revision: store.state.workflow?.revision ?? 0,
      server: serverName(comfy.value.connection),
      payloadDigest: digest(stringifyExactJson(payload)),
      keyValues: readKeyValues(view),
      label,
      proposedAt: now,
      outputs: [],
      warnings: [],
      ...(turnId === undefined ? {} : { turnId }),
      ...(options.batch === undefined ? {} : { batch: options.batch }),
      ...(options.overrides.length === 0 ? {} : { overrides: options.overrides }),
    },
  });
}

/** What can still be known of a run that was queued before this process or this connection. */
export function recallRun(
  { link, digest }: Pick<PrepareRunParts, 'link' | 'digest'>,
  store: SessionStore,
  { promptId, proposedAt, overrides = [] }: Pick<Run, 'promptId' | 'proposedAt' | 'overrides'>,
): { readonly intent: RunIntent; readonly payload: JsonObject } | undefined {
  const { workflow } = store.state;
  // As it was when the run was asked for: the artist may have changed it since.
  const base = workflow === null ? undefined : rewind(workflow, (at) => at > proposedAt);
  if (base === undefined) return undefined;
  const changed = applyOps(base, overrides, link.catalog);
  const document = changed.ok ? changed.value.document : base;
  const moment = payloadMoment(proposedAt, promptId, digest);
  const converted = toExecutionPayload(document, link.catalog, moment);
  const view = viewWorkflow(document, link.catalog);
  return { intent: { view, intended: [] }, payload: converted.ok ? converted.value.payload : {} };
}

/** What is refused for sure; where a node of a pack may see it otherwise, the server is asked. */
function findErrors(document: WorkflowDocument, { catalog }: ComfyLink): readonly Problem[] {
  return validateWorkflow(document, catalog).filter(
    (problem) => problem.severity === 'error' && !mayBeTaken(problem, catalog),
  );
}

function toRefusal(errors: readonly Problem[]): AppError {
  const unknown = errors.filter(({ type }) => type === 'missing_node_type');
  const classTypes = [...new Set(unknown.flatMap(({ classType }) => classType ?? []))];
  if (classTypes.length > 0 && unknown.length === errors.length) {
    return appError('comfy/missing-nodes', { classTypes });
  }
  return appError('workflow/invalid', { problems: [...errors] });
}

/** The document as it was when the session last queued a run, or when it was opened. */
function beforeLastRun(state: SessionState): WorkflowDocument | undefined {
  const { workflow } = state;
  if (workflow === null) return undefined;
  const since = state.runs.at(-1)?.proposedAt ?? 0;
  return rewind(workflow, (at) => at > since);
}

function rewind(
  workflow: OpenWorkflow,
  isToUndo: (at: number) => boolean,
): WorkflowDocument | undefined {
  let document: WorkflowDocument = { format: workflow.format, root: workflow.document };
  for (let index = workflow.position - 1; index >= 0; index -= 1) {
    const entry = workflow.history[index];
    if (entry === undefined || !isToUndo(entry.at)) break;
    const before = applyPatch(document, reversePatch(entry.patch));
    if (!before.ok) return undefined;
    document = before.value;
  }
  return document;
}

function nameNodes(problems: readonly Problem[], view: WorkflowView): readonly Problem[] {
  return problems.map((problem) => {
    const title = problem.nodeId === undefined ? undefined : view.node(problem.nodeId)?.title;
    return title === undefined ? problem : { ...problem, nodeTitle: title };
  });
}
