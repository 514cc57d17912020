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
  const [old, next] = [stateOf(before), stateOf(after)];
  if (sharesAllButNodes(old, next)) return { entries: [...compareVersions(old, next)] };
  const compare = before.format === 'api' ? compareApi : compareGraph;
  return { entries: [...compare(before.root, after.root)] };
}

function compareGraph(before: JsonObject, after: JsonObject): readonly PatchEntry[] {
  return compareScope(ROOT_SCOPE, before, after);
}

function compareApi(before: JsonObject, after: JsonObject): readonly PatchEntry[] {
  return compareLists(listOfObject(before), listOfObject(after), apiAddress);
}

function apiAddress(id: string, value: JsonValue): Address {
  const collection = isJsonObject(value) && 'class_type' in value ? 'node' : 'key';
  return { collection, scope: ROOT_SCOPE, id };
}

/** True for two versions of one graph in which nodes were replaced in their places, and nothing else. */
function sharesAllButNodes(before: GraphState, after: GraphState): boolean {
  return before.shell === after.shell && before.index === after.index && after.index.isUnique;
}

function compareVersions(before: GraphState, after: GraphState): readonly PatchEntry[] {
  return before.nodes.changesTo(after.nodes).flatMap((position): readonly PatchEntry[] => {
    const [old, next] = [before.nodes.get(position) ?? null, after.nodes.get(position) ?? null];
    if (isSameJson(old, next)) return [];
    const id = after.index.ids[position] ?? '';
    return [{ collection: 'node', scope: ROOT_SCOPE, id, before: old, after: next }];
  });
}

type Address = Pick<PatchEntry, 'collection' | 'scope' | 'id'>;

function compareScope(scope: string, before: JsonObject, after: JsonObject): readonly PatchEntry[] {
  if (before === after) return [];
  const compareKeys = (own: ReadonlySet<string>): readonly PatchEntry[] => {
    // A key that is compared by its members keeps its place among the keys, with a value that never differs.
    const asKeys = (object: JsonObject): KeyedList =>
      listOfObject(object).map(([key, value]) => [key, own.has(key) ? null : value]);
    return compareLists(asKeys(before), asKeys(after), (id) => ({ collection: 'key', scope, id }));
  };
  if (!isSameOrder(listOfObject(before), listOfObject(after))) return compareKeys(new Set());
  const ownKeys = new Set<string>();
  const members = COLLECTIONS.flatMap(({ key, collection }) => {
    if (before[key] === after[key]) return [];
    const old = listOfArray(before[key]);
    const next = listOfArray(after[key]);
    if (old === undefined || next === undefined) return [];
    ownKeys.add(key);
    return compareLists(old, next, (id) => ({ collection, scope, id }));
  });
  const pairs = pairSubgraphs(before, after);
  if (pairs !== undefined) ownKeys.add('definitions');
  const inner = (pairs ?? []).flatMap(([id, old, next]) => compareScope(id, old, next));
  return [...members, ...inner, ...compareKeys(ownKeys)];
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
  // What changed its place among the others is taken out and put back, as few as possible.
  const staying = stayingInPlace(before, after);
  before.forEach(([id, value], index) => {
    if (!staying.has(id)) {
      entries.push({ ...addressOf(id, value), before: value, index });
    }
  });
  after.forEach(([id, value], index) => {
    const previous = old.get(id);
    if (previous === undefined || !staying.has(id)) {
      entries.push({ ...addressOf(id, value), after: value, index });
    } else if (!isSameJson(previous, value)) {
      entries.push({ ...addressOf(id, value), before: previous, after: value });
    }
  });
  return entries;
}

/** The most ids of both lists that stand in the same order in both: a longest ascending row of old places. */
function stayingInPlace(before: KeyedList, after: KeyedList): ReadonlySet<string> {
  const places = new Map(before.map(([id], place) => [id, place]));
  // For each length the member with the lowest place that such a row ends with.
  const ends: RowMember[] = [];
  for (const [id] of after) {
    const place = places.get(id);
    if (place === undefined) continue;
    const at = countBelow(ends, place);
    ends[at] = { id, place, previous: ends[at - 1] };
  }
  const staying = new Set<string>();
  for (let member = ends.at(-1); member !== undefined; member = member.previous) {
    staying.add(member.id);
  }
  return staying;
}

interface RowMember {
  readonly id: string;
  readonly place: number;
  readonly previous: RowMember | undefined;
}

/** How many of these, whose places ascend, come before a place. */
function countBelow(members: readonly RowMember[], place: number): number {
  let low = 0;
  let high = members.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((members[middle]?.place ?? Infinity) < place) low = middle + 1;
    else high = middle;
  }
  return low;
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
