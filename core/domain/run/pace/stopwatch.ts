import { type JsonObject, isJsonObject } from '../../../base/json.ts';
import { nodeWeight } from '../node-weight.ts';
import type { ProgressEvent } from '../track-progress.ts';
import type { MeasuredNode } from './run-times.ts';

/** The node at work and what was measured so far; times in ms of any clock. */
export interface Stopwatch {
  readonly current?: {
    readonly nodeId: string;
    readonly since: number;
    readonly lastSign: number;
    readonly quietMs: number;
  };
  readonly measured: ReadonlyMap<string, { readonly ms: number; readonly quietMs: number }>;
}

/** Nothing measured yet. */
export const STOPPED: Stopwatch = { measured: new Map() };

/** Folds one event of a run in: how long each node worked, and how long it was silent at most. */
export function timeNodes(watch: Stopwatch, event: ProgressEvent, at: number): Stopwatch {
  switch (event.kind) {
    case 'node-started':
      if (watch.current?.nodeId === event.nodeId) return sign(watch, at);
      return { ...lap(watch, at), current: begin(event.nodeId, at) };
    case 'step':
      return watch.current?.nodeId === event.nodeId
        ? sign(watch, at)
        : { ...lap(watch, at), current: begin(event.nodeId, at) };
    case 'node-finished':
      return watch.current?.nodeId === event.nodeId ? lap(watch, at) : watch;
    case 'ended':
      return lap(watch, at);
    case 'preview':
      return sign(watch, at);
    case 'failed':
    case 'interrupted':
      // How long it would have taken is not known.
      return { measured: watch.measured };
    default:
      return watch;
  }
}

/** What a run measured, by the nodes of its payload. */
export function measuredNodes(watch: Stopwatch, payload: JsonObject): readonly MeasuredNode[] {
  return [...watch.measured].flatMap(([nodeId, times]) => {
    const node = payload[nodeId];
    if (!isJsonObject(node) || typeof node['class_type'] !== 'string') return [];
    return [{ classType: node['class_type'], units: nodeWeight(node), ...times }];
  });
}

function begin(nodeId: string, at: number): NonNullable<Stopwatch['current']> {
  return { nodeId, since: at, lastSign: at, quietMs: 0 };
}

function sign(watch: Stopwatch, at: number): Stopwatch {
  const { current } = watch;
  if (current === undefined) return watch;
  const quietMs = Math.max(current.quietMs, at - current.lastSign);
  return { ...watch, current: { ...current, lastSign: at, quietMs } };
}

function lap(watch: Stopwatch, at: number): Stopwatch {
  const { current } = sign(watch, at);
  if (current === undefined) return watch;
  const before = watch.measured.get(current.nodeId);
  const times = {
    ms: (before?.ms ?? 0) + at - current.since,
    quietMs: Math.max(before?.quietMs ?? 0, current.quietMs),
  };
  return { measured: new Map(watch.measured).set(current.nodeId, times) };
}
