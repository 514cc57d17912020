import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import { type DocumentPatch, type PatchEntry } from '../../../contract/workflow.schema.ts';
import { type WorkflowDocument } from '../document.ts';
import { COLLECTIONS, type KeyedList, entityId, listOfArray, listOfObject } from './keyed-list.ts';
import { isSameJson } from './same-json.ts';
import { type GraphState, stateOf } from '../store/graph-state.ts';
import { ROOT_SCOPE, subgraphsOf } from './scopes.ts';

/**
 * What turns one version of a document into the other, entity by entity. Both must have the same format;
 * parts that are the same object are not looked into.
 */
export function createPatch(before: WorkflowDocument, after: WorkflowDocument): DocumentPatch {
  const entries: PatchEntry[] = [];
  if (before.format === 'api') {
    compareLists(listOfObject(before.root), listOfObject(after.root), (id, value) => ({
      collection: isJsonObject(value) && 'class_type' in value ? 'node' : 'key',
      scope: ROOT_SCOPE,
      id,
    })).forEach((entry) => entries.push(entry));
  } else if (sharesAllButNodes(stateOf(before), stateOf(after))) {
    compareVersions(stateOf(before), stateOf(after), entries);
  } else {
    compareScope(ROOT_SCOPE, before.root, after.root, entries);
  }
  return { entries };
}

/** True for two versions of one graph in which nodes were replaced in their places, and nothing else. */
function sharesAllButNodes(before: GraphState, after: GraphState): boolean {
  return before.shell === after.shell && before.index === after.index && after.index.isUnique;
}

function compareVersions(before: GraphState, after: GraphState, entries: PatchEntry[]): void {
  for (const position of before.nodes.changesTo(after.nodes)) {
    const [old, next] = [before.nodes.get(position) ?? null, after.nodes.get(position) ?? null];
    if (isSameJson(old, next)) continue;
    const id = entityId(next) ?? '';
    entries.push({ collection: 'node', scope: ROOT_SCOPE, id, before: old, after: next });
  }
}

type Address = Pick<PatchEntry, 'collection' | 'scope' | 'id'>;

function compareScope(
  scope: string,
  before: JsonObject,
  after: JsonObject,
  entries: PatchEntry[],
): void {
  if (before === after) return;
  const keyEntries = (own: ReadonlySet<string>): readonly PatchEntry[] => {
    // A key that is compared by its members keeps its place among the keys, with a value that never differs.
    const asKeys = (object: JsonObject): KeyedList =>
      listOfObject(object).map(([key, value]) => [key, own.has(key) ? null : value]);
    return compareLists(asKeys(before), asKeys(after), (id) => ({ collection: 'key', scope, id }));
  };
  if (!isSameOrder(listOfObject(before), listOfObject(after))) {
    entries.push(...keyEntries(new Set()));
    return;
  }
  const ownKeys = new Set<string>();
  for (const { key, collection } of COLLECTIONS) {
    if (before[key] === after[key]) continue;
    const old = listOfArray(before[key]);
    const next = listOfArray(after[key]);
    if (old === undefined || next === undefined) continue;
    ownKeys.add(key);
    entries.push(...compareLists(old, next, (id) => ({ collection, scope, id })));
  }
  const sameSubgraphs = pairSubgraphs(before, after);
  if (sameSubgraphs !== undefined) {
    ownKeys.add('definitions');
    for (const [id, old, next] of sameSubgraphs) compareScope(id, old, next, entries);
  }
  entries.push(...keyEntries(ownKeys));
}

/** True when what both lists have stands in the same order in both. */
function isSameOrder(before: KeyedList, after: KeyedList): boolean {
  const old = new Set(before.map(([id]) => id));
  const next = new Set(after.map(([id]) => id));
  const kept = after.filter(([id]) => old.has(id));
  return before.filter(([id]) => next.has(id)).every(([id], index) => id === kept[index]?.[0]);
}

function compareLists(
  before: KeyedList,
  after: KeyedList,
  addressOf: (id: string, value: JsonValue) => Address,
): PatchEntry[] {
  const entries: PatchEntry[] = [];
  const old = new Map(before);
  const next = new Map(after);
  // What changed its place among the others is taken out and put back, as few as possible.
  const staying = isSameOrder(before, after) ? next : stayingInPlace(old, after);
  before.forEach(([id, value], index) => {
    if (!staying.has(id)) {
      entries.push({ ...addressOf(id, value), before: value, index });
    }
  });
  after.forEach(([id, value], index) => {
    if (!staying.has(id) || !old.has(id)) {
      entries.push({ ...addressOf(id, value), after: value, index });
      return;
    }
    const previous = old.get(id) ?? null;
    if (!isSameJson(previous, value)) {
      entries.push({ ...addressOf(id, value), before: previous, after: value });
    }
  });
  return entries;
}

/** The most ids of both lists that stand in the same order in both: a longest ascending row of old places. */
function stayingInPlace(
  old: ReadonlyMap<string, JsonValue>,
  after: KeyedList,
): ReadonlySet<string> {
  const places = new Map([...old.keys()].map((id, place) => [id, place]));
  const common = after.flatMap(([id]) => {
    const place = places.get(id);
    return place === undefined ? [] : [{ id, place }];
  });
  // For each length the member that ends the row with the lowest place, and who came before each.
  const ends: number[] = [];
  const previous: (number | undefined)[] = [];
  common.forEach(({ place }, at) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const end = ends[middle];
      if (end !== undefined && (common[end]?.place ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    previous.push(low > 0 ? ends[low - 1] : undefined);
    ends[low] = at;
  });
  const staying = new Set<string>();
  for (let at = ends.at(-1); at !== undefined; at = previous[at]) {
    const member = common[at];
    if (member !== undefined) staying.add(member.id);
  }
  return staying;
}

/** The definitions of both versions side by side, when both have the same ones in the same order. */
function pairSubgraphs(
  before: JsonObject,
  after: JsonObject,
): readonly (readonly [string, JsonObject, JsonObject])[] | undefined {
  if (before['definitions'] === after['definitions']) return undefined;
  const shellOf = (scope: JsonObject): JsonValue | undefined => {
    const definitions = scope['definitions'];
    if (!isJsonObject(definitions)) return undefined;
    const subgraphs = definitions['subgraphs'];
    if (!isJsonArray(subgraphs) || listOfArray(subgraphs) === undefined) return undefined;
    return {
      ...definitions,
      subgraphs: subgraphs.map((each) => (each as JsonObject)['id'] ?? null),
    };
  };
  const shell = shellOf(before);
  if (shell === undefined || !isSameJson(shell, shellOf(after))) return undefined;
  const next = subgraphsOf(after);
  return subgraphsOf(before).map((old, index) => [entityId(old) ?? '', old, next[index] ?? old]);
}
