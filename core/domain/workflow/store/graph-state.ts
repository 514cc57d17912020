import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import { type PersistentList, createPersistentList } from '../../../base/persistent-list.ts';
import type { WorkflowDocument } from '../document.ts';
import { type StoredLink, storedLinks, toIdText } from '../reading/graph-format.ts';

/**
 * One version of a graph, so that versions share what is the same: the nodes as a list with shared blocks,
 * the index of their ids as long as no node comes, goes or moves.
 */
export interface GraphState {
  /** The graph with whatever `nodes` it had when it was read; every other key is as it is now. */
  readonly shell: JsonObject;
  /** Everything in `nodes`, holes too. */
  readonly nodes: PersistentList<JsonValue>;
  readonly index: NodeIndex;
}

/** Where the nodes that have an id and a type stand in their list, in file order. */
export interface NodeIndex {
  readonly positions: ReadonlyMap<string, number>;
  /** False when two nodes share an id; then only the first or last is found here. */
  readonly isUnique: boolean;
}

/** The links of a graph by id, and by the node that they start at. */
export interface LinkIndex {
  readonly byId: ReadonlyMap<string, StoredLink>;
  readonly outgoing: ReadonlyMap<string, readonly string[]>;
}

/** The version that a graph is; found again as long as the graph lives. */
export function stateOfGraph(graph: JsonObject): GraphState {
  const known = states.get(graph);
  if (known !== undefined) return known;
  const items = isJsonArray(graph['nodes']) ? graph['nodes'] : [];
  const state: GraphState = {
    shell: graph,
    nodes: createPersistentList(items),
    index: indexNodes(items),
  };
  states.set(graph, state);
  return state;
}

/** The version that a save-format document is. */
export function stateOf(document: WorkflowDocument): GraphState {
  return ofDocument.get(document) ?? stateOfGraph(document.root);
}

/** The graph of a version, put together when it is first asked for. */
export function graphOf(state: GraphState): JsonObject {
  const known = graphs.get(state);
  if (known !== undefined) return known;
  const isAsRead = states.get(state.shell) === state;
  const graph = isAsRead ? state.shell : { ...state.shell, nodes: state.nodes.toArray() };
  graphs.set(state, graph);
  states.set(graph, state);
  return graph;
}

/** The node of a version by its id. */
export function nodeOf({ nodes, index }: GraphState, id: string): JsonObject | undefined {
  const position = index.positions.get(id);
  const node = position === undefined ? undefined : nodes.get(position);
  return isJsonObject(node) ? node : undefined;
}

/**
 * The document with some nodes in the place of those with the same ids, which it must have. Takes time and
 * memory for these nodes only; the whole graph is put together when `root` is first read.
 */
export function withNodes(
  document: WorkflowDocument,
  replaced: ReadonlyMap<string, JsonObject>,
): WorkflowDocument {
  const before = stateOf(document);
  let { nodes } = before;
  for (const [id, node] of replaced) {
    const position = before.index.positions.get(id);
    if (position !== undefined) nodes = nodes.with(position, node);
  }
  const state: GraphState = { shell: before.shell, nodes, index: before.index };
  const { format, source } = document;
  const next: WorkflowDocument =
    source === undefined
      ? {
          format,
          get root() {
            return graphOf(state);
          },
        }
      : {
          format,
          source,
          get root() {
            return graphOf(state);
          },
        };
  ofDocument.set(next, state);
  return next;
}

/** The links of a graph, indexed once for each list of links. */
export function linkIndexOf(graph: JsonObject): LinkIndex {
  const list = graph['links'];
  const known = isJsonArray(list) ? linkIndexes.get(list) : undefined;
  if (known !== undefined) return known;
  const byId = storedLinks(graph);
  let outgoing: ReadonlyMap<string, readonly string[]> | undefined;
  const index: LinkIndex = {
    byId,
    get outgoing() {
      return (outgoing ??= indexOutgoing(byId));
    },
  };
  if (isJsonArray(list)) linkIndexes.set(list, index);
  return index;
}

// Keyed by immutable values, so that they can only save time and memory.
const states = new WeakMap<JsonObject, GraphState>();
const graphs = new WeakMap<GraphState, JsonObject>();
const ofDocument = new WeakMap<WorkflowDocument, GraphState>();
const linkIndexes = new WeakMap<readonly JsonValue[], LinkIndex>();

function indexOutgoing(
  links: ReadonlyMap<string, StoredLink>,
): ReadonlyMap<string, readonly string[]> {
  const outgoing = new Map<string, string[]>();
  for (const { id, originId } of links.values()) {
    const ids = outgoing.get(originId);
    if (ids === undefined) outgoing.set(originId, [id]);
    else ids.push(id);
  }
  return outgoing;
}

function indexNodes(items: readonly JsonValue[]): NodeIndex {
  const positions = new Map<string, number>();
  let count = 0;
  for (const [position, item] of items.entries()) {
    if (!isJsonObject(item) || typeof item['type'] !== 'string') continue;
    const id = toIdText(item['id']);
    if (id === undefined) continue;
    count += 1;
    positions.set(id, position);
  }
  return { positions, isUnique: positions.size === count };
}
