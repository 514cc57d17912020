import type { RunMeasurement } from '../../contract/machine/measurement.schema.ts';

/** One measurement of the card that ComfyUI works on. */
export interface CardMeasure {
  readonly source: RunMeasurement['source'];
  readonly gpu: string;
  /** 0..100; absent where only ComfyUI tells. */
  readonly gpuPercent?: number;
  /** Bytes in use on the whole card. */
  readonly vramUsed?: number;
  readonly vramTotal?: number;
  readonly isUnified: boolean;
}

/** The measurements of a run so far. */
export interface RunMeasures {
  readonly newest: CardMeasure;
  readonly isFromDriver: boolean;
  readonly samples: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly percentSum: number;
  readonly percentCount: number;
  readonly peak?: number;
  readonly before?: number;
  readonly nodes: ReadonlyMap<string, { readonly peak: number; readonly samples: number }>;
}

/** Nodes that are told; a workflow with more is rare, and its first ones are the loaders. */
const MAX_NODES = 200;

/**
 * Folds one measurement in. It counts for the node that works at that moment: the driver's memory is of
 * that very moment, its load of the last sixth of a second to second.
 */
export function takeMeasure(
  before: RunMeasures | undefined,
  measure: CardMeasure,
  nodeId: string | undefined,
  at: number,
): RunMeasures {
  const { gpuPercent, vramUsed } = measure;
  const peak = highest(before?.peak, vramUsed);
  const first = before?.before ?? vramUsed;
  return {
    newest: measure,
    isFromDriver: before?.isFromDriver === true || measure.source === 'driver',
    samples: (before?.samples ?? 0) + 1,
    firstAt: before?.firstAt ?? at,
    lastAt: at,
    percentSum: (before?.percentSum ?? 0) + (gpuPercent ?? 0),
    percentCount: (before?.percentCount ?? 0) + (gpuPercent === undefined ? 0 : 1),
    ...(peak === undefined ? {} : { peak }),
    ...(first === undefined ? {} : { before: first }),
    nodes: withNode(before?.nodes ?? new Map(), nodeId, vramUsed),
  };
}

/** What is told of it; titles come from `titleOf`. */
export function toMeasurement(
  measures: RunMeasures,
  titleOf: (nodeId: string) => string,
): RunMeasurement {
  const { newest, isFromDriver, samples, firstAt, lastAt, percentSum, percentCount } = measures;
  const { peak, before, nodes } = measures;
  const { gpu, vramTotal, isUnified } = newest;
  return {
    source: isFromDriver ? 'driver' : 'comfyui',
    gpu,
    samples,
    intervalMs: samples < 2 ? 0 : Math.max(0, Math.round((lastAt - firstAt) / (samples - 1))),
    ...(percentCount === 0 ? {} : { gpuPercent: clampPercent(percentSum / percentCount) }),
    ...(peak === undefined ? {} : { vramPeak: peak }),
    ...(before === undefined ? {} : { vramBefore: before }),
    ...(vramTotal === undefined || vramTotal <= 0 ? {} : { vramTotal }),
    ...(isUnified ? { isUnified } : {}),
    nodes: [...nodes].map(([nodeId, node]) => ({
      nodeId,
      nodeTitle: titleOf(nodeId),
      vramPeak: node.peak,
      samples: node.samples,
    })),
  };
}

function withNode(
  nodes: RunMeasures['nodes'],
  nodeId: string | undefined,
  vramUsed: number | undefined,
): RunMeasures['nodes'] {
  if (nodeId === undefined || vramUsed === undefined) return nodes;
  const known = nodes.get(nodeId);
  if (known === undefined && nodes.size >= MAX_NODES) return nodes;
  const peak = Math.max(known?.peak ?? 0, vramUsed);
  return new Map(nodes).set(nodeId, { peak, samples: (known?.samples ?? 0) + 1 });
}

function highest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

function clampPercent(value: number): number {
  return Math.min(100, Math.max(0, Math.round(value * 10) / 10));
}
