import { type Event, createEmitter } from '../../base/emitter.ts';
import type { WorkspaceAction, WorkspaceEnvelope, WorkspaceState } from '../../contract/actions.ts';
import { emptyWorkspace, workspaceReducer } from '../../domain/session/workspace-reducer.ts';
import type { Clock } from '../../ports/clock.ts';

/** The only writer of what all sessions share; not stored. */
export interface WorkspaceStore {
  readonly state: WorkspaceState;
  readonly seq: number;
  readonly onEnvelope: Event<WorkspaceEnvelope>;
  dispatch(action: WorkspaceAction): void;
}

/** Starts from an empty workspace. */
export function createWorkspaceStore(clock: Clock): WorkspaceStore {
  const envelopes = createEmitter<WorkspaceEnvelope>();
  let state = emptyWorkspace;
  let seq = 0;
  return {
    get state() {
      return state;
    },
    get seq() {
      return seq;
    },
    onEnvelope: envelopes.event,
    dispatch: (action) => {
      const next = workspaceReducer(state, action);
      if (next === state) return;
      state = next;
      seq += 1;
      envelopes.fire({ seq, at: clock.now(), action });
    },
  };
}
