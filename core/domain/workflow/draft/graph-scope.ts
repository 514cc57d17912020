import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import { type StoredLink, readLink, storedInputs, toIdText } from '../view/graph-format.ts';
import { isSameJson } from '../patch/same-json.ts';
import { type GraphState, graphOf, linkIndexOf, nodeOf } from '../store/graph-state.ts';
import { type NodeTable, createNodeTable } from '../store/node-table.ts';
import { SUBGRAPH_INPUT_ID, SUBGRAPH_OUTPUT_ID } from '../widgets/promoted-widgets.ts';

/** One graph (the root, or a subgraph's definition) being edited; ids are the graph's own. */
export interface GraphScope {
  /** In file order, new ones last. */
  readonly nodes: NodeTable;
  sourceOf(linkId: string): StoredLink | undefined;
  /** Inputs that the outputs of a node feed, boundaries left out. */
  targetsOf(nodeId: string): readonly StoredLink[];
  setNode(nodeId: string, node: JsonObject): void;
  /** Every link must be gone before. */
  deleteNode(nodeId: string): void;
  /** Links an output to the input slot at `targetSlot`, which must be free. */
  addLink(link: Omit<StoredLink, 'id'>): void;
  removeLink(linkId: string): void;
  /** Takes away every link that starts or ends at a node. */
  isolate(nodeId: string): void;
  noteNodeId(nodeId: string): void;
  /** The edited nodes, when nothing but nodes in their places was edited; else undefined. */
  replaced(): ReadonlyMap<string, JsonObject> | undefined;
  /** The edited graph; the one that was opened when nothing changed. */
  finish(): JsonObject;
}

