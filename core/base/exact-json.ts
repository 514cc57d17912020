import { type JsonSyntaxError, MAX_JSON_DEPTH, readJson } from './json-reader.ts';
import { type JsonSpot, isBareWord, scanJson, spotValue } from './json-scan.ts';
import type { JsonValue } from './json.ts';
import { type Result, ok } from './result.ts';

export type { JsonSyntaxError } from './json-reader.ts';
export { stringifyExactJson } from './json-writer.ts';

/**
 * Reads JSON as Python writes it: integers outside ±2^53 become `bigint`, the bare words NaN, Infinity and
 * -Infinity are numbers, and objects remember the order of their keys. The engine's own parser does the
 * work; the few values that it cannot read exactly are put in afterwards.
 */
export function parseExactJson(text: string): Result<JsonValue, JsonSyntaxError> {
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const { spots, keepsOrder, depth } = scanJson(source);
  if (!keepsOrder || depth > MAX_JSON_DEPTH) return readJson(source);
  try {
    const value = JSON.parse(withoutWords(source, spots)) as JsonValue;
    if (spots.every((spot) => putExact(value, source, spot))) return ok(value);
  } catch {
    // The reader says where and why.
  }
  return readJson(source);
}

/** Bare words replaced by a number of the same length that no file has, so that `JSON.parse` takes them. */
function withoutWords(source: string, spots: readonly JsonSpot[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of spots) {
    if (!isBareWord(source.slice(start, end))) continue;
    parts.push(source.slice(from, start), STAND_IN);
    from = end;
  }
  if (from === 0) return source;
  parts.push(source.slice(from));
  return parts.join('');
}

const STAND_IN = '-5e-324';

/** False when something else stands there, as behind a key that the object has twice. */
function putExact(root: JsonValue, source: string, spot: JsonSpot): boolean {
  const exact = spotValue(source, spot);
  const rounded = typeof exact === 'bigint' ? Number(exact) : Number(STAND_IN);
  let holder: JsonValue = root;
  for (const step of spot.path.slice(0, -1)) holder = childAt(holder, step) ?? null;
  const last = spot.path.at(-1);
  if (last === undefined || childAt(holder, last) !== rounded) return false;
  // Nobody else has seen these objects yet.
  (holder as Record<string | number, JsonValue>)[last] = exact;
  return true;
}

function childAt(holder: JsonValue, step: string | number): JsonValue | undefined {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, step))
    return undefined;
  return (holder as Readonly<Record<string | number, JsonValue>>)[step];
}
