import { type JsonObject, isJsonObject } from '../../../base/json.ts';
import type { NodeCatalog } from '../catalog.ts';
import { objectsIn, storedSubgraphs, toIdText } from '../reading/graph-format.ts';
import { viewSavedNode } from '../reading/view-graph.ts';
import { type GraphState, type LinkIndex, linkIndexOf, nodeOf } from '../store/graph-state.ts';
import type { NodeView } from '../view.ts';
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
  if (!before.index.isUnique || !after.index.isUnique || !isSameFile(before, after))
    return undefined;
  const open = changedNodes(before, after);
  const moved = movedLinks(before, after, open);
  const instances = changedDefinitions(before.shell, after.shell);
  if (moved.size > 0 || instances.size > 0) {
    for (const state of [before, after]) {
      for (const [id] of state.index.positions) {
        const node = nodeOf(state, id);
        if (node !== undefined && isTouched(node, moved, instances)) open.add(id);
      }
    }
  }
  return {
    before: partOf(before, open, catalog),
    after: partOf(after, open, catalog),
    isSettled: (id) => !open.has(id) && after.index.positions.has(id),
  };
}

/** The rule by which nodes are paired by id: most ids that both have stand for the same class. */
function isSameFile(before: GraphState, after: GraphState): boolean {
  if (before.index === after.index) return true;
  let pairs = 0;
  for (const id of before.index.positions.keys()) {
    if (nodeOf(before, id)?.['type'] === nodeOf(after, id)?.['type']) pairs += 1;
  }
  return pairs * 2 >= Math.min(before.index.positions.size, after.index.positions.size);
}

function changedNodes(before: GraphState, after: GraphState): Set<string> {
  const open = new Set<string>();
  if (before.index === after.index) {
    for (const position of before.nodes.changesTo(after.nodes)) {
      const next = after.nodes.get(position) ?? null;
      const id = isJsonObject(next) ? toIdText(next['id']) : undefined;
      if (id !== undefined && !isSameValue(before.nodes.get(position), next)) open.add(id);
    }
    return open;
  }
  for (const id of after.index.positions.keys()) {
    if (!isSameValue(nodeOf(before, id), nodeOf(after, id))) open.add(id);
  }
  for (const id of before.index.positions.keys()) {
    if (!after.index.positions.has(id)) open.add(id);
  }
  return open;
}

/** Links that start elsewhere now, or at a node whose outputs are others. */
function movedLinks(
  before: GraphState,
  after: GraphState,
  open: ReadonlySet<string>,
): ReadonlySet<string> {
  const moved = new Set<string>();
  const [old, next] = [linkIndexOf(before.shell), linkIndexOf(after.shell)];
  if (old !== next) {
    noteMoved(old, next, moved);
    noteMoved(next, old, moved);
  }
  for (const id of open) {
    const [was, is] = [nodeOf(before, id), nodeOf(after, id)];
    if (was !== undefined && is !== undefined && offersTheSame(was, is)) continue;
    for (const index of [old, next])
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

function partOf(state: GraphState, open: ReadonlySet<string>, catalog: NodeCatalog): Part {
  const subgraphs = storedSubgraphs(state.shell);
  const links = linkIndexOf(state.shell).byId;
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
