import { z } from 'zod';
import type { JsonObject, JsonValue } from '../base/json.ts';

/** Any JSON value, with integers beyond 2^53 as `bigint`; NaN and ±Infinity are let through. */
export const JsonValueSchema: z.ZodType<JsonValue> = z.custom<JsonValue>(
  isJsonValue,
  'must be a JSON value',
);

/** Any JSON object. */
export const JsonObjectSchema: z.ZodType<JsonObject> = z.custom<JsonObject>(
  (value) =>
    isJsonValue(value) && typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be a JSON object',
);

function isJsonValue(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
      return true;
    case 'object':
      if (value === null) return true;
      if (Array.isArray(value)) return value.every(isJsonValue);
      return Object.values(value).every((child) => child === undefined || isJsonValue(child));
    default:
      return false;
  }
}
