import { type JsonSyntaxError, MAX_JSON_DEPTH, readJson } from './json-reader.ts';
import { putStandIns, standInIndex } from './json-stand-ins.ts';
import { type JsonValue, isIndexKey } from './json.ts';
import { type Result, ok } from './result.ts';

export type { JsonSyntaxError } from './json-reader.ts';
export { stringifyExactJson } from './json-writer.ts';

/**
 * Reads JSON as Python writes it: integers outside ±2^53 become `bigint`, the bare words NaN, Infinity and
 * -Infinity are numbers, and objects remember the order of their keys. The engine's own parser does the
 * work where its result is surely the same; our reader, several times slower, does the rest.
 */
export function parseExactJson(text: string): Result<JsonValue, JsonSyntaxError> {
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const value =
    parseFast(source, false) ?? (WORD.test(source) ? parseFast(source, true) : undefined);
  return value === undefined ? readJson(source) : ok(value);
}

const WORD = /NaN|Infinity/;

/** The exact value, or undefined when the engine's parser cannot give it or refuses the text. */
function parseFast(source: string, words: boolean): JsonValue | undefined {
  const standIns = putStandIns(source, words);
  if (standIns === undefined) return undefined;
  const held: JsonValue[] = [];
  try {
    held.push(JSON.parse(standIns.text) as JsonValue);
  } catch {
    // The reader says where and why.
    return undefined;
  }
  const look: Look = { exact: standIns.exact, found: 0, indexKeys: [], isSure: true };
  lookOver(held, 0, look);
  const isExact = look.isSure && look.found === standIns.exact.length;
  return isExact && hasOrder(source, look.indexKeys) ? held[0] : undefined;
}

interface Look {
  readonly exact: readonly (number | bigint)[];
  /** How many stand-ins were found and replaced. */
  found: number;
  /** Keys that JavaScript puts in an order of its own, in that order. */
  readonly indexKeys: string[];
  /** False when it is nested too deep, or an object has such keys and others. */
  isSure: boolean;
}

/** What was just read and nobody else has seen. */
type Fresh = JsonValue[] | Record<string, JsonValue>;

/** Goes through everything that was read, and puts the exact numbers in their places. */
function lookOver(holder: Fresh, depth: number, look: Look): void {
  if (depth > MAX_JSON_DEPTH) {
    look.isSure = false;
    return;
  }
  if (Array.isArray(holder)) {
    for (let at = 0; at < holder.length; at += 1) {
      const value = holder[at] ?? null;
      if (typeof value === 'object') {
        if (value !== null) lookOver(value as Fresh, depth + 1, look);
      } else if (typeof value === 'number') {
        const exact = exactFor(value, look);
        if (exact !== undefined) holder[at] = exact;
      }
    }
    return;
  }
  let hasIndexKeys = false;
  // These come first, whatever the text says.
  for (const key in holder) {
    const value = holder[key] ?? null;
    if (isIndexKey(key)) {
      hasIndexKeys = true;
      look.indexKeys.push(key);
    } else if (hasIndexKeys) look.isSure = false;
    if (typeof value === 'object') {
      if (value !== null) lookOver(value as Fresh, depth + 1, look);
    } else if (typeof value === 'number') {
      const exact = exactFor(value, look);
      if (exact !== undefined) holder[key] = exact;
    }
  }
}

/** The number that a stand-in stands for. */
function exactFor(value: number, look: Look): number | bigint | undefined {
  if (value <= 0 || value > Number.EPSILON) return undefined;
  const exact = look.exact[standInIndex(value)];
  if (exact !== undefined) look.found += 1;
  return exact;
}

/** True when the text has all keys that look like array indexes in the order that JavaScript gives them. */
function hasOrder(source: string, indexKeys: readonly string[]): boolean {
  if (indexKeys.length === 0) return true;
  let at = 0;
  for (const match of source.matchAll(INDEX_KEY)) {
    if (match[1] !== indexKeys[at]) return false;
    at += 1;
  }
  return at === indexKeys.length;
}

const INDEX_KEY = /"(0|[1-9]\d{0,9})"\s*:/g;
