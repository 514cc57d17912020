import type { Batch } from '../../core/contract/run/batch.schema.ts';
import type { AppError } from '../../core/contract/errors.ts';
import type { MethodName, ParamsOf, ResultOf } from '../../core/contract/methods.ts';
import type { Receipt } from '../../core/contract/run/receipt.schema.ts';
import type { ChangeSet } from '../../core/contract/session.schema.ts';
import type {
  DiscoveredServer,
  ServerForm,
  Settings,
} from '../../core/contract/machine/machine.schema.ts';
import type { App } from './create-app.ts';
import { createWorkflowOpener } from './open-workflow.ts';
import type { ViewActions } from './view-actions.ts';

export type WorkflowSource = ParamsOf<'workflow/open'>['source'];

/** How the artist answered a change set. */
export type Decision =
  | { readonly kind: 'accept'; readonly ops?: readonly number[]; readonly release: boolean }
  | { readonly kind: 'reject'; readonly reason?: string };

/** What the artist asks of the core. Failures are shown; each resolves to whether it worked. */
export interface CoreActions {
  send(message: string): Promise<boolean>;
  cancelTurn(turnId: string): Promise<boolean>;
  respond(changeSet: ChangeSet, decision: Decision): Promise<boolean>;
  undo(): Promise<boolean>;
  redo(): Promise<boolean>;
  startRun(): Promise<boolean>;
  releaseRun(promptId: string): Promise<boolean>;
  cancelRun(promptId: string): Promise<boolean>;
  /** Lets another program do what is the artist's own, or not. */
  answerCall(callId: string, decision: 'accept' | 'reject'): Promise<boolean>;
  /** Accepts the items with these indexes; none: says no. */
  answerBatch(batch: Batch, keptItems: readonly number[]): Promise<boolean>;
  continueBatch(batchId: string): Promise<boolean>;
  /** Stops all of it, or takes one render out. */
  cancelBatch(batchId: string, index?: number): Promise<boolean>;
  /** Proposes the values of one render as a change. */
  useBatchItem(batchId: string, index: number): Promise<boolean>;
  keepWaiting(promptId: string): Promise<boolean>;
  /** The last lines that ComfyUI wrote; undefined when they could not be had. */
  readComfyLog(): Promise<readonly string[] | undefined>;
  openWorkflow(source: WorkflowSource): Promise<boolean>;
  /** Resolves to what failed, to be shown where it was asked. */
  saveWorkflow(path: string, overwrite: boolean): Promise<AppError | undefined>;
  exportWorkflow(format: 'graph' | 'api'): Promise<ResultOf<'workflow/export'> | undefined>;
  checkWorkflow(): Promise<boolean>;
  readReceipt(promptId: string): Promise<Receipt | undefined>;
  /** The system's own dialog has asked before, so it replaces what is there. */
  saveReceipt(promptId: string, path: string): Promise<boolean>;
  createSession(): Promise<boolean>;
  openSession(sessionId: string): Promise<boolean>;
  renameSession(sessionId: string, title: string): Promise<boolean>;
  deleteSession(sessionId: string): Promise<boolean>;
  connectComfy(target: ParamsOf<'comfy/connect'>['target']): Promise<AppError | undefined>;
  /** None where they cannot be had. */
  listPeaks(): Promise<ResultOf<'machine/peaks'>['peaks']>;
  forgetPeaks(): Promise<boolean>;
  changeSettings(settings: ParamsOf<'settings/set'>): Promise<boolean>;
  /** The ComfyUI of this computer, through comfy-cli. */
  readonly comfyCli: ComfyCliActions;
  /** Undefined when it could not be asked. */
  listServers(): Promise<ResultOf<'comfy/discover'> | undefined>;
  /** What failed is given back, to be shown where it was asked. */
  saveServer(server: ServerForm, replaces?: string): Promise<Settings | Failed>;
  removeServer(url: string): Promise<Settings | Failed>;
  testServer(server: ServerForm, replaces?: string): Promise<DiscoveredServer | Failed>;
  /** Other programs that may work with us; undefined when it could not be asked. */
  readPrograms(): Promise<ResultOf<'mcp/status'> | undefined>;
  connectProgram(
    client: ParamsOf<'mcp/install'>['client'],
    undo: boolean,
  ): Promise<ResultOf<'mcp/install'> | undefined>;
  /** Makes a new key for them; the old one is worth nothing from then on. */
  renewProgramKey(): Promise<boolean>;
  /** Trusts the certificate that was shown, and connects; resolves to what failed. */
  trustServer(url: string, fingerprint: string): Promise<AppError | undefined>;
}

