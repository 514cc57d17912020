import { z } from 'zod';
import { type JsonObject, isJsonObject } from '../../../base/json.ts';
import { nodeWeight } from '../node-weight.ts';

/** What was learned about one node class on one server. */
const NodeTimeSchema = z.strictObject({
  /** ms per unit of `nodeWeight`, smoothed: samplers count their steps, others are one piece. */
  msPerUnit: z.number().nonnegative(),
  /** The longest time, ms, that it said nothing while it worked. */
  quietMs: z.number().nonnegative(),
  /** How often it was measured. */
  count: z.number().int().positive(),
});
export type NodeTime = Readonly<z.infer<typeof NodeTimeSchema>>;

/** By server, then by node class; the most recently learned are last. */
export const RunTimesSchema = z.record(z.string(), z.record(z.string(), NodeTimeSchema));
export type RunTimes = Readonly<Record<string, Readonly<Record<string, NodeTime>>>>;

/** One node's work in a run, ms. */
export interface MeasuredNode {
  readonly classType: string;
  readonly units: number;
  readonly ms: number;
  readonly quietMs: number;
}

const MAX_SERVERS = 12;
const MAX_CLASSES = 400;
/** How much the newest measurement counts. */
const NEWEST = 0.3;
/** A single measurement moves what is known by this factor at most: clocks are set, machines sleep. */
const MAX_LEAP = 4;
const DAY_MS = 24 * 3_600_000;

/** Adds what a run on `server` measured; the least recently learned is forgotten where there is too much. */
export function learnTimes(
  times: RunTimes,
  server: string,
  measured: readonly MeasuredNode[],
): RunTimes {
  const sound = measured.filter(({ ms, units }) => ms >= 0 && ms < DAY_MS && units > 0);
  if (sound.length === 0) return times;
  const classes = new Map(Object.entries(times[server] ?? {}));
  for (const node of sound) {
    const known = classes.get(node.classType);
    classes.delete(node.classType);
    classes.set(node.classType, learn(known, node));
  }
  const others = Object.entries(times).filter(([name]) => name !== server);
  const kept = [...classes].slice(-MAX_CLASSES);
  return Object.fromEntries([...others.slice(1 - MAX_SERVERS), [server, Object.fromEntries(kept)]]);
}

function learn(known: NodeTime | undefined, { ms, units, quietMs }: MeasuredNode): NodeTime {
  const msPerUnit = ms / units;
  if (known === undefined) return { msPerUnit, quietMs, count: 1 };
  // The first time a model is loaded says little: the second may differ by any factor.
  const limit = known.count < 2 ? Infinity : Math.max(1, known.msPerUnit) * MAX_LEAP;
  const quietLimit = known.count < 2 ? Infinity : Math.max(1_000, known.quietMs) * MAX_LEAP;
  const share = Math.max(NEWEST, 1 / (known.count + 1));
  return {
    msPerUnit: known.msPerUnit + (Math.min(msPerUnit, limit) - known.msPerUnit) * share,
    quietMs: Math.max(Math.min(quietMs, quietLimit), known.quietMs * 0.9),
    count: known.count + 1,
  };
}

/** ms that a node is expected to take; undefined where its class was never measured on this server. */
export function expectedNodeMs(
  times: RunTimes,
  server: string,
  node: JsonObject,
): number | undefined {
  const known = timeOf(times, server, node['class_type']);
  return known === undefined ? undefined : known.msPerUnit * nodeWeight(node);
}

/** What is known of a node class on a server. */
export function timeOf(times: RunTimes, server: string, classType: unknown): NodeTime | undefined {
  const classes = Object.hasOwn(times, server) ? times[server] : undefined;
  return classes !== undefined && typeof classType === 'string' && Object.hasOwn(classes, classType)
    ? classes[classType]
    : undefined;
}

/**
 * ms that the nodes of a payload are expected to take. Classes without history are guessed by those with;
 * undefined where most of the work has none.
 */
export function expectedRunMs(
  times: RunTimes,
  server: string,
  payload: JsonObject,
  isSpared: (nodeId: string) => boolean = () => false,
): number | undefined {
  let [ms, knownUnits, unknownUnits] = [0, 0, 0];
  for (const [nodeId, node] of Object.entries(payload)) {
    if (!isJsonObject(node) || isSpared(nodeId)) continue;
    const units = nodeWeight(node);
    const expected = expectedNodeMs(times, server, node);
    if (expected === undefined) unknownUnits += units;
    else {
      ms += expected;
      knownUnits += units;
    }
  }
  if (knownUnits === 0 || unknownUnits > knownUnits) return undefined;
  return Math.round(ms * (1 + unknownUnits / knownUnits));
}
