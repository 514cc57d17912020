/** A JSON value as ComfyUI writes it: integers beyond 2^53 are `bigint`; NaN and ±Infinity occur. */
export type JsonValue =
  null | boolean | number | bigint | string | readonly JsonValue[] | JsonObject;

/** A JSON object; keys that we do not know are kept. Its order is what {@link jsonKeys} says. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Narrows to a plain JSON object (not null, not an array). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Narrows to a JSON array. */
export function isJsonArray(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Deep equality; 1 and 1n are equal, key order does not matter, NaN equals NaN, -0 differs from 0. */
export function jsonEquals(a: JsonValue, b: JsonValue): boolean {
  if (Object.is(a, b)) return true;
  if (isNumeric(a) && isNumeric(b)) return String(a) === String(b);
  if (isJsonArray(a)) {
    return (
      isJsonArray(b) &&
      a.length === b.length &&
      a.every((item, i) => jsonEquals(item, b[i] ?? null))
    );
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && jsonEquals(a[key] ?? null, b[key] ?? null))
  );
}

/**
 * The keys in the order of the text. JavaScript moves keys that look like array indexes to the front;
 * objects made by the exact reader or by {@link jsonObject} remember where they stood, and so do copies
 * made by spreading them.
 */
export function jsonKeys(object: JsonObject): readonly string[] {
  const order = (object as Ordered)[KEY_ORDER];
  const keys = Object.keys(object);
  if (order === undefined) return keys;
  const known = new Set(order);
  const kept = order.filter((key) => Object.hasOwn(object, key));
  return kept.length === keys.length ? kept : [...kept, ...keys.filter((key) => !known.has(key))];
}

/** Keys and values in the order of {@link jsonKeys}. */
export function jsonEntries(object: JsonObject): readonly (readonly [string, JsonValue])[] {
  if ((object as Ordered)[KEY_ORDER] === undefined) return Object.entries(object);
  return jsonKeys(object).map((key) => [key, object[key] ?? null]);
}

/** The object with these keys in this order, numbers as keys included; `__proto__` becomes a plain key. */
export function jsonObject(entries: readonly (readonly [string, JsonValue])[]): JsonObject {
  const object = Object.fromEntries(entries);
  return withKeyOrder(
    object,
    entries.map(([key]) => key),
  );
}

/** Has the object remember this order of its keys, where JavaScript would give another. */
export function withKeyOrder(object: JsonObject, order: readonly string[]): JsonObject {
  if (!order.some(isIndexKey)) return object;
  const distinct = [...new Set(order)];
  if (Object.keys(object).every((key, index) => key === distinct[index])) return object;
  return { ...object, [KEY_ORDER]: distinct };
}

/** A key that is copied by a spread, so that an edited object keeps the order of the one it came from. */
const KEY_ORDER: unique symbol = Symbol('key order');

interface Ordered {
  readonly [KEY_ORDER]?: readonly string[];
}

/** True when the object's keys have another order than JavaScript gives them. */
export function hasKeyOrder(object: JsonObject): boolean {
  return (object as Ordered)[KEY_ORDER] !== undefined;
}

/** True for a key that JavaScript may move to the front, because it looks like an array index. */
export function isIndexKey(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 48 && first <= 57 && /^(?:0|[1-9]\d{0,9})$/.test(key);
}

function isNumeric(value: JsonValue): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}
