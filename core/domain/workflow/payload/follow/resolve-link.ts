import { type JsonObject, type JsonValue, isJsonObject } from '../../../../base/json.ts';
import { isFrontendOnly, isGetNode, isReroute, isSetNode } from '../../view/frontend-only.ts';
import { storedOutputs, toTypeText } from '../../view/graph-format.ts';
import type { IdKey } from '../../view/id-key.ts';
import { type GraphNode, firstValue } from '../graph/graph-node.ts';
import { type Scope, payloadId } from '../graph/scope.ts';
import { bypassSlot } from '../graph/slots.ts';
import { FROM_OUTSIDE } from '../graph/wires.ts';

/** What an input gets in the end: another node's output, a value, or nothing (and why). */
export type Resolved =
  | {
      readonly kind: 'link';
      readonly nodeId: string;
      readonly output: number;
      /** The class of that node has no such output any more. */
      readonly isGone: boolean;
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

/** A link on the way, and the type that what it feeds asks for: a bypassed node goes by it. */
interface Place {
  readonly scope: Scope;
  readonly linkId: IdKey;
  readonly wanted: string;
}

/** Where a link leads: to an end, or on to another link. */
type Step = Resolved | ({ readonly kind: 'next' } & Place);

/**
 * Follows a link to what really feeds it, through reroutes, bypassed nodes, subgraphs and get/set pairs.
 * `wanted` is the type of the input that asks, which decides what a bypassed node passes on.
 */
export function resolveLink(scope: Scope, linkId: IdKey, wanted: string): Resolved {
  const start = { scope, linkId, wanted };
  const first = follow(start);
  return first.kind === 'next' ? followOn(start, first) : first;
}

/** The rest of a way of several links, from its first one on. */
function followOn(start: Place, second: Step): Resolved {
  // A loop rather than recursion: chains of reroutes may be thousands long.
  let from = start;
  let at = second;
  // Every place is compared with the one of the last power of two, so that each circle is met in the end.
  let mark = start;
  let steps = 0;
  /** Value of the outermost instance passed so far: it holds when nothing further out has one. */
  let held: JsonValue | undefined;
  let viaNode = false;
  while (at.kind === 'next') {
    if (at.scope === mark.scope && at.linkId === mark.linkId) return none('loop');
    if (at.scope === from.scope) viaNode = true;
    else held = valueAtBoundary(from) ?? held;
    steps += 1;
    if ((steps & (steps - 1)) === 0) mark = at;
    from = at;
    at = follow(at);
  }
  // A primitive writes into the settings that it is wired to itself; behind a reroute it reaches none.
  if (at.kind === 'value' && at.from !== undefined && viaNode) return none('open-end');
  const hasNone = at.kind === 'none' && at.why === 'own-value';
  return hasNone && held !== undefined ? { kind: 'value', value: held } : at;
}

/** What a subgraph's instance stores for the input that a link comes from, if it comes from one. */
function valueAtBoundary({ scope, linkId }: Place): JsonValue | undefined {
  const wire = scope.graph.wires.get(linkId);
  return wire?.origin === FROM_OUTSIDE ? scope.inputValues.get(wire.originSlot) : undefined;
}

const none = (why: NoneReason): Resolved => ({ kind: 'none', why });

const nextOr = (why: NoneReason, scope: Scope, linkId: IdKey | undefined, wanted: string): Step =>
  linkId === undefined ? none(why) : { kind: 'next', scope, linkId, wanted };

function follow({ scope, linkId, wanted }: Place): Step {
  const wire = scope.graph.wires.get(linkId);
  if (wire === undefined) return none('dangling');
  if (wire.origin === FROM_OUTSIDE && scope.parent !== undefined) {
    return followOutwards(scope, scope.parent, wire.originSlot);
  }
  const origin = scope.graph.nodes.get(wire.origin);
  if (origin === undefined) return none('dangling');
  return followNode(scope, origin, wire.originSlot, wanted);
}

function followNode(scope: Scope, origin: GraphNode, slot: number, wanted: string): Step {
  const { type, nodeClass, mode } = origin;
  if (nodeClass === undefined) {
    // What the page itself follows, it follows whether muted or not.
    if (type === 'PrimitiveNode') return primitiveValue(scope, origin);
    if (isReroute(type) || isSetNode(type)) return followFirstInput(scope, origin, wanted);
    if (isGetNode(type)) return followName(scope, firstValue(origin), wanted);
  }
  if (mode === 'muted') return none('muted');
  if (mode === 'bypassed') return followThrough(scope, origin, slot, wanted);
  if (nodeClass !== undefined) return toLink(scope, origin, slot, nodeClass.outputs.length);
  const inside = scope.inside(origin);
  if (inside === 'endless') return none('loop');
  if (inside !== undefined) {
    return nextOr('open-end', inside, inside.graph.outputWires.get(slot)?.id, wanted);
  }
  return isFrontendOnly(type) ? none('open-end') : toLink(scope, origin, slot, Infinity);
}

/** Through a bypassed node to what it passes on; what feeds that is asked for the type of its own input. */
function followThrough(scope: Scope, bypassed: GraphNode, slot: number, wanted: string): Step {
  const { json, nodeClass } = bypassed;
  const { slots, links } = bypassed.slots;
  // The class knows best what comes out, the file stands in.
  const type = nodeClass?.outputs[slot]?.type ?? toTypeText(storedOutputs(json)[slot]?.type);
  const input = bypassSlot(slots, slot, type, wanted);
  const passed = slots[input];
  if (passed === undefined) return none('nothing-fits');
  return nextOr('open-end', scope, links[input], passed.type);
}

function toLink(scope: Scope, node: GraphNode, output: number, outputs: number): Resolved {
  return { kind: 'link', nodeId: payloadId(scope, node), output, isGone: output >= outputs };
}

function followFirstInput(scope: Scope, { slots }: GraphNode, wanted: string): Step {
  return nextOr('open-end', scope, slots.links[0], wanted);
}

function followName(scope: Scope, name: JsonValue | undefined, wanted: string): Step {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent?.scope) {
    const setter = at.graph.setNodes.get(name);
    if (setter !== undefined) return followFirstInput(at, setter, wanted);
  }
  return none('open-end');
}

/** A primitive's own value, or the one that the group node around it shows for it. */
function primitiveValue({ overrides }: Scope, node: GraphNode): Resolved {
  const value = overrides.get(node.id)?.get('value') ?? firstValue(node);
  return value === undefined ? none('open-end') : { kind: 'value', value, from: node.json };
}

/** From inside a subgraph to what is linked to its instance. */
function followOutwards(
  { graph, inputValues }: Scope,
  { scope, instance }: NonNullable<Scope['parent']>,
  slot: number,
): Step {
  const { slots, links } = instance.slots;
  const name = graph.inputNames[slot];
  // Names tell: sockets of settings that nothing is linked to are not saved, so positions differ.
  const index = typeof name === 'string' ? slots.findIndex((each) => each.name === name) : slot;
  const linkId = links[index];
  const value = inputValues.get(slot);
  if (linkId === undefined && value !== undefined) return { kind: 'value', value };
  return nextOr('own-value', scope, linkId, slots[index]?.type ?? '*');
}

/** True when a primitive's text is to have its name tokens filled in before it is handed on. */
export function wantsTokensFilled({ properties }: JsonObject): boolean {
  return isJsonObject(properties) && properties['Run widget replace on values'] === true;
}
