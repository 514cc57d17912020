import { type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';

/**
 * True when both values are written as the same text: key order counts and 1 differs from 1n. Shared
 * parts are compared by identity, so two versions of one document cost only what differs.
 */
export function isSameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (Object.is(a, b)) return true;
  if (isJsonArray(a)) {
    return (
      isJsonArray(b) &&
      a.length === b.length &&
      a.every((item, index) => isSameJson(item, b[index]))
    );
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  const others = Object.keys(b);
  return (
    keys.length === others.length &&
    keys.every((key, index) => key === others[index] && isSameJson(a[key], b[key]))
  );
}
