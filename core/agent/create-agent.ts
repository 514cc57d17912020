import { type Disposable, createDisposableBag } from '../base/disposable.ts';
import type { Settings } from '../contract/machine/machine.schema.ts';
import type { Assets, Images } from '../ports/assets.ts';
import type { Clock } from '../ports/clock.ts';
import type { Comfy } from '../ports/comfy.ts';
import type { Gpu } from '../ports/gpu.ts';
import type { Machine } from '../ports/machine.ts';
import type { Files } from '../ports/files.ts';
import type { Digest, Ids } from '../ports/ids.ts';
import type { Log } from '../ports/log.ts';
import type { Model } from '../ports/model.ts';
import type { ModelFiles } from '../ports/model-files.ts';
import type {
  RunTimesRepository,
  ReceiptRepository,
  SessionRepository,
  SettingsRepository,
} from '../ports/repositories.ts';
import type { PeakRepository } from '../ports/peaks.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { AnyTool, ToolContext } from '../tools/define-tool.ts';
import { type BatchDesk, createBatchDesk } from './batches/batch-desk.ts';
import { type ChangeSetDesk, createChangeSetDesk } from './workflows/change-set-desk.ts';
import { type ComfyLink, type ComfyTarget, createComfyLink } from './servers/comfy-link.ts';
import { type ForecastDesk, createForecastDesk } from './machine/forecast-desk.ts';
import { createPeakMemory } from './machine/peak-memory.ts';
import { createMachineWatch } from './machine/machine-watch.ts';
import { openDocument } from './workflows/open-document.ts';
import { createLearnedTimes } from './runs/pace/learned-times.ts';
import { type ReceiptDesk, createReceiptDesk } from './receipts/create-receipt-desk.ts';
import { type RunCoordinator, createRunCoordinator } from './runs/run-coordinator.ts';
import { createSessionDesk } from './sessions/session-desk.ts';
import { type SessionRegistry, createSessionRegistry } from './sessions/session-registry.ts';
import type { SessionStore } from './sessions/session-store.ts';
import { type ServerDesk, type ServerDeskParts, createServerDesk } from './servers/server-desk.ts';
import { type TurnLoop, createTurnLoop } from './turns/turn-loop.ts';
import { type Template, type WorkflowDesk, createWorkflowDesk } from './workflows/workflow-desk.ts';
import { type WorkspaceStore, createWorkspaceStore } from './sessions/workspace-store.ts';
import { type Result, ok } from '../base/result.ts';
import type { AppError } from '../contract/errors.ts';

/** Everything that thinks and decides, over ports only. */
export interface Agent extends Disposable {
  readonly workspace: WorkspaceStore;
  readonly sessions: SessionRegistry;
  readonly link: ComfyLink;
  readonly servers: ServerDesk;
  readonly changeSets: ChangeSetDesk;
  readonly workflows: WorkflowDesk;
  readonly runs: RunCoordinator;
  readonly receipts: ReceiptDesk;
  readonly modelFiles: ModelFiles;
  readonly batches: BatchDesk;
  readonly turns: TurnLoop;
  readonly forecasts: ForecastDesk;
  /** Reads what is stored; call once before anything else. */
  start(): Promise<void>;
  changeSettings(change: Partial<Settings>): Promise<Result<Settings, AppError>>;
}

/** The outside world, by its ports. */
export interface AgentParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly digest: Digest;
  readonly log: Log;
  readonly files: Files;
  readonly images: Images;
  /** Absent where nothing can be measured. */
  readonly gpu?: Gpu;
  readonly machine?: Machine;
  /** Where is kept what runs took of the card; absent: nowhere. */
  readonly peakRepository?: PeakRepository;
  readonly assets: Assets;
  readonly modelFiles: ModelFiles;
  readonly sessionRepository: SessionRepository;
  readonly receiptRepository: ReceiptRepository;
  readonly settingsRepository: SettingsRepository;
  readonly runTimesRepository: RunTimesRepository;
  readonly model: Model;
  readonly tools: readonly AnyTool[];
  readonly templates: readonly Template[];
  readonly workflowFolder: string;
  readonly secrets: Secrets;
  readonly splitAddress: ServerDeskParts['splitAddress'];
  readonly probeServer: ServerDeskParts['probe'];
  readonly appVersion: string;
  readonly openComfy: (target: ComfyTarget) => Promise<Result<Comfy, AppError>>;
}

