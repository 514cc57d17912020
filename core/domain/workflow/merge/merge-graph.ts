import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import { storedNodes, toIdText } from '../view/graph-format.ts';
import { isSameJson } from '../patch/same-json.ts';
import { mergeJson, own } from './merge-json.ts';
import { mergeLinks, withLinks } from './merge-links.ts';

/** Told about what both sides changed and no named setting stands for: the node (if any) and the keys. */
export type OnRawClash = (nodeId: string | undefined, path: readonly string[]) => void;

/**
 * Three-way merge of one graph, node by node and link by link; ours counts where both changed one thing.
 * `keeps` are nodes that one side removed and the other still works with: they stay.
 */
export function mergeGraph(
  base: JsonObject,
  ours: JsonObject,
  theirs: JsonObject,
  keeps: ReadonlySet<string>,
  onClash: OnRawClash,
): JsonObject {
  const [old, mine, other] = [base, ours, theirs].map(nodesById);
  if (old === undefined || mine === undefined || other === undefined) return ours;
  const merged = new Map<string, JsonObject>();
  for (const [id, node] of mine) {
    const previous = old.get(id);
    const next = other.get(id);
    if (next === undefined) {
      const isRemovedByThem = previous !== undefined && !keeps.has(id);
      if (!isRemovedByThem) merged.set(id, node);
    } else {
      const chosen = keeps.has(id) ? node : chooseClass(previous ?? node, node, next);
      const mergeBoth = (): JsonObject =>
        mergeNode(previous ?? node, node, next, (path) => onClash(id, path));
      merged.set(id, chosen ?? mergeBoth());
    }
  }
  for (const [id, node] of other) {
    if (mine.has(id) || (old.has(id) && !keeps.has(id))) continue;
    merged.set(id, node);
  }
  const links = mergeLinks(base, ours, theirs, merged);
  const nodes = [...merged.values()].map((node) => withLinks(node, links));
  return withCounters(
    {
      ...mergeRest(base, ours, theirs, (path) => onClash(undefined, path)),
      nodes,
      links: links.raw,
    },
    [ours, theirs],
  );
}

/** Keys that follow from the rest, so that ours is as good as theirs. */
const DERIVED = new Set(['inputs', 'outputs', 'order']);
const COUNTERS = ['last_node_id', 'last_link_id'];
const OWN_WAY = new Set(['nodes', 'links', 'state', 'definitions', 'revision', ...COUNTERS]);

/** Settings of two classes do not mix: where a node was replaced, the side that did it counts whole. */
function chooseClass(
  base: JsonObject,
  ours: JsonObject,
  theirs: JsonObject,
): JsonObject | undefined {
  if (isSameJson(ours['type'], theirs['type'])) return undefined;
  return isSameJson(ours['type'], base['type']) ? theirs : ours;
}

function mergeNode(
  base: JsonObject,
  ours: JsonObject,
  theirs: JsonObject,
  onClash: (path: readonly string[]) => void,
): JsonObject {
  const without = (node: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(node).filter(([key]) => !DERIVED.has(key)));
  const rest = mergeJson(
    { base: without(base), ours: without(ours), theirs: without(theirs) },
    onClash,
  );
  const slots = (key: 'inputs' | 'outputs'): JsonObject => {
    const list = mergeSlots(ours[key], theirs[key], base[key]);
    return list === undefined ? {} : { [key]: list };
  };
  const values: JsonObject = {
    ...(isJsonObject(rest) ? rest : {}),
    ...slots('inputs'),
    ...slots('outputs'),
  };
  // Our order of keys, with what only theirs has behind.
  const keys = new Set([...Object.keys(ours), ...Object.keys(values)]);
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const value = own(values, key) ?? (DERIVED.has(key) ? own(ours, key) : undefined);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}

/** Our slots, then those that only they have now; slots that they took away go, where nothing is linked. */
function mergeSlots(
  ours: JsonValue | undefined,
  theirs: JsonValue | undefined,
  base: JsonValue | undefined,
): JsonValue | undefined {
  if (!isJsonArray(ours) || !isJsonArray(theirs)) return ours ?? theirs;
  const names = (list: JsonValue | undefined): ReadonlySet<string> =>
    new Set(isJsonArray(list) ? list.map(slotName) : []);
  const [mine, old] = [names(ours), names(base)];
  const added = theirs.filter((slot) => !mine.has(slotName(slot)) && !old.has(slotName(slot)));
  return added.length === 0 ? ours : [...ours, ...added];
}

