import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';

/** The object under `key`; empty when there is none, so that old servers' gaps read as nothing. */
export function objectField(from: JsonObject, key: string): JsonObject {
  const value = from[key];
  return isJsonObject(value) ? value : {};
}

/** The list under `key`; empty when there is none. */
export function arrayField(from: JsonObject, key: string): readonly JsonValue[] {
  const value = from[key];
  return isJsonArray(value) ? value : [];
}

/** The text under `key`, when it is one. */
export function textField(from: JsonObject, key: string): string | undefined {
  const value = from[key];
  return typeof value === 'string' ? value : undefined;
}

/** The number under `key`; integers beyond 2^53 lose their last digits, which no count or size has. */
export function numberField(from: JsonObject, key: string): number | undefined {
  const value = from[key];
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The texts of a list; anything else in it is left out. */
export function texts(values: readonly JsonValue[]): readonly string[] {
  return values.filter((value) => typeof value === 'string');
}