/** Wires the agent's parts together. */
export function createAgent(parts: AgentParts): Agent {
  const { clock, ids, digest, files, model, tools, templates, workflowFolder } = parts;
  const bag = createDisposableBag();
  const workspace = createWorkspaceStore(clock);
  const sessions = bag.add(
    createSessionRegistry({ repository: parts.sessionRepository, clock, ids }),
  );
  const machine = bag.add(
    createMachineWatch({ workspace, gpu: parts.gpu, machine: parts.machine }),
  );
  const link = bag.add(createComfyLink({ open: parts.openComfy, workspace, clock, machine }));
  const catalog = (): ComfyLink['catalog'] => link.catalog;
  const changeSets = createChangeSetDesk({ clock, ids, digest, catalog });
  const workflows = createWorkflowDesk({ files, templates, changeSets, workflowFolder });
  const learned = createLearnedTimes(parts.runTimesRepository, parts.log);
  const receipts = bag.add(createReceiptDesk({ ...parts, link, workspace }));
  const memory = createPeakMemory({ clock, log: parts.log, repository: parts.peakRepository });
  const forecasts = createForecastDesk({ ...parts, link, workspace, memory });
  const runs = bag.add(
    createRunCoordinator({
      ...parts,
      learned,
      link,
      onPrepared: (store, run) => receipts.open(store, run),
      learn: (run) => forecasts.learn(run),
    }),
  );
  const batches = bag.add(createBatchDesk({ clock, ids, digest, link, runs, changeSets, learned }));
  const settings = (): Settings => workspace.state.settings;

  const changeSettings: Agent['changeSettings'] = async (change) => {
    const next = { ...settings(), ...change };
    const saved = await parts.settingsRepository.save(next);
    if (!saved.ok) return saved;
    workspace.dispatch({ type: 'settings/changed', settings: next });
    return ok(next);
  };
  const { secrets, splitAddress, probeServer: probe } = parts;
  const servers = createServerDesk({ settings, changeSettings, secrets, splitAddress, probe });

  /** Settings of before had the password in the address. */
  const hideCredentials = async (): Promise<void> => {
    const { comfyUrl } = settings();
    const kept = comfyUrl === null ? undefined : await servers.keepAddress(comfyUrl);
    if (kept?.ok === true && kept.value !== comfyUrl)
      await changeSettings({ comfyUrl: kept.value });
  };

  const createContext = (
    store: SessionStore,
    turn: Parameters<Parameters<typeof createTurnLoop>[0]['createContext']>[1],
  ): ToolContext => {
    const document = openDocument(store.state);
    return {
      session: store.state,
      document: document.ok ? document.value : null,
      catalog: link.catalog,
      freshCatalog: async () => {
        await link.refreshCatalog();
        return link.catalog;
      },
      comfy: link.current ?? null,
      otherServers: link.others,
      hardware: workspace.state.hardware ?? null,
      forecast: (changeSetId) => forecasts.forecast(store.state, changeSetId),
      forecastDocument: (document) => forecasts.forecastDocument(document),
      templates,
      files,
      desk: createSessionDesk({ ...turn, store, settings, workflows, changeSets, runs, batches }),
      cancellation: turn.cancellation,
    };
  };
  const turns = createTurnLoop({
    clock,
    ids,
    log: parts.log,
    model: () => model,
    tools,
    changeSets,
    runs,
    toolSeconds: () => settings().toolSeconds,
    createContext,
  });

  bag.add(
    sessions.onListChanged(() => {
      workspace.dispatch({ type: 'sessions/changed', sessions: sessions.list() });
    }),
  );
  bag.add(
    link.onCatalogChanged(() => {
      for (const store of sessions.opened) changeSets.followCatalog(store);
    }),
  );
  const resume = (store: SessionStore): void => {
    runs.resume(store);
    batches.resume(store);
  };
  bag.add(
    sessions.onOpened((store) => {
      receipts.follow(store);
      resume(store);
    }),
  );
  bag.add(sessions.onRemoved((sessionId) => void receipts.forget(sessionId)));
  bag.add(
    workspace.onEnvelope(({ action }) => {
      if (action.type !== 'connection/changed' || !link.ready().ok) return;
      for (const store of sessions.opened) resume(store);
      receipts.resume(sessions.opened);
    }),
  );

  return {
    workspace,
    sessions,
    link,
    servers,
    changeSets,
    workflows,
    runs,
    receipts,
    modelFiles: parts.modelFiles,
    batches,
    turns,
    forecasts,
    start: async () => {
      workspace.dispatch({
        type: 'settings/changed',
        settings: await parts.settingsRepository.load(),
      });
      await hideCredentials();
      const { id, name, isBuiltIn } = model;
      workspace.dispatch({ type: 'model/changed', model: { id, name, isBuiltIn } });
      await learned.load();
      await memory.load();
      await sessions.start();
    },
    changeSettings,
    dispose: () => bag.dispose(),
  };
}
