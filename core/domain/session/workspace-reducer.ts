import { assertNever } from '../../base/result.ts';
import type { WorkspaceAction, WorkspaceState } from '../../contract/actions.ts';

/** What a page shows before the core has told it anything, and what the core starts from. */
export const emptyWorkspace: WorkspaceState = {
  connection: { status: 'offline', isPractice: false, missing: [] },
  stats: null,
  queue: { running: [], pending: [] },
  sessions: [],
  settings: { comfyUrl: null, releaseRuns: 'artist-asked', theme: 'system' },
  model: { id: 'built-in', name: 'Built-in assistant', isBuiltIn: true },
};

/** Folds one action into what all sessions share, in the core and in every page alike. */
export function workspaceReducer(state: WorkspaceState, action: WorkspaceAction): WorkspaceState {
  switch (action.type) {
    case 'connection/changed': {
      // Numbers of a server that is gone would only mislead.
      const isGone = action.connection.status === 'offline' || action.connection.status === 'error';
      const queue = isGone ? emptyWorkspace.queue : state.queue;
      const stats = isGone ? null : state.stats;
      const next = withHardware(
        { ...state, connection: action.connection, stats, queue },
        action.connection.url === state.connection.url ? state.hardware : undefined,
      );
      return isGone ? withGpus(next, {}) : next;
    }
    case 'machine/measured':
      return withGpus({ ...state, stats: action.stats }, action);
    case 'machine/profiled':
      return withHardware(state, action.hardware);
    case 'queue/changed':
      return { ...state, queue: action.queue };
    case 'sessions/changed':
      return { ...state, sessions: action.sessions };
    case 'settings/changed':
      return { ...state, settings: action.settings };
    case 'model/changed':
      return { ...state, model: action.model };
    default:
      return assertNever(action);
  }
}

/** Another server may be another machine. */
function withHardware(state: WorkspaceState, hardware: WorkspaceState['hardware']): WorkspaceState {
  const others = { ...state };
  delete others.hardware;
  return hardware === undefined ? others : { ...others, hardware };
}

type Measured = Pick<WorkspaceState, 'gpus' | 'comfyGpu' | 'gpuTrouble'>;

/** What the driver said before does not outlive what it says now. */
function withGpus(state: WorkspaceState, { gpus, comfyGpu, gpuTrouble }: Measured): WorkspaceState {
  const others = { ...state };
  delete others.gpus;
  delete others.comfyGpu;
  delete others.gpuTrouble;
  return {
    ...others,
    ...(gpus === undefined ? {} : { gpus }),
    ...(comfyGpu === undefined ? {} : { comfyGpu }),
    ...(gpuTrouble === undefined ? {} : { gpuTrouble }),
  };
}
