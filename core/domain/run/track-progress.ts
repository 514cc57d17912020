import { type JsonObject, isJsonObject } from '../../base/json.ts';
import type { RunProgress } from '../../contract/run/run.schema.ts';
import type { WorkflowView } from '../workflow/view/view.ts';
import { type RunTimes, expectedNodeMs, expectedRunMs } from './pace/run-times.ts';
import { nodeWeight } from './node-weight.ts';

/** What moves the progress of a run; ComfyUI's other events may be passed in and change nothing. */
export type ProgressEvent =
  | { readonly kind: 'cached'; readonly nodeIds: readonly string[] }
  | { readonly kind: 'node-started' | 'node-finished'; readonly nodeId: string }
  | {
      readonly kind: 'step';
      readonly nodeId: string;
      readonly value: number;
      readonly max: number;
    }
  | {
      readonly kind:
        | 'queue-changed'
        | 'started'
        | 'preview'
        | 'node-output'
        | 'blocked'
        | 'failed'
        | 'interrupted'
        | 'ended'
        | 'resumed';
    };

/** The fold of a run's events so far. */
export interface ProgressState {
  /** In ms where that was learned, else in sampling steps. */
  readonly weights: ReadonlyMap<string, number>;
  /** ms that the work which the cache did not spare is expected to take; only where it was learned. */
  readonly expectedMs?: number;
  readonly cached: ReadonlySet<string>;
  readonly finished: ReadonlySet<string>;
  readonly current?: string;
  /** Steps done within the nodes that report them. */
  readonly steps: ReadonlyMap<string, { readonly value: number; readonly max: number }>;
  /** 0..1 of the work that the cache did not spare; never falls. */
  readonly fraction: number;
  /** Unix ms of the first work. */
  readonly startedAt?: number;
}

/** Shorter than this nothing can be said about the rest. */
const MIN_ELAPSED_MS = 1_000;
const MIN_FRACTION = 0.03;
/** How long what was learned outweighs the present pace, as a part of the run. */
const LEARNED_SHARE = 0.25;

/**
 * The state before anything was told. The weights of the nodes are what they took before on this server;
 * where most of them are new there, a guess by their class and steps.
 */
export function startProgress(
  payload: JsonObject,
  learned: { readonly times: RunTimes; readonly server: string } = { times: {}, server: '' },
): ProgressState {
  const { times, server } = learned;
  const expectedMs = expectedRunMs(times, server, payload);
  const nodes = Object.entries(payload).flatMap(([nodeId, node]) =>
    isJsonObject(node) ? [[nodeId, node] as const] : [],
  );
  const units = nodes.reduce((sum, [, node]) => sum + nodeWeight(node), 0);
  const toWeight = (node: JsonObject): number => {
    const guess = nodeWeight(node);
    if (expectedMs === undefined) return guess;
    return expectedNodeMs(times, server, node) ?? (guess * expectedMs) / units;
  };
  return {
    weights: new Map(nodes.map(([nodeId, node]) => [nodeId, toWeight(node)])),
    ...(expectedMs === undefined ? {} : { expectedMs }),
    cached: new Set(),
    finished: new Set(),
    steps: new Map(),
    fraction: 0,
  };
}

/** Folds one event in; `at` is Unix ms. The same object when nothing changed. */
export function trackProgress(
  state: ProgressState,
  event: ProgressEvent,
  at: number,
): ProgressState {
  switch (event.kind) {
    case 'cached': {
      const cached = new Set([...state.cached, ...event.nodeIds]);
      return advance({ ...state, cached, finished: new Set([...state.finished, ...cached]) });
    }
    case 'node-started': {
      const { current } = state;
      if (current === event.nodeId) return state;
      // The node before has ended, though with two at once its own end may come later.
      const finished =
        current === undefined ? state.finished : new Set([...state.finished, current]);
      return advance({ ...begin(state, at), finished, current: event.nodeId });
    }
    case 'node-finished':
      if (state.finished.has(event.nodeId)) return state;
      return advance({
        ...begin(state, at),
        finished: new Set([...state.finished, event.nodeId]),
      });
    case 'step': {
      const { nodeId, value, max } = event;
      const steps = new Map(state.steps).set(nodeId, { value: Math.min(value, max), max });
      return advance({ ...begin(state, at), current: nodeId, steps });
    }
    case 'ended':
      return state.fraction === 1 ? state : { ...state, fraction: 1 };
    default:
      return state;
  }
}

/** The progress as it travels; titles come from `view`, the time left from the pace until `at`. */
export function toRunProgress(state: ProgressState, view: WorkflowView, at: number): RunProgress {
  const { current, fraction } = state;
  const step = current === undefined ? undefined : state.steps.get(current);
  const etaMs = timeLeft(state, at);
  const known = [...state.finished].filter((nodeId) => state.weights.has(nodeId));
  return {
    ...(current === undefined ? {} : { nodeId: current, nodeTitle: titleOf(current, view) }),
    ...(step === undefined ? {} : { step: step.value, steps: step.max }),
    finishedNodes: known.length,
    totalNodes: state.weights.size,
    fraction,
    ...(etaMs === undefined ? {} : { etaMs }),
  };
}

function begin(state: ProgressState, at: number): ProgressState {
  return state.startedAt === undefined ? { ...state, startedAt: at } : state;
}

function advance(state: ProgressState): ProgressState {
  let total = 0;
  let done = 0;
  for (const [nodeId, weight] of state.weights) {
    if (state.cached.has(nodeId)) continue;
    total += weight;
    if (state.finished.has(nodeId)) done += weight;
    else done += weight * partOf(state, nodeId);
  }
  const fraction = total === 0 ? state.fraction : Math.min(1, done / total);
  return {
    ...state,
    ...(state.expectedMs === undefined ? {} : { expectedMs: total }),
    fraction: Math.max(state.fraction, fraction),
  };
}

function partOf(state: ProgressState, nodeId: string): number {
  const step = state.steps.get(nodeId);
  return step === undefined || step.max <= 0 ? 0 : step.value / step.max;
}

function timeLeft(state: ProgressState, at: number): number | undefined {
  const { fraction, startedAt, expectedMs } = state;
  if (startedAt === undefined) return undefined;
  // A clock that was set back says nothing about the pace.
  const elapsed = Math.max(0, at - startedAt);
  if (expectedMs !== undefined && expectedMs > 0) {
    // At first what was learned counts, then more and more how it goes this time.
    const learned = expectedMs * LEARNED_SHARE;
    const pace = (elapsed + learned) / (fraction * expectedMs + learned);
    return Math.round(expectedMs * (1 - fraction) * pace);
  }
  if (fraction < MIN_FRACTION) return undefined;
  return elapsed < MIN_ELAPSED_MS ? undefined : Math.round((elapsed / fraction) * (1 - fraction));
}

function titleOf(nodeId: string, view: WorkflowView): string {
  return view.node(nodeId)?.title ?? `Node ${nodeId}`;
}
