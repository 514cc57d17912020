import { type Result, err, ok } from './result.ts';
import type { JsonObject, JsonValue } from './json.ts';

/** Why a text is not JSON: what was expected, and the zero-based character offset. */
export interface JsonSyntaxError {
  readonly message: string;
  readonly offset: number;
}

/** Deeper nesting than any workflow has; guards the stack against hostile files. */
const MAX_DEPTH = 512;
const NEEDS_EXACT_READER = /\d{16}|NaN|Infinity/;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;

/**
 * Reads JSON as Python writes it: integers outside ±2^53 become `bigint`, and the bare words NaN,
 * Infinity and -Infinity are numbers. Texts that need neither go through the engine's own parser.
 */
export function parseExactJson(text: string): Result<JsonValue, JsonSyntaxError> {
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (!NEEDS_EXACT_READER.test(source)) {
    try {
      const value = JSON.parse(source) as JsonValue;
      return depthOf(value) ? ok(value) : err(tooDeep(0));
    } catch {
      // Falls through to the reader below, which says where and why.
    }
  }
  const reader = createReader(source);
  try {
    return ok(reader.readDocument());
  } catch (cause) {
    if (cause instanceof ReaderFailure)
      return err({ message: cause.message, offset: cause.offset });
    throw cause;
  }
}

/**
 * Writes JSON that {@link parseExactJson} reads back to an equal value; `bigint` as digits, NaN and
 * ±Infinity as bare words, -0 as `-0`. `indent` is a number of spaces per level, 0 for one line.
 */
export function stringifyExactJson(value: JsonValue, indent = 0): string {
  return write(value, indent, '\n');
}

class ReaderFailure extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

function tooDeep(offset: number): JsonSyntaxError {
  return { message: `nested deeper than ${String(MAX_DEPTH)} levels`, offset };
}

function depthOf(value: JsonValue, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth > MAX_DEPTH) return false;
  for (const child of Array.isArray(value)
    ? (value as readonly JsonValue[])
    : Object.values(value as JsonObject)) {
    if (!depthOf(child, depth + 1)) return false;
  }
  return true;
}

function createReader(source: string): { readDocument(): JsonValue } {
  let at = 0;
  const fail = (message: string, offset = at): never => {
    throw new ReaderFailure(message, offset);
  };
  const skipSpace = (): void => {
    for (;;) {
      const code = source.charCodeAt(at);
      if (code === 32 || code === 10 || code === 13 || code === 9) at += 1;
      else return;
    }
  };
  const readString = (): string => {
    const start = at;
    let end = at + 1;
    for (;;) {
      const code = source.charCodeAt(end);
      if (code === 34) break;
      if (Number.isNaN(code)) fail('a text that is never closed', start);
      end += code === 92 ? 2 : 1;
    }
    at = end + 1;
    try {
      return JSON.parse(source.slice(start, at)) as string;
    } catch {
      return fail('a text with a character that is not allowed', start);
    }
  };
  const readNumber = (): number | bigint => {
    NUMBER.lastIndex = at;
    const match = NUMBER.exec(source);
    if (match === null) return fail('something that is not JSON');
    at += match[0].length;
    const value = Number(match[0]);
    const isInteger = match[1] === undefined && match[2] === undefined;
    return isInteger && !Number.isSafeInteger(value) ? BigInt(match[0]) : value;
  };
  const words: readonly (readonly [string, JsonValue])[] = [
    ['true', true],
    ['false', false],
    ['null', null],
    ['NaN', Number.NaN],
    ['Infinity', Infinity],
    ['-Infinity', -Infinity],
  ];
  const readValue = (depth: number): JsonValue => {
    if (depth > MAX_DEPTH) fail(tooDeep(at).message);
    skipSpace();
    const first = source[at];
    if (first === '{') return readObject(depth);
    if (first === '[') return readArray(depth);
    if (first === '"') return readString();
    for (const [word, value] of words) {
      if (source.startsWith(word, at)) {
        at += word.length;
        return value;
      }
    }
    if (first === undefined) return fail('the end of the text, too early');
    return readNumber();
  };
  const readObject = (depth: number): JsonObject => {
    const object: Record<string, JsonValue> = {};
    at += 1;
    skipSpace();
    if (source[at] === '}') {
      at += 1;
      return object;
    }
    for (;;) {
      skipSpace();
      if (source[at] !== '"') fail('a name in quotes was expected');
      const key = readString();
      skipSpace();
      if (source[at] !== ':') fail('a colon was expected');
      at += 1;
      const value = readValue(depth + 1);
      if (key === '__proto__') {
        Object.defineProperty(object, key, {
          value,
          enumerable: true,
          writable: true,
          configurable: true,
        });
      } else object[key] = value;
      skipSpace();
      const next = source[at];
      at += 1;
      if (next === '}') return object;
      if (next !== ',') fail('a comma or a closing brace was expected', at - 1);
    }
  };
  const readArray = (depth: number): readonly JsonValue[] => {
    const array: JsonValue[] = [];
    at += 1;
    skipSpace();
    if (source[at] === ']') {
      at += 1;
      return array;
    }
    for (;;) {
      array.push(readValue(depth + 1));
      skipSpace();
      const next = source[at];
      at += 1;
      if (next === ']') return array;
      if (next !== ',') fail('a comma or a closing bracket was expected', at - 1);
    }
  };
  return {
    readDocument: () => {
      const value = readValue(0);
      skipSpace();
      if (at < source.length) fail('text after the end of the JSON');
      return value;
    },
  };
}

function writeNumber(value: number): string {
  if (Object.is(value, -0)) return '-0';
  // Digits alone would be read back as an exact integer, which a float this large is not.
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return value.toExponential();
  return String(value);
}

function write(value: JsonValue, indent: number, lineBreak: string): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'bigint':
      return value.toString();
    case 'number':
      return writeNumber(value);
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      break;
  }
  if (value === null) return 'null';
  const inner = indent === 0 ? '' : lineBreak + ' '.repeat(indent);
  const outer = indent === 0 ? '' : lineBreak;
  const deeper = lineBreak + ' '.repeat(indent);
  if (Array.isArray(value)) {
    const items = (value as readonly JsonValue[]).map((item) => write(item, indent, deeper));
    return items.length === 0 ? '[]' : `[${inner}${items.join(`,${inner}`)}${outer}]`;
  }
  const colon = indent === 0 ? ':' : ': ';
  const parts: string[] = [];
  for (const [key, child] of Object.entries(value as JsonObject)) {
    // An absent optional property is undefined in memory and simply not there in JSON.
    if ((child as JsonValue | undefined) === undefined) continue;
    parts.push(JSON.stringify(key) + colon + write(child, indent, deeper));
  }
  return parts.length === 0 ? '{}' : `{${inner}${parts.join(`,${inner}`)}${outer}}`;
}
