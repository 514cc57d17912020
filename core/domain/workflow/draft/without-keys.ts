import { type JsonObject, jsonEntries, jsonObject } from '../../../base/json.ts';

/** The object without these keys, the rest in its order. */
export function withoutKeys(object: JsonObject, ...keys: readonly string[]): JsonObject {
  return jsonObject(jsonEntries(object).filter(([key]) => !keys.includes(key)));
}
