import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import { isFrontendOnly, isGetNode, isReroute, isSetNode } from '../reading/frontend-only.ts';
import { toIdText } from '../reading/graph-format.ts';
import { type IdKey, toIdKey } from '../reading/id-key.ts';
import { type GraphNode, constantName } from './graph-index.ts';
import { type Scope, payloadId } from './scope.ts';
import { bypassSlot, inputSlots, outputType } from './slots.ts';
import { FROM_OUTSIDE } from './wires.ts';

/** What an input gets in the end: another node's output, a value, or nothing (and why). */
export type Resolved =
  | {
      readonly kind: 'link';
      readonly nodeId: string;
      readonly output: number;
      /** The class of that node has no such output any more. */
      readonly isGone?: true;
    }
  | { readonly kind: 'value'; readonly value: JsonValue; readonly from?: JsonObject }
  | { readonly kind: 'none'; readonly why: NoneReason };

export type NoneReason =
  /** The file names a link that is not in it, or a node that is not there. */
  | 'dangling'
  | 'muted'
  /** Bypassed, and nothing that goes in fits what should come out. */
  | 'nothing-fits'
  /** A page-only node that leads to nothing. */
  | 'open-end'
  /** A subgraph input that nothing is linked to; an inner setting keeps its own value. */
  | 'own-value'
  | 'loop';

/**
 * Follows a link to what really feeds it, through reroutes, bypassed nodes, subgraphs and get/set pairs.
 * `wanted` is the type of the input that asks, which decides what a bypassed node passes on.
 */
export function resolveLink(scope: Scope, linkId: IdKey, wanted: string): Resolved {
  const first = follow(scope, linkId, wanted);
  return first.kind === 'next' ? followOn({ scope, linkId }, first, wanted) : first;
}

interface Place {
  readonly scope: Scope;
  readonly linkId: IdKey;
}

/** Where a link leads: to an end, or on to another link. */
type Step = Resolved | ({ readonly kind: 'next' } & Place);

/** The rest of a way of several links, from its first one on. */
function followOn(first: Place, second: Step, wanted: string): Resolved {
  const seen = new Set([placeKey(first)]);
  // A loop rather than recursion: chains of reroutes may be thousands long.
  let from = first;
  let at = second;
  /** Value of the outermost instance passed so far: it holds when nothing further out has one. */
  let held: JsonValue | undefined;
  let viaNode = false;
  while (at.kind === 'next') {
    if (at.scope === from.scope) viaNode = true;
    else held = valueAtBoundary(from) ?? held;
    from = at;
    const key = placeKey(from);
    if (seen.has(key)) return none('loop');
    seen.add(key);
    at = follow(from.scope, from.linkId, wanted);
  }
  // A primitive writes into the settings that it is wired to itself; behind a reroute it reaches none.
  if (at.kind === 'value' && at.from !== undefined && viaNode) at = none('own-value');
  const hasNone = at.kind === 'none' && at.why === 'own-value';
  return hasNone && held !== undefined ? { kind: 'value', value: held } : at;
}

function placeKey({ scope, linkId }: Place): string {
  return `${scope.prefix}/${linkId}`;
}

/** What a subgraph's instance stores for the input that a link comes from, if it comes from one. */
function valueAtBoundary({ scope, linkId }: Place): JsonValue | undefined {
  const link = scope.graph.wires.get(linkId);
  return link !== undefined && link.origin === FROM_OUTSIDE
    ? scope.inputValues.get(link.originSlot)
    : undefined;
}

const next = (scope: Scope, linkId: IdKey): Step => ({ kind: 'next', scope, linkId });

const none = (why: NoneReason): Resolved => ({ kind: 'none', why });

function follow(scope: Scope, linkId: IdKey, wanted: string): Step {
  const link = scope.graph.wires.get(linkId);
  if (link === undefined) return none('dangling');
  if (link.origin === FROM_OUTSIDE && scope.parent !== undefined) {
    return followOutwards(scope, scope.parent, link.originSlot);
  }
  const origin = scope.graph.nodes.get(link.origin);
  if (origin === undefined) return none('dangling');
  return followNode(scope, origin, link.originSlot, wanted);
}

