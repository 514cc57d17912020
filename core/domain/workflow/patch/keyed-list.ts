import {
  type JsonObject,
  type JsonValue,
  isJsonArray,
  isJsonObject,
  jsonEntries,
  jsonObject,
} from '../../../base/json.ts';
import { type PatchEntry } from '../../../contract/workflow.schema.ts';

/** Things found by identity, in their order: an array's entities, or an object's keys. */
export type KeyedList = readonly (readonly [id: string, value: JsonValue])[];

/** The arrays of a graph whose members are found by id. */
export const COLLECTIONS = [
  { key: 'nodes', collection: 'node' },
  { key: 'links', collection: 'link' },
  { key: 'groups', collection: 'group' },
] as const satisfies readonly { key: string; collection: PatchEntry['collection'] }[];

/** Id as text of a node, a group, or a link in either form; undefined when it has none. */
export function entityId(value: JsonValue): string | undefined {
  const id = isJsonArray(value) ? value[0] : isJsonObject(value) ? value['id'] : undefined;
  return typeof id === 'string' || typeof id === 'number' || typeof id === 'bigint'
    ? String(id)
    : undefined;
}

/** An array as a list by id; undefined when a member has no id, or shares one with another. */
export function listOfArray(value: JsonValue | undefined): KeyedList | undefined {
  if (!isJsonArray(value)) return undefined;
  const list: [string, JsonValue][] = [];
  const seen = new Set<string>();
  for (const member of value) {
    const id = entityId(member);
    if (id === undefined || seen.has(id)) return undefined;
    seen.add(id);
    list.push([id, member]);
  }
  return list;
}

/** An object's own keys and values in their order. */
export function listOfObject(value: JsonObject): KeyedList {
  return jsonEntries(value);
}

/** The object with these keys in this order; `__proto__` becomes a plain key. */
export function objectOfList(list: KeyedList): JsonObject {
  return jsonObject(list);
}
