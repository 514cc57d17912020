import { type Result, err, ok } from '../../base/result.ts';
import type { Agent } from '../../agent/create-agent.ts';
import {
  addCheckpoint,
  goToHistoryEntry,
  stepHistory,
} from '../../agent/workflows/history-desk.ts';
import { openDocument } from '../../agent/workflows/open-document.ts';
import type { WorkflowSource } from '../../agent/workflows/workflow-desk.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { ParsedParamsOf } from '../../contract/methods.ts';
import type { Handlers } from '../../contract/wire/server.ts';
import { stringifyExactJson } from '../../base/exact-json.ts';
import { serializeWorkflow } from '../../domain/workflow/serialize-workflow.ts';
import { toExecutionPayload } from '../../domain/workflow/payload/to-execution-payload.ts';
import { validateWorkflow } from '../../domain/workflow/validation/validate-workflow.ts';
import type { Assets } from '../../ports/assets.ts';
import { actorOf } from './actor.ts';
import type { HostConnection } from './connection.ts';

type WorkflowMethods =
  | 'workflow/open'
  | 'workflow/save'
  | 'workflow/export'
  | 'workflow/validate'
  | 'template/list'
  | 'history/undo'
  | 'history/redo'
  | 'history/checkpoint'
  | 'history/go-to'
  | 'catalog/classes';

/** The open workflow: in, out, back and forth. */
export function createWorkflowHandlers(
  agent: Agent,
  assets: Assets,
): Pick<Handlers<HostConnection>, WorkflowMethods> {
  const { sessions, workflows, changeSets, link } = agent;
  return {
    'workflow/open': async ({ sessionId, source }) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const resolved = await toSource(source, assets);
      if (!resolved.ok) return resolved;
      const opened = await workflows.open(store.value, resolved.value);
      if (!opened.ok) return opened;
      const { document, revision } = opened.value;
      const problems = link.catalog.size === 0 ? [] : validateWorkflow(document, link.catalog);
      return ok({ revision, problems });
    },
    'workflow/save': async ({ sessionId, path, overwrite }) => {
      const store = await sessions.open(sessionId);
      return store.ok ? workflows.save(store.value, path, overwrite) : store;
    },
    'workflow/export': async ({ sessionId, format }) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const document = openDocument(store.value.state);
      if (!document.ok) return document;
      const name = store.value.state.workflow?.name ?? 'workflow';
      if (format === document.value.format || format === 'graph') {
        return ok({ name, text: serializeWorkflow(document.value) });
      }
      const payload = toExecutionPayload(document.value, link.catalog);
      if (!payload.ok) return payload;
      return ok({ name: `${name} (API)`, text: stringifyExactJson(payload.value.payload, 2) });
    },
    'workflow/validate': async ({ sessionId }) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const document = openDocument(store.value.state);
      return document.ok
        ? ok({ problems: validateWorkflow(document.value, link.catalog) })
        : document;
    },
    'template/list': async () =>
      ok({
        templates: workflows.templates.map(({ name, title, description }) => ({
          name,
          title,
          description,
        })),
      }),
    'history/undo': async ({ sessionId }, connection) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const revision = await stepHistory(store.value, 'undo', actorOf(connection), changeSets);
      return revision.ok ? ok({ revision: revision.value }) : revision;
    },
    'history/redo': async ({ sessionId }, connection) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const revision = await stepHistory(store.value, 'redo', actorOf(connection), changeSets);
      return revision.ok ? ok({ revision: revision.value }) : revision;
    },
    'history/checkpoint': async ({ sessionId, name }, connection) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const entryId = await addCheckpoint(store.value, name, actorOf(connection));
      return entryId.ok ? ok({ entryId: entryId.value }) : entryId;
    },
    'history/go-to': async ({ sessionId, entryId }, connection) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const by = actorOf(connection);
      const revision = await goToHistoryEntry(store.value, entryId, by, changeSets);
      return revision.ok ? ok({ revision: revision.value }) : revision;
    },
    'catalog/classes': async ({ classTypes }) => {
      const known = classTypes.flatMap((classType) => {
        const nodeClass = link.catalog.get(classType);
        return nodeClass === undefined ? [] : [[classType, nodeClass.raw] as const];
      });
      return ok({ objectInfo: Object.fromEntries(known) });
    },
  };
}

async function toSource(
  source: ParsedParamsOf<'workflow/open'>['source'],
  assets: Assets,
): Promise<Result<WorkflowSource, AppError>> {
  if (source.kind === 'picture') {
    const bytes = Uint8Array.from(Buffer.from(source.base64, 'base64'));
    return ok({ kind: 'picture', name: source.name, bytes });
  }
  if (source.kind !== 'output') return ok(source);
  const picture = await assets.read(source.assetId);
  if (!picture.ok) return picture;
  const { bytes, mediaType } = picture.value;
  return mediaType.startsWith('image/')
    ? ok({ kind: 'picture', name: 'From picture', bytes })
    : err(appError('workflow/no-metadata', { name: source.assetId }));
}
