import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Result, ok } from '../../core/base/result.ts';
import type { WorkspaceEnvelope, WorkspaceState } from '../../core/contract/actions.ts';
import type { Client } from '../../core/contract/wire/client.ts';
import type { Notification } from '../../core/contract/wire/envelope.ts';
import type { AppError } from '../../core/contract/errors.ts';
import { workspaceReducer } from '../../core/domain/session/workspace-reducer.ts';
import {
  type Connection,
  type Hello,
  type Opened,
  createConnection,
} from '../transport/create-connection.ts';
import type { Scheduler } from '../transport/scheduler.ts';
import { type AppState, createInitialState } from './app-state.ts';
import { createCatalogLoader } from './catalog-loader.ts';
import { createForecastLoader } from './forecast-loader.ts';
import { stepMirror } from './mirror.ts';
import { type SessionMemory, chooseSession } from './choose-session.ts';
import { createSessionSync } from './session-sync.ts';

/** What the window is made of outside React: one store, and the link that feeds it. */
export interface App {
  readonly store: StoreApi<AppState>;
  readonly connection: Connection;
  readonly scheduler: Scheduler;
  /** Shows another session and follows it. */
  openSession(sessionId: string): Promise<Result<void, AppError>>;
  dispose(): void;
}

export interface AppOptions {
  readonly open: () => Promise<Opened>;
  readonly scheduler: Scheduler;
  /** Which session this window showed last. */
  readonly memory: SessionMemory;
}

/** Connects a store to the core. Everything shown comes from snapshots and numbered actions. */
export function createApp(options: AppOptions): App {
  const store = createStore<AppState>(() => createInitialState());
  const { getState, setState } = store;
  // The wire being set up is used before the connection counts as open.
  let wire: Client | undefined;

  const sync = createSessionSync({
    subscribe: (sessionId, since) =>
      (wire ?? connection).call(
        'session/subscribe',
        since === undefined ? { sessionId } : { sessionId, since },
      ),
    getHeld: () => {
      const { sessionId, session } = getState();
      return sessionId === null ? null : { sessionId, mirror: session };
    },
    setHeld: (sessionId, mirror) => {
      if (getState().sessionId === sessionId) setState({ session: mirror });
    },
  });
  const catalogs = createCatalogLoader({
    getState,
    setState,
    fetch: (classTypes) => connection.call('catalog/classes', { classTypes: [...classTypes] }),
  });

  const forecasts = createForecastLoader({
    getState,
    setState,
    scheduler: options.scheduler,
    fetch: (sessionId) => connection.call('machine/forecast', { sessionId }),
  });

  const readWorkspace = async (client: Pick<Client, 'call'>): Promise<Result<void, AppError>> => {
    const answer = await client.call('workspace/subscribe', {});
    if (!answer.ok) return answer;
    setState({ workspace: answer.value });
    return ok(undefined);
  };
  const onWorkspace = (envelope: WorkspaceEnvelope): void => {
    const { workspace, sessionId } = getState();
    if (workspace === null) return;
    const step = stepMirror(workspace, envelope, reduceWorkspace);
    if (step.kind === 'gap') void readWorkspace(connection);
    if (step.kind !== 'applied') return;
    setState({ workspace: step.mirror });
    const { sessions } = step.mirror.state;
    const isGone = sessionId !== null && !sessions.some((item) => item.sessionId === sessionId);
    if (envelope.action.type === 'sessions/changed' && isGone) void leaveDeleted();
  };
  const leaveDeleted = async (): Promise<void> => {
    setState({ sessionId: null, session: null });
    const chosen = await chooseSession(connection, getState().workspace?.state.sessions ?? [], {
      load: () => null,
      save: options.memory.save,
    });
    if (chosen.ok) await openSession(chosen.value);
  };
  const onNotification = (notification: Notification): void => {
    if (notification.channel === 'workspace') onWorkspace(notification.envelope);
    else sync.receive(notification.sessionId, notification.envelope);
  };
  const onConnected = async (client: Client, hello: Hello): Promise<Result<void, AppError>> => {
    wire = client;
    setState({ hello });
    const workspace = await readWorkspace(client);
    if (!workspace.ok) return workspace;
    const sessions = getState().workspace?.state.sessions ?? [];
    const open = getState().sessionId;
    // The open session may have been deleted while the link was down.
    if (!sessions.some((session) => session.sessionId === open)) {
      const chosen = await chooseSession(client, sessions, options.memory);
      if (!chosen.ok) return chosen;
      setState({ sessionId: chosen.value, session: null });
    }
    const caughtUp = await sync.catchUp();
    if (caughtUp.ok) void readTemplates(client);
    return caughtUp;
  };
  const readTemplates = async (client: Client): Promise<void> => {
    const answer = await client.call('template/list', {});
    if (answer.ok) setState({ templates: answer.value.templates });
  };
  const openSession = async (sessionId: string): Promise<Result<void, AppError>> => {
    const before = getState().sessionId;
    if (before === sessionId) return ok(undefined);
    setState(({ view }) => ({
      sessionId,
      session: null,
      view: { ...view, pane: { kind: 'workflow' }, changeSetId: null, leftOut: {}, focus: null },
    }));
    options.memory.save(sessionId);
    if (before !== null) void connection.call('session/unsubscribe', { sessionId: before });
    return sync.catchUp();
  };

  const connection = createConnection({
    open: options.open,
    scheduler: options.scheduler,
    onStatus: (link) => setState({ link }),
    onNotification,
    onConnected,
  });
  const unsubscribe = store.subscribe((state, previous) => {
    if (state.session !== previous.session || state.workspace !== previous.workspace) {
      catalogs.refresh();
      forecasts.refresh();
    }
  });
  return {
    store,
    connection,
    scheduler: options.scheduler,
    openSession,
    dispose: () => {
      unsubscribe();
      forecasts.dispose();
      connection.dispose();
    },
  };
}

function reduceWorkspace(state: WorkspaceState, envelope: WorkspaceEnvelope): WorkspaceState {
  return workspaceReducer(state, envelope.action);
}