/** Opens a graph for editing; everything that is not edited stays the same object. */
export function createGraphScope(state: GraphState): GraphScope {
  // Only its nodes may be of another version, and those are read from the table.
  const graph = state.shell;
  const nodes = createNodeTable(state);
  const changedNodes = nodes.touched;
  let opened: OpenLinks | undefined;
  const linkTables = (): OpenLinks => (opened ??= openLinks(graph));
  const addedLinks: StoredLink[] = [];
  const removedLinks = new Set<string>();
  const keys = new Map<string, JsonValue>();
  const key = (name: string): JsonValue | undefined => keys.get(name) ?? graph[name];

  const setNode = (nodeId: string, node: JsonObject): void => {
    nodes.set(nodeId, node);
  };
  const editSlots = (
    nodeId: string,
    side: 'inputs' | 'outputs',
    edit: (slot: JsonObject, index: number) => JsonObject,
  ): void => {
    const node = nodes.get(nodeId);
    const slots = node?.[side];
    if (node === undefined || !isJsonArray(slots)) return;
    const next = slots.map((slot, index) => (isJsonObject(slot) ? edit(slot, index) : slot));
    if (next.some((slot, index) => slot !== slots[index]))
      setNode(nodeId, { ...node, [side]: next });
  };
  const editBoundary = (
    side: 'inputs' | 'outputs',
    edit: (ids: Ids, slot: number) => Ids,
  ): void => {
    const slots = key(side);
    if (!isJsonArray(slots)) return;
    const next = slots.map((slot, index) => {
      if (!isJsonObject(slot) || !isJsonArray(slot['linkIds'])) return slot;
      const ids = edit(slot['linkIds'], index);
      return ids === slot['linkIds'] ? slot : { ...slot, linkIds: ids };
    });
    if (next.some((slot, index) => slot !== slots[index])) keys.set(side, next);
  };
  const removeLink = (linkId: string): void => {
    const { links, outgoing } = linkTables();
    const link = links.get(linkId);
    const without = (ids: Ids): Ids =>
      ids.some((id) => toIdText(id) === linkId) ? ids.filter((id) => toIdText(id) !== linkId) : ids;
    links.delete(linkId);
    removedLinks.add(linkId);
    if (link === undefined) return;
    outgoing.get(link.originId)?.delete(linkId);
    if (link.originId === SUBGRAPH_INPUT_ID) editBoundary('inputs', without);
    if (link.targetId === SUBGRAPH_OUTPUT_ID) editBoundary('outputs', without);
    editSlots(link.originId, 'outputs', (slot) => {
      const ids = isJsonArray(slot['links']) ? slot['links'] : [];
      const next = without(ids);
      return next === ids ? slot : { ...slot, links: next.length === 0 ? null : next };
    });
    editSlots(link.targetId, 'inputs', (slot) =>
      toIdText(slot['link']) === linkId ? { ...slot, link: null } : slot,
    );
  };
  const nextLinkId = createLinkIds(graph, keys);

  return {
    nodes,
    sourceOf: (linkId) => (opened?.links ?? linkIndexOf(graph).byId).get(linkId),
    targetsOf: (nodeId) => {
      const { links, outgoing } = linkTables();
      return [...(outgoing.get(nodeId) ?? [])].flatMap((linkId) => {
        const link = links.get(linkId);
        return link === undefined || link.targetId === SUBGRAPH_OUTPUT_ID ? [] : [link];
      });
    },
    setNode,
    deleteNode: (nodeId) => {
      nodes.delete(nodeId);
    },
    addLink: (ends) => {
      const id = nextLinkId();
      const link = { ...ends, id: String(id) };
      const { links, outgoing } = linkTables();
      links.set(link.id, link);
      noteOutgoing(outgoing, link);
      addedLinks.push(link);
      if (link.originId === SUBGRAPH_INPUT_ID) {
        editBoundary('inputs', (ids, slot) => (slot === link.originSlot ? [...ids, id] : ids));
      }
      editSlots(link.originId, 'outputs', (slot, index) =>
        index === link.originSlot
          ? { ...slot, links: [...(isJsonArray(slot['links']) ? slot['links'] : []), id] }
          : slot,
      );
      editSlots(link.targetId, 'inputs', (slot, index) =>
        index === link.targetSlot ? { ...slot, link: id } : slot,
      );
    },
    removeLink,
    isolate: (nodeId) => {
      for (const linkId of [...(linkTables().outgoing.get(nodeId) ?? [])]) removeLink(linkId);
      const node = nodes.get(nodeId);
      for (const { linkId } of node === undefined ? [] : storedInputs(node)) {
        if (linkId !== undefined) removeLink(linkId);
      }
    },
    noteNodeId: (nodeId) => {
      raiseCounter(graph, keys, 'last_node_id', 'lastNodeId', Number(nodeId));
    },
    replaced: () => {
      const isMore = keys.size > 0 || addedLinks.length > 0 || removedLinks.size > 0;
      if (isMore || !state.index.isUnique) return undefined;
      const replaced = new Map<string, JsonObject>();
      for (const id of changedNodes) {
        const old = nodeOf(state, id);
        const node = nodes.get(id);
        if (old === undefined || node === undefined) return undefined;
        // Set to what it was, or linked and unlinked again: not a change.
        if (!isSameJson(old, node)) replaced.set(id, node);
      }
      return replaced;
    },
    finish: () => {
      const whole = graphOf(state);
      const next: Record<string, JsonValue> = { ...whole, ...Object.fromEntries(keys) };
      if (changedNodes.size > 0) next['nodes'] = rewriteNodes(whole, nodes, changedNodes);
      if (addedLinks.length > 0 || removedLinks.size > 0) {
        next['links'] = rewriteLinks(whole, addedLinks, removedLinks);
      }
      return keys.size === 0 && changedNodes.size === 0 && removedLinks.size === 0 ? whole : next;
    },
  };
}

type Ids = readonly JsonValue[];

/** The links as they are after the edits so far. */
interface OpenLinks {
  readonly links: Map<string, StoredLink>;
  readonly outgoing: Map<string, Set<string>>;
}

function openLinks(graph: JsonObject): OpenLinks {
  const links = new Map(linkIndexOf(graph).byId);
  const outgoing = new Map<string, Set<string>>();
  for (const link of links.values()) noteOutgoing(outgoing, link);
  return { links, outgoing };
}

