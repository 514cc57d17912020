import { type JsonObject, isJsonObject } from '../../../base/json.ts';
import type { NodeCatalog } from '../catalog.ts';
import { objectsIn, storedSubgraphs, toIdText } from '../view/graph-format.ts';
import { viewSavedNode } from '../view/view-graph.ts';
import { type GraphState, type LinkIndex, linkIndexOf, nodeOf } from '../store/graph-state.ts';
import type { NodeView } from '../view/view.ts';
import type { Part } from './nodes/part.ts';
import { isSameValue } from './same-value.ts';

/** Two versions without what is surely the same in both. */
export interface Remainder {
  readonly before: Part;
  readonly after: Part;
  /** True for a node that is the same in both versions, with all that leads into it. */
  readonly isSettled: (id: string) => boolean;
}

/**
 * Leaves out of a comparison the nodes that are the same JSON under the same id and are fed by the same
 * outputs; shared parts are told by identity. Undefined when the two are not versions of one file, or
 * share ids within themselves: then everything has to be compared.
 */
export function unsettledNodes(
  before: GraphState,
  after: GraphState,
  catalog: NodeCatalog,
): Remainder | undefined {
  if (!before.index.isUnique || !after.index.isUnique) return undefined;
  const open = changedNodes(before, after);
  if (open === undefined) return undefined;
  const links = linksOf(before, after);
  const moved = movedLinks(before, after, links, open);
  const instances = changedDefinitions(before.shell, after.shell);
  if (moved.size > 0 || instances.size > 0) {
    for (const state of [before, after]) {
      for (const id of state.index.positions.keys()) {
        const node = nodeOf(state, id);
        if (node !== undefined && isTouched(node, moved, instances)) open.add(id);
      }
    }
  }
  return {
    before: partOf(before, links.before, open, catalog),
    after: partOf(after, links.after, open, catalog),
    isSettled: (id) => !open.has(id) && after.index.positions.has(id),
  };
}

/** Undefined for two files of unlike origin: pairing by id needs most ids to stand for one class in both. */
function changedNodes(before: GraphState, after: GraphState): Set<string> | undefined {
  const open = new Set<string>();
  if (before.index === after.index) {
    for (const position of before.nodes.changesTo(after.nodes)) {
      const next = after.nodes.get(position) ?? null;
      const id = isJsonObject(next) ? toIdText(next['id']) : undefined;
      if (id !== undefined && !isSameValue(before.nodes.get(position), next)) open.add(id);
    }
    return open;
  }
  const [was, is] = [before.index.positions, after.index.positions];
  let pairs = 0;
  for (const [id, position] of is) {
    const old = nodeOf(before, id);
    const isSame = isSameValue(old, after.nodes.get(position));
    if (!isSame) open.add(id);
    if (isSame || old?.['type'] === nodeOf(after, id)?.['type']) pairs += 1;
  }
  for (const id of was.keys()) {
    if (!is.has(id)) open.add(id);
  }
  return pairs * 2 >= Math.min(was.size, is.size) ? open : undefined;
}

interface Links {
  readonly before: LinkIndex;
  readonly after: LinkIndex;
}

/** One index for both where the lists of links are the same. */
function linksOf(before: GraphState, after: GraphState): Links {
  const next = linkIndexOf(after.shell);
  const isSame = isSameValue(before.shell['links'], after.shell['links']);
  return { before: isSame ? next : linkIndexOf(before.shell), after: next };
}

/** Links that start elsewhere now, or at a node whose outputs are others. */
function movedLinks(
  before: GraphState,
  after: GraphState,
  links: Links,
  open: ReadonlySet<string>,
): ReadonlySet<string> {
  const moved = new Set<string>();
  if (links.before !== links.after) {
    noteMoved(links.before, links.after, moved);
    noteMoved(links.after, links.before, moved);
  }
  for (const id of open) {
    const [was, is] = [nodeOf(before, id), nodeOf(after, id)];
    if (was !== undefined && is !== undefined && offersTheSame(was, is)) continue;
    for (const index of [links.before, links.after])
      for (const link of index.outgoing.get(id) ?? []) moved.add(link);
  }
  return moved;
}

function noteMoved(from: LinkIndex, to: LinkIndex, moved: Set<string>): void {
  for (const [id, { originId, originSlot }] of from.byId) {
    const other = to.byId.get(id);
    if (other?.originId !== originId || other.originSlot !== originSlot) moved.add(id);
  }
}

function offersTheSame(before: JsonObject, after: JsonObject): boolean {
  if (before['type'] !== after['type']) return false;
  const [old, next] = [objectsIn(before['outputs']), objectsIn(after['outputs'])];
  return old.length === next.length && old.every((slot, at) => slot['name'] === next[at]?.['name']);
}

/** Subgraphs that are not the same in both; their instances may show other settings. */
function changedDefinitions(before: JsonObject, after: JsonObject): ReadonlySet<string> {
  if (isSameValue(before['definitions'], after['definitions'])) return new Set();
  return new Set([...storedSubgraphs(before).keys(), ...storedSubgraphs(after).keys()]);
}

function isTouched(
  node: JsonObject,
  moved: ReadonlySet<string>,
  instances: ReadonlySet<string>,
): boolean {
  if (typeof node['type'] === 'string' && instances.has(node['type'])) return true;
  return objectsIn(node['inputs']).some((input) => moved.has(toIdText(input['link']) ?? ''));
}

function partOf(
  state: GraphState,
  { byId: links }: LinkIndex,
  open: ReadonlySet<string>,
  catalog: NodeCatalog,
): Part {
  const subgraphs = storedSubgraphs(state.shell);
  const seen = new Map<string, NodeView>();
  const view = (id: string): NodeView | undefined => {
    const known = seen.get(id);
    const node = known === undefined ? nodeOf(state, id) : undefined;
    if (node === undefined) return known;
    const made = viewSavedNode(node, { catalog, subgraphs, links });
    seen.set(id, made);
    return made;
  };
  const nodes = inFileOrder(state, open);
  return {
    nodes,
    view: { nodes: [...nodes.keys()].flatMap((id) => view(id) ?? []), node: view },
  };
}

function inFileOrder(
  { nodes, index }: GraphState,
  ids: ReadonlySet<string>,
): ReadonlyMap<string, JsonObject> {
  const placed = [...ids].flatMap((id) => {
    const position = index.positions.get(id);
    const node = position === undefined ? undefined : nodes.get(position);
    return position !== undefined && isJsonObject(node) ? [{ id, position, node }] : [];
  });
  placed.sort((a, b) => a.position - b.position);
  return new Map(placed.map(({ id, node }) => [id, node]));
}
