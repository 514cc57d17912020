import {
  type JsonObject,
  type JsonValue,
  isJsonArray,
  isJsonObject,
  jsonEntries,
  jsonObject,
} from '../../../base/json.ts';
import { type PersistentList, createPersistentList } from '../../../base/persistent-list.ts';
import type { WorkflowDocument } from '../document.ts';
import { type StoredLink, storedLinks, toIdText } from '../view/graph-format.ts';

/**
 * One version of a graph, so that versions share what is the same: the nodes as a list with shared blocks,
 * the index of their ids as long as no node comes, goes or moves.
 */
export interface GraphState {
  /** What the nodes are put together to: an array among other keys, or (API format) an object by id. */
  readonly format: WorkflowDocument['format'];
  /** The graph with whatever nodes it had when it was read; every other key is as it is now. */
  readonly shell: JsonObject;
  /** Everything in `nodes`, holes too; in the API format the value of every key. */
  readonly nodes: PersistentList<JsonValue>;
  readonly index: NodeIndex;
}

/** Where the nodes that have an id and a type stand in their list, in file order. */
export interface NodeIndex {
  readonly positions: ReadonlyMap<string, number>;
  /** The id at each position; "" where there is none. */
  readonly ids: readonly string[];
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
  if (known?.format === 'graph') return known;
  const items = isJsonArray(graph['nodes']) ? graph['nodes'] : [];
  const state: GraphState = {
    format: 'graph',
    shell: graph,
    nodes: createPersistentList(items),
    index: indexNodes(items),
  };
  states.set(graph, state);
  return state;
}

/** The version that a document is, in either format. */
export function stateOf(document: WorkflowDocument): GraphState {
  const known = ofDocument.get(document);
  if (known !== undefined) return known;
  return document.format === 'api' ? stateOfApi(document.root) : stateOfGraph(document.root);
}

/** The graph of a version, put together when it is first asked for. */
export function graphOf(state: GraphState): JsonObject {
  const known = graphs.get(state);
  if (known !== undefined) return known;
  const isAsRead = states.get(state.shell) === state;
  const graph = isAsRead ? state.shell : putTogether(state);
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
  const state: GraphState = { ...before, nodes };
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
  const ids = items.map((item, position) => {
    const id =
      isJsonObject(item) && typeof item['type'] === 'string' ? toIdText(item['id']) : undefined;
    if (id === undefined) return '';
    count += 1;
    positions.set(id, position);
    return id;
  });
  return { positions, ids, isUnique: positions.size === count };
}

function stateOfApi(root: JsonObject): GraphState {
  const known = states.get(root);
  if (known?.format === 'api') return known;
  const entries = jsonEntries(root);
  const ids = entries.map(([id]) => id);
  const positions = new Map(ids.map((id, position) => [id, position]));
  const state: GraphState = {
    format: 'api',
    shell: root,
    nodes: createPersistentList(entries.map(([, value]) => value)),
    index: { positions, ids, isUnique: true },
  };
  states.set(root, state);
  return state;
}

function putTogether({ format, shell, nodes, index }: GraphState): JsonObject {
  const values = nodes.toArray();
  if (format === 'graph') return { ...shell, nodes: values };
  return jsonObject(index.ids.map((id, position) => [id, values[position] ?? null]));
}
