import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { NodeCatalog } from '../catalog.ts';
import { isFrontendOnly, isGetNode, isReroute, isSetNode } from '../reading/frontend-only.ts';
import { objectsIn, storedInputs, storedMode, toIdText } from '../reading/graph-format.ts';
import { SUBGRAPH_INPUT_ID, SUBGRAPH_OUTPUT_ID } from '../widgets/promoted-widgets.ts';
import { type Scope, constantName, payloadId, typeOf } from './scope.ts';
import { bypassSlot, inputSlots, outputType } from './slots.ts';

/** What an input gets in the end: another node's output, a value, or nothing (and why). */
export type Resolved =
  | { readonly kind: 'link'; readonly nodeId: string; readonly output: number }
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

/** Follows a link to what really feeds it, through reroutes, bypassed nodes, subgraphs and get/set pairs. */
export function resolveLink(
  scope: Scope,
  linkId: string,
  wanted: string,
  catalog: NodeCatalog,
): Resolved {
  const seen = new Set<string>();
  // A loop rather than recursion: chains of reroutes may be thousands long.
  let at: Step = next(scope, linkId);
  /** Value of the outermost instance passed so far: it holds when nothing further out has one. */
  let held: JsonValue | undefined;
  let viaNode = false;
  while (at.kind === 'next') {
    const step = `${at.scope.prefix}/${at.linkId}`;
    if (seen.has(step)) return none('loop');
    seen.add(step);
    const from: { readonly scope: Scope; readonly linkId: string } = at;
    at = follow(from.scope, from.linkId, { catalog, wanted });
    if (at.kind === 'next' && at.scope !== from.scope) held = valueAtBoundary(from) ?? held;
    else if (at.kind === 'next') viaNode = true;
  }
  // A primitive writes into the settings that it is wired to itself; behind a reroute it reaches none.
  if (at.kind === 'value' && at.from !== undefined && viaNode) at = none('own-value');
  const hasNone = at.kind === 'none' && at.why === 'own-value';
  return hasNone && held !== undefined ? { kind: 'value', value: held } : at;
}

/** What a subgraph's instance stores for the input that a link comes from, if it comes from one. */
function valueAtBoundary({
  scope,
  linkId,
}: {
  readonly scope: Scope;
  readonly linkId: string;
}): JsonValue | undefined {
  const link = scope.links.get(linkId);
  return link?.originId === SUBGRAPH_INPUT_ID ? scope.inputValues.get(link.originSlot) : undefined;
}

interface Walk {
  readonly catalog: NodeCatalog;
  /** Type of the input that asks, which decides what a bypassed node passes on. */
  readonly wanted: string;
}

/** Where a link leads: to an end, or on to another link. */
type Step = Resolved | { readonly kind: 'next'; readonly scope: Scope; readonly linkId: string };

const next = (scope: Scope, linkId: string): Step => ({ kind: 'next', scope, linkId });

const none = (why: NoneReason): Resolved => ({ kind: 'none', why });

function follow(scope: Scope, linkId: string, walk: Walk): Step {
  const link = scope.links.get(linkId);
  if (link === undefined) return none('dangling');
  if (link.originId === SUBGRAPH_INPUT_ID && scope.parent !== undefined) {
    return followOutwards(scope, link.originSlot);
  }
  const origin = scope.nodes.get(link.originId);
  if (origin === undefined) return none('dangling');
  return followNode(scope, origin, link.originSlot, walk);
}

function followNode(scope: Scope, origin: JsonObject, slot: number, walk: Walk): Step {
  const type = typeOf(origin);
  const nodeClass = walk.catalog.get(type);
  if (nodeClass === undefined && type === 'PrimitiveNode') return primitiveValue(origin);
  const mode = storedMode(origin);
  if (mode === 'muted') return none('muted');
  if (mode === 'bypassed') {
    const slots = inputSlots(origin, nodeClass);
    const input = bypassSlot(slots, slot, outputType(origin, nodeClass, slot), walk.wanted);
    if (input === undefined) return none('nothing-fits');
    return input.linkId === undefined ? none('open-end') : next(scope, input.linkId);
  }
  if (nodeClass !== undefined) return toLink(scope, origin, slot);
  if (isReroute(type) || isSetNode(type)) return followFirstInput(scope, origin);
  if (isGetNode(type)) return followName(scope, constantName(origin));
  const inside = scope.inside(origin);
  if (inside !== undefined) return followInwards(inside, slot);
  return isFrontendOnly(type) ? none('open-end') : toLink(scope, origin, slot);
}

function toLink(scope: Scope, node: JsonObject, output: number): Resolved {
  return { kind: 'link', nodeId: payloadId(scope, node), output };
}

function followFirstInput(scope: Scope, node: JsonObject): Step {
  const linkId = storedInputs(node)[0]?.linkId;
  return linkId === undefined ? none('open-end') : next(scope, linkId);
}

function followName(scope: Scope, name: string): Step {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent?.scope) {
    const setter = at.setNodes.get(name);
    if (setter !== undefined) return followFirstInput(at, setter);
  }
  return none('open-end');
}

function primitiveValue(node: JsonObject): Resolved {
  const values = node['widgets_values'];
  const value = isJsonArray(values) ? values[0] : undefined;
  return value === undefined ? none('open-end') : { kind: 'value', value, from: node };
}

/** From inside a subgraph to what is linked to its instance. */
function followOutwards(scope: Scope, slot: number): Step {
  const parent = scope.parent;
  if (parent === undefined) return none('dangling');
  const name = objectsIn(scope.definition['inputs'])[slot]?.['name'];
  const inputs = storedInputs(parent.instance);
  // Names tell: sockets of settings that nothing is linked to are not saved, so positions differ.
  const input =
    typeof name === 'string' ? inputs.find((candidate) => candidate.name === name) : inputs[slot];
  if (input?.linkId !== undefined) return next(parent.scope, input.linkId);
  const value = scope.inputValues.get(slot);
  return value === undefined ? none('own-value') : { kind: 'value', value };
}

/** From an instance's output to the inner node that feeds it. */
function followInwards(inside: Scope, slot: number): Step {
  const output = objectsIn(inside.definition['outputs'])[slot];
  const ids = output !== undefined && isJsonArray(output['linkIds']) ? output['linkIds'] : [];
  for (const id of ids) {
    const link = inside.links.get(toIdText(id) ?? '');
    if (link?.targetId === SUBGRAPH_OUTPUT_ID) return next(inside, link.id);
  }
  for (const link of inside.links.values()) {
    if (link.targetId === SUBGRAPH_OUTPUT_ID && link.targetSlot === slot) {
      return next(inside, link.id);
    }
  }
  return none('open-end');
}

/** Broadcast links of older cg-use-everywhere files: what feeds an input that has no wire. */
export function broadcastLink(
  scope: Scope,
  nodeId: string,
  slot: number,
): { readonly nodeId: string; readonly output: number } | undefined {
  const extra = scope.definition['extra'];
  const list = isJsonObject(extra) ? objectsIn(extra['ue_links']) : [];
  const found = list.find(
    (entry) =>
      toIdText(entry['downstream']) === nodeId && Number(entry['downstream_slot']) === slot,
  );
  if (found === undefined) return undefined;
  const upstream = scope.nodes.get(toIdText(found['upstream']) ?? '');
  if (upstream === undefined || storedMode(upstream) !== 'active') return undefined;
  return { nodeId: payloadId(scope, upstream), output: Number(found['upstream_slot'] ?? 0) };
}
