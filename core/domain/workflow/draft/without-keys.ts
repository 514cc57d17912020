import { type JsonObject } from '../../../base/json.ts';

/** The object without these keys, the rest in its order. */
export function withoutKeys(object: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