function slotName(slot: JsonValue): string {
  const name = isJsonObject(slot) ? slot['name'] : undefined;
  return typeof name === 'string' ? name : '';
}

function mergeRest(
  base: JsonObject,
  ours: JsonObject,
  theirs: JsonObject,
  onClash: (path: readonly string[]) => void,
): JsonObject {
  const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const sides = { base: own(base, key), ours: own(ours, key), theirs: own(theirs, key) };
      const value =
        key === 'definitions'
          ? mergeDefinitions(sides.base, sides.ours, sides.theirs, onClash)
          : OWN_WAY.has(key)
            ? (sides.ours ?? sides.theirs)
            : mergeJson(sides, (path) => onClash([key, ...path]));
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}

/** Subgraphs by id; one that both sides changed differently stays ours, and is told. */
function mergeDefinitions(
  base: JsonValue | undefined,
  ours: JsonValue | undefined,
  theirs: JsonValue | undefined,
  onClash: (path: readonly string[]) => void,
): JsonValue | undefined {
  if (!isJsonObject(ours) || !isJsonObject(theirs)) return ours ?? theirs;
  const [old, mine, other] = [base, ours, theirs].map(subgraphsById);
  if (old === undefined || mine === undefined || other === undefined) return ours;
  const merged = [...mine].map(([id, graph]) => {
    const next = other.get(id);
    if (next === undefined || isSameJson(next, old.get(id)) || isSameJson(next, graph))
      return graph;
    if (isSameJson(graph, old.get(id))) return next;
    onClash(['definitions', typeof graph['name'] === 'string' ? graph['name'] : id]);
    return graph;
  });
  const added = [...other].flatMap(([id, graph]) => (mine.has(id) || old.has(id) ? [] : [graph]));
  return { ...ours, subgraphs: [...merged, ...added] };
}

function subgraphsById(definitions: JsonValue | undefined): ReadonlyMap<string, JsonObject> {
  const list = isJsonObject(definitions) ? definitions['subgraphs'] : undefined;
  return new Map(
    (isJsonArray(list) ? list : [])
      .filter(isJsonObject)
      .map((each) => [toIdText(each['id']) ?? '', each]),
  );
}

/** The counters from which the page numbers what comes next are never below what is there. */
function withCounters(graph: JsonObject, sides: readonly JsonObject[]): JsonObject {
  const top = (numbers: readonly unknown[]): number =>
    Math.max(0, ...numbers.map(Number).filter(Number.isSafeInteger));
  const ids = (key: 'nodes' | 'links'): readonly unknown[] =>
    (isJsonArray(graph[key]) ? graph[key] : []).map((each) =>
      isJsonArray(each) ? each[0] : isJsonObject(each) ? each['id'] : 0,
    );
  const counters: Record<string, JsonValue> = {};
  const used = { last_node_id: top(ids('nodes')), last_link_id: top(ids('links')) };
  for (const key of ['last_node_id', 'last_link_id'] as const) {
    if (key in graph) counters[key] = top([used[key], ...sides.map((side) => side[key] ?? 0)]);
  }
  const { state } = graph;
  if (!isJsonObject(state)) return { ...graph, ...counters };
  const own = sides.map((side) => (isJsonObject(side['state']) ? side['state'] : {}));
  const lastNodeId = top([used.last_node_id, ...own.map((each) => each['lastNodeId'] ?? 0)]);
  const lastLinkId = top([used.last_link_id, ...own.map((each) => each['lastLinkId'] ?? 0)]);
  return { ...graph, ...counters, state: { ...state, lastNodeId, lastLinkId } };
}

function nodesById(graph: JsonObject): ReadonlyMap<string, JsonObject> {
  return new Map(storedNodes(graph).map((node) => [toIdText(node['id']) ?? '', node]));
}