function noteOutgoing(outgoing: Map<string, Set<string>>, link: StoredLink): void {
  const known = outgoing.get(link.originId);
  if (known === undefined) outgoing.set(link.originId, new Set([link.id]));
  else known.add(link.id);
}

/**
 * Counts up from the highest link number in the graph as it was opened, so that no link gets the number of
 * one that was taken away, and keeps the graph's counter in step.
 */
function createLinkIds(graph: JsonObject, keys: Map<string, JsonValue>): () => number {
  let last: number | undefined;
  return () => {
    last ??= Math.max(
      0,
      counterOf(graph, 'last_link_id', 'lastLinkId'),
      ...[...linkIndexOf(graph).byId.keys()].map(Number).filter(Number.isSafeInteger),
    );
    last += 1;
    raiseCounter(graph, keys, 'last_link_id', 'lastLinkId', last);
    return last;
  };
}

function counterOf(graph: JsonObject, flat: string, inState: string): number {
  const state = graph['state'];
  const values = [graph[flat], isJsonObject(state) ? state[inState] : undefined].map(Number);
  return Math.max(0, ...values.filter(Number.isSafeInteger));
}

/** 0.4 counts in `last_node_id` and `last_link_id`, 1.0 in `state`; whichever is there is raised. */
function raiseCounter(
  graph: JsonObject,
  keys: Map<string, JsonValue>,
  flat: string,
  inState: string,
  value: number,
): void {
  if (!Number.isSafeInteger(value)) return;
  const state = keys.get('state') ?? graph['state'];
  if (isJsonObject(state) && Object.hasOwn(state, inState)) {
    if (Number(state[inState]) < value) keys.set('state', { ...state, [inState]: value });
  }
  const current = keys.get(flat) ?? graph[flat];
  if (current === undefined ? !isJsonObject(state) : Number(current) < value) keys.set(flat, value);
}

function rewriteNodes(graph: JsonObject, nodes: NodeTable, changed: ReadonlySet<string>): Ids {
  const old = isJsonArray(graph['nodes']) ? graph['nodes'] : [];
  const left = new Set(changed);
  const kept = old.flatMap((entry) => {
    const id = isJsonObject(entry) ? toIdText(entry['id']) : undefined;
    if (id === undefined || !left.delete(id)) return [entry];
    const node = nodes.get(id);
    if (node === undefined) return [];
    // Set to what it was, or linked and unlinked again: not a change.
    return [isSameJson(entry, node) ? entry : node];
  });
  return [...kept, ...[...left].flatMap((id) => nodes.get(id) ?? [])];
}

function rewriteLinks(
  graph: JsonObject,
  added: readonly StoredLink[],
  removed: ReadonlySet<string>,
): Ids {
  const old = isJsonArray(graph['links']) ? graph['links'] : [];
  const kept = old.filter((entry) => !removed.has(readLink(entry)?.id ?? ''));
  const first = old.find((entry) => isJsonArray(entry) || isJsonObject(entry));
  const asObjects =
    first === undefined
      ? isJsonObject(graph['state']) || isJsonObject(graph['inputNode'])
      : isJsonObject(first);
  const fresh = added
    .filter((link) => !removed.has(link.id))
    .map((link) => (asObjects ? toLinkObject(link) : Object.values(toLinkObject(link))));
  return [...kept, ...fresh];
}

/** A link in the 1.0 shape, which is also the order of the fields in the 0.4 shape. */
function toLinkObject(link: StoredLink): JsonObject {
  return {
    id: toStoredId(link.id),
    origin_id: toStoredId(link.originId),
    origin_slot: link.originSlot,
    target_id: toStoredId(link.targetId),
    target_slot: link.targetSlot,
    type: link.type,
  };
}

/** Ids that are whole numbers are stored as numbers, as the page does. */
export function toStoredId(id: string): number | string {
  return /^-?(0|[1-9]\d{0,14})$/.test(id) ? Number(id) : id;
}