/** Starting and stopping the ComfyUI of this computer. */
export interface ComfyCliActions {
  look(): Promise<{ readonly folder: string } | undefined>;
  start(): Promise<ResultOf<'comfy-cli/start'> | Failed>;
  /** Resolves to what failed. */
  stop(): Promise<AppError | undefined>;
  logs(): Promise<ResultOf<'comfy-cli/logs'> | Failed>;
}

interface Failed {
  readonly failed: AppError;
}

/** Makes the actions that go over the contract. */
export function createCoreActions(app: App, view: ViewActions): CoreActions {
  const ask = async <M extends MethodName>(
    method: M,
    params: ParamsOf<M>,
  ): Promise<ResultOf<M> | undefined> => {
    const answer = await app.connection.call(method, params);
    if (answer.ok) return answer.value;
    view.showError(answer.error);
    return undefined;
  };
  const inSession = async <M extends MethodName>(
    method: M,
    toParams: (sessionId: string) => ParamsOf<M>,
  ): Promise<ResultOf<M> | undefined> => {
    const { sessionId } = app.store.getState();
    return sessionId === null ? undefined : ask(method, toParams(sessionId));
  };
  const worked = (answer: unknown): boolean => answer !== undefined;

  const connectComfy: CoreActions['connectComfy'] = async (target) => {
    const { sessionId } = app.store.getState();
    const answer = await app.connection.call('comfy/connect', {
      target,
      ...(sessionId === null ? {} : { sessionId }),
    });
    return answer.ok ? undefined : answer.error;
  };
  const startRun = async (): Promise<boolean> =>
    worked(await inSession('run/start', (sessionId) => ({ sessionId })));

  return {
    readPrograms: () => ask('mcp/status', {}),
    connectProgram: (client, undo) => ask('mcp/install', { client, undo }),
    renewProgramKey: async () => worked(await ask('mcp/rotate-token', {})),
    send: async (message) =>
      worked(await inSession('turn/send', (sessionId) => ({ sessionId, message }))),
    cancelTurn: async (turnId) =>
      worked(await inSession('turn/cancel', (sessionId) => ({ sessionId, turnId }))),
    respond: async (changeSet, decision) =>
      worked(
        await inSession('changeset/respond', (sessionId) =>
          toResponse(sessionId, changeSet, decision),
        ),
      ),
    undo: async () => worked(await inSession('history/undo', (sessionId) => ({ sessionId }))),
    redo: async () => worked(await inSession('history/redo', (sessionId) => ({ sessionId }))),
    startRun,
    releaseRun: async (promptId) =>
      worked(await inSession('run/release', (sessionId) => ({ sessionId, promptId }))),
    cancelRun: async (promptId) =>
      worked(await inSession('run/cancel', (sessionId) => ({ sessionId, promptId }))),
    answerCall: async (callId, decision) =>
      worked(await inSession('tool/respond', (sessionId) => ({ sessionId, callId, decision }))),
    answerBatch: async ({ batchId, digest }, keptItems) =>
      worked(
        await inSession('batch/respond', (sessionId) => ({
          sessionId,
          batchId,
          digest,
          decision: keptItems.length === 0 ? ('reject' as const) : ('accept' as const),
          ...(keptItems.length === 0 ? {} : { keptItems: [...keptItems] }),
        })),
      ),
    continueBatch: async (batchId) =>
      worked(await inSession('batch/continue', (sessionId) => ({ sessionId, batchId }))),
    cancelBatch: async (batchId, index) =>
      worked(
        await inSession('batch/cancel', (sessionId) => ({
          sessionId,
          batchId,
          ...(index === undefined ? {} : { index }),
        })),
      ),
    useBatchItem: async (batchId, index) => {
      const used = await inSession('batch/use', (sessionId) => ({ sessionId, batchId, index }));
      if (used !== undefined) view.selectChangeSet(used.changeSetId);
      return worked(used);
    },
    keepWaiting: async (promptId) =>
      worked(await inSession('run/keep-waiting', (sessionId) => ({ sessionId, promptId }))),
    readComfyLog: async () => (await ask('comfy/log', {}))?.lines,
    openWorkflow: createWorkflowOpener(app, view),
    saveWorkflow: async (path, overwrite) => {
      const target = path === '' ? {} : { path };
      const { sessionId } = app.store.getState();
      if (sessionId === null) return undefined;
      const saved = await app.connection.call('workflow/save', {
        sessionId,
        overwrite,
        ...target,
      });
      if (!saved.ok) return saved.error;
      view.showText(`Saved as ${saved.value.path}`);
      return undefined;
    },
    exportWorkflow: (format) =>
      inSession('workflow/export', (sessionId) => ({ sessionId, format })),
    checkWorkflow: async () => {
      const answer = await inSession('workflow/validate', (sessionId) => ({ sessionId }));
      if (answer === undefined) return false;
      const { problems } = answer;
      app.store.setState((state) => ({
        view: { ...state.view, problems, dialog: 'problems' },
      }));
      return true;
    },
    readReceipt: async (promptId) => {
      const answer = await inSession('run/receipt', (sessionId) => ({ sessionId, promptId }));
      return answer?.receipt;
    },
    saveReceipt: async (promptId, path) => {
      const saved = await inSession('run/save-receipt', (sessionId) => ({
        sessionId,
        promptId,
        path,
        overwrite: true,
      }));
      if (saved !== undefined) view.showText(`Saved as ${saved.path}`);
      return worked(saved);
    },
    createSession: async () => {
      const created = await ask('session/create', {});
      if (created === undefined) return false;
      return (await app.openSession(created.sessionId)).ok;
    },
    openSession: async (sessionId) => {
      const opened = await app.openSession(sessionId);
      if (!opened.ok) view.showError(opened.error);
      return opened.ok;
    },
    renameSession: async (sessionId, title) =>
      worked(await ask('session/rename', { sessionId, title })),
    deleteSession: async (sessionId) => worked(await ask('session/delete', { sessionId })),
    connectComfy,
    listPeaks: async () => (await ask('machine/peaks', {}))?.peaks ?? [],
    forgetPeaks: async () => worked(await ask('machine/forget-peaks', {})),
    changeSettings: async (settings) => worked(await ask('settings/set', settings)),
    comfyCli: {
      look: async () => {
        const answer = await app.connection.call('comfy-cli/look', {});
        return answer.ok ? (answer.value.install ?? undefined) : undefined;
      },
      start: async () => {
        const answer = await app.connection.call('comfy-cli/start', {});
        return answer.ok ? answer.value : { failed: answer.error };
      },
      stop: async () => {
        const answer = await app.connection.call('comfy-cli/stop', {});
        return answer.ok ? undefined : answer.error;
      },
      logs: async () => {
        const answer = await app.connection.call('comfy-cli/logs', {});
        return answer.ok ? answer.value : { failed: answer.error };
      },
    },
    listServers: () => ask('comfy/discover', {}),
    saveServer: async (server, replaces) => {
      const params = { server, ...(replaces === undefined ? {} : { replaces }) };
      const answer = await app.connection.call('server/save', params);
      return answer.ok ? answer.value.settings : { failed: answer.error };
    },
    removeServer: async (url) => {
      const answer = await app.connection.call('server/remove', { url });
      return answer.ok ? answer.value.settings : { failed: answer.error };
    },
    testServer: async (server, replaces) => {
      const params = { server, ...(replaces === undefined ? {} : { replaces }) };
      const answer = await app.connection.call('server/test', params);
      return answer.ok ? answer.value.server : { failed: answer.error };
    },
    trustServer: async (url, fingerprint) => {
      const trusted = await app.connection.call('server/trust', { url, fingerprint });
      return trusted.ok ? connectComfy({ url }) : trusted.error;
    },
  };
}

function toResponse(
  sessionId: string,
  changeSet: ChangeSet,
  decision: Decision,
): ParamsOf<'changeset/respond'> {
  const { changeSetId, digest, baseRevision } = changeSet;
  const bound = { sessionId, changeSetId, digest, baseRevision };
  if (decision.kind === 'reject') {
    const reason = decision.reason === undefined ? {} : { reason: decision.reason };
    return { ...bound, decision: 'reject', ...reason };
  }
  const { ops, release } = decision;
  const part = ops === undefined ? {} : { acceptedOps: [...ops] };
  return { ...bound, decision: 'accept', release, ...part };
}
