import { assertNever } from '../../base/result.ts';
import type { SessionAction } from '../../contract/actions.ts';
import type { Run, RunStatus } from '../../contract/run/run.schema.ts';
import { COPIED_LISTS, type SessionLists } from '../session/session-lists.ts';

type RunAction = Extract<SessionAction, { readonly type: `run/${string}` }>;

const moves: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  proposed: ['queued', 'failed', 'cancelled', 'unclear'],
  queued: ['running', 'succeeded', 'failed', 'cancelled', 'unclear'],
  running: ['succeeded', 'failed', 'cancelled', 'unclear'],
  succeeded: ['verified', 'needs-attention'],
  verified: [],
  'needs-attention': [],
  failed: [],
  cancelled: [],
  unclear: [],
};

/** True when ComfyUI will do nothing more for this run. */
export function isRunOver(run: Run): boolean {
  return !(run.status === 'proposed' || run.status === 'queued' || run.status === 'running');
}

/** True when nothing more will be said about the run, its verdict included. */
export function isRunSettled(run: Run): boolean {
  return isRunOver(run) && run.status !== 'succeeded';
}

/** proposed → queued → running → succeeded → verified | needs-attention, or failed | cancelled | unclear. */
export function runReducer<State extends { readonly runs: readonly Run[] }>(
  state: State,
  action: RunAction,
  at: number,
  lists: SessionLists = COPIED_LISTS,
): State {
  const { runs } = state;
  if (action.type === 'run/proposed') {
    const { run } = action;
    const isKnown = lists.find(runs, run.promptId, idOf) >= 0;
    return isKnown ? state : { ...state, runs: lists.append(runs, run) };
  }
  const index = lists.find(runs, action.promptId, idOf);
  const current = runs[index];
  if (current === undefined) return state;
  const next = reduceRun(current, action, at);
  return next === current ? state : { ...state, runs: lists.replace(runs, index, next) };
}

function idOf({ promptId }: Run): string {
  return promptId;
}

function reduceRun(
  run: Run,
  action: Exclude<RunAction, { readonly type: 'run/proposed' }>,
  at: number,
): Run {
  switch (action.type) {
    case 'run/released':
      return run.status === 'proposed' ? { ...run, queuedAt: at } : run;
    case 'run/queued':
      return may(run, 'queued')
        ? { ...run, status: 'queued', queuedAt: at, warnings: action.warnings }
        : run;
    case 'run/queue-moved':
      return run.status === 'queued'
        ? { ...moving(run), queuePosition: action.queuePosition }
        : run;
    case 'run/started':
      return may(run, 'running') ? { ...moving(run), status: 'running', startedAt: at } : run;
    case 'run/stalled':
      return isRunOver(run) ? run : { ...run, stall: action.stall };
    case 'run/kept-waiting':
      return moving(run);
    case 'run/progress':
      return run.status === 'running' ? { ...moving(run), progress: action.progress } : run;
    case 'run/output':
      return run.status === 'running'
        ? { ...moving(run), outputs: [...run.outputs, ...action.outputs] }
        : run;
    case 'run/ended': {
      if (!may(run, action.status)) return run;
      const { status, outputs, fromCache, measured, failure } = action;
      return {
        ...moving(run),
        status,
        outputs,
        endedAt: at,
        ...(fromCache === undefined ? {} : { fromCache }),
        ...(measured === undefined ? {} : { measured }),
        ...(failure === undefined ? {} : { failure }),
      };
    }
    case 'run/verified': {
      const { verdict, outputs = run.outputs } = action;
      const status = verdict.outcome === 'as-asked' ? 'verified' : 'needs-attention';
      return may(run, status) ? { ...run, status, verdict, outputs } : run;
    }
    default:
      return assertNever(action);
  }
}

/** The same object when it did not stand still. */
function moving(run: Run): Run {
  const { stall, ...rest } = run;
  return stall === undefined ? run : rest;
}

function may(run: Run, status: RunStatus): boolean {
  return moves[run.status].includes(status);
}