function followNode(scope: Scope, origin: GraphNode, slot: number, wanted: string): Step {
  const { type, nodeClass, mode } = origin;
  if (nodeClass === undefined) {
    // What the page itself follows, it follows whether muted or not.
    if (type === 'PrimitiveNode') return primitiveValue(origin);
    if (isReroute(type) || isSetNode(type)) return followFirstInput(scope, origin);
    if (isGetNode(type)) return followName(scope, constantName(origin.json));
  }
  if (mode === 'muted') return none('muted');
  if (mode === 'bypassed') return followThrough(scope, origin, slot, wanted);
  if (nodeClass !== undefined) {
    const link = toLink(scope, origin, slot);
    return slot < nodeClass.outputs.length ? link : { ...link, isGone: true };
  }
  const inside = scope.inside(origin);
  if (inside !== undefined) return followInwards(inside, slot);
  return isFrontendOnly(type) ? none('open-end') : toLink(scope, origin, slot);
}

/** Through a bypassed node to what it passes on. */
function followThrough(scope: Scope, bypassed: GraphNode, slot: number, wanted: string): Step {
  const { slots, links } = inputSlots(bypassed);
  const input = bypassSlot(slots, slot, outputType(bypassed, slot), wanted);
  if (input < 0) return none('nothing-fits');
  const linkId = links[input];
  return linkId === undefined ? none('open-end') : next(scope, linkId);
}

function toLink(scope: Scope, node: GraphNode, output: number): Resolved & { kind: 'link' } {
  return { kind: 'link', nodeId: payloadId(scope, node), output };
}

function followFirstInput(scope: Scope, node: GraphNode): Step {
  const first = inputsOf(node).find(isJsonObject);
  const linkId = toIdKey(first?.['link']);
  return linkId === undefined ? none('open-end') : next(scope, linkId);
}

function inputsOf({ json }: GraphNode): readonly JsonValue[] {
  return isJsonArray(json['inputs']) ? json['inputs'] : [];
}

function followName(scope: Scope, name: string): Step {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent?.scope) {
    const setter = at.graph.setNodes.get(name);
    if (setter !== undefined) return followFirstInput(at, setter);
  }
  return none('open-end');
}

function primitiveValue({ json }: GraphNode): Resolved {
  const values = json['widgets_values'];
  const value = isJsonArray(values) ? values[0] : undefined;
  return value === undefined ? none('open-end') : { kind: 'value', value, from: json };
}

/** From inside a subgraph to what is linked to its instance. */
function followOutwards(scope: Scope, parent: NonNullable<Scope['parent']>, slot: number): Step {
  const name = scope.graph.inputNames[slot];
  const inputs = inputsOf(parent.instance).filter(isJsonObject);
  // Names tell: sockets of settings that nothing is linked to are not saved, so positions differ.
  const input =
    typeof name === 'string'
      ? inputs.find((candidate) => (candidate['name'] ?? '') === name)
      : inputs[slot];
  const linkId = toIdKey(input?.['link']);
  if (linkId !== undefined) return next(parent.scope, linkId);
  const value = scope.inputValues.get(slot);
  return value === undefined ? none('own-value') : { kind: 'value', value };
}

/** From an instance's output to the inner node that feeds it. */
function followInwards(inside: Scope, slot: number): Step {
  const link = inside.graph.outputWires.get(slot);
  return link === undefined ? none('open-end') : next(inside, link.id);
}

/** Broadcast links of older cg-use-everywhere files: what feeds an input that has no wire. */
export function broadcastLink(
  scope: Scope,
  nodeId: string,
  slot: number,
): { readonly nodeId: string; readonly output: number } | undefined {
  const found = scope.graph.broadcasts.find(
    (entry) =>
      toIdText(entry['downstream']) === nodeId && Number(entry['downstream_slot']) === slot,
  );
  if (found === undefined) return undefined;
  const upstream = scope.graph.nodes.get(toIdKey(found['upstream']) ?? '');
  if (upstream?.mode !== 'active') return undefined;
  return { nodeId: payloadId(scope, upstream), output: Number(found['upstream_slot'] ?? 0) };
}
