import type { JsonObject, JsonValue } from '../../base/json.ts';

/** The text under the first key that matches; AMD's tools write "N/A" where they know none. */
export function textIn(values: JsonObject, pattern: RegExp): string | undefined {
  const value: JsonValue | undefined = Object.entries(values).find(([key]) =>
    pattern.test(key),
  )?.[1];
  const text = typeof value === 'string' ? value.trim() : undefined;
  return text === undefined || text === '' || /^(n\/a|none|unknown)$/i.test(text)
    ? undefined
    : text;
}

/** The number under the first key that matches, written as a number or as a text, not below zero. */
export function numberIn(values: JsonObject, pattern: RegExp): number | undefined {
  const value: JsonValue | undefined = Object.entries(values).find(([key]) =>
    pattern.test(key),
  )?.[1];
  const text = typeof value === 'string' ? value.trim() : value;
  const number = typeof text === 'string' && text !== '' ? Number(text) : text;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined;
}
