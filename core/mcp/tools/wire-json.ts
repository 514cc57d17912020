import type { JsonValue } from '../../base/json.ts';

/** `JSON.rawJSON` of V8 since 11.4: a number that `JSON.stringify` writes digit by digit as it was given. */
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };

/**
 * A value as the MCP library may write it with plain `JSON.stringify`: integers beyond 2^53 keep every digit,
 * and what JSON has no word for (NaN, infinities, which ComfyUI's Python writes) becomes null. The very same
 * value where nothing has to be changed.
 */
export function toWire(value: JsonValue): unknown {
  switch (typeof value) {
    case 'bigint':
      return rawJSON(String(value));
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'object':
      if (value === null || isPlain(value)) return value;
      if (Array.isArray(value)) return value.map(toWire);
      return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, toWire(child)]));
    default:
      return value;
  }
}

function isPlain(value: JsonValue | undefined): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return typeof value !== 'bigint';
  return Object.values(value).every(isPlain);
}
