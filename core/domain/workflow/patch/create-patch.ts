import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import { type DocumentPatch, type PatchEntry } from '../../../contract/workflow.schema.ts';
import { type WorkflowDocument } from '../document.ts';
import { COLLECTIONS, type KeyedList, entityId, listOfArray, listOfObject } from './keyed-list.ts';
import { isSameJson } from './same-json.ts';
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
  } else {
    compareScope(ROOT_SCOPE, before.root, after.root, entries);
  }
  return { entries };
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
  // Entities that only changed places are taken out and put back, all of them: rare, and exact.
  const sameOrder = isSameOrder(before, after);
  before.forEach(([id, value], index) => {
    if (!sameOrder || !next.has(id)) {
      entries.push({ ...addressOf(id, value), before: value, index });
    }
  });
  after.forEach(([id, value], index) => {
    if (!sameOrder || !old.has(id)) {
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
