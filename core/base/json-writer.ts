import { type JsonObject, type JsonValue, hasKeyOrder, jsonKeys } from './json.ts';

/**
 * Writes JSON that `parseExactJson` reads back to an equal value; `bigint` as digits, NaN and ±Infinity as
 * bare words, -0 as `-0`. `indent` is a number of spaces per level, 0 for one line.
 */
export function stringifyExactJson(value: JsonValue, indent = 0): string {
  // The engine's own writer gives the same text where nothing is special, in a fraction of the time.
  if (isPlain(value)) return JSON.stringify(value, null, indent);
  return write(value, styleOf(indent), '\n');
}

/** True where `JSON.stringify` writes the same as `write`: no number, key order or spelling of its own. */
function isPlain(value: JsonValue | undefined): boolean {
  switch (typeof value) {
    case 'number':
      return isPlainNumber(value);
    case 'bigint':
      return false;
    case 'object':
      break;
    default:
      return true;
  }
  if (value === null) return true;
  if (Array.isArray(value)) {
    for (const item of value as readonly JsonValue[]) if (!isPlain(item)) return false;
    return true;
  }
  const object = value as JsonObject & Spelled;
  if (hasKeyOrder(object) || object[EXACT_TEXT] !== undefined) return false;
  for (const key in object) if (!isPlain(object[key])) return false;
  return true;
}

function isPlainNumber(value: number): boolean {
  return Number.isInteger(value)
    ? Number.isSafeInteger(value) && !Object.is(value, -0)
    : Number.isFinite(value);
}

/** How a text is laid out: what stands before each level, and between the parts. */
export interface JsonStyle {
  /** Added for each level; absent when everything stands on one line. */
  readonly indent?: string;
  readonly comma: string;
  readonly colon: string;
}

/** Writes in a given layout, as the inside of a text whose lines begin with `lineBreak`. */
export function writeJson(value: JsonValue, style: JsonStyle, lineBreak: string): string {
  return write(value, style, lineBreak);
}

/** Writes a number so that it is read back as the same one, float or integer. */
function writeNumber(value: number): string {
  if (Object.is(value, -0)) return '-0';
  // Digits alone would be read back as an exact integer, which a float this large is not.
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return value.toExponential();
  return String(value);
}

/**
 * The same object with the text that it is written as in messages (on one line), numbers spelled as they
 * were; white space between its parts is dropped. `readText` is called when it is first written. A copy made
 * by spreading is written from its values again.
 */
export function withExactText(object: JsonObject, readText: () => string): JsonObject {
  const copy = { ...object };
  let text: string | undefined;
  const get = (): string => (text ??= readText().replace(SPACE_OUTSIDE_TEXTS, '$1'));
  Object.defineProperty(copy, EXACT_TEXT, { get });
  return copy;
}

const EXACT_TEXT: unique symbol = Symbol('exact text');
const SPACE_OUTSIDE_TEXTS = /("(?:[^"\\]|\\.)*")|[ \t\r\n\ufeff]+/g;

interface Spelled {
  readonly [EXACT_TEXT]?: string;
}

function styleOf(indent: number): JsonStyle {
  return indent === 0
    ? { comma: ',', colon: ':' }
    : { indent: ' '.repeat(indent), comma: ',', colon: ': ' };
}

function write(value: JsonValue, style: JsonStyle, lineBreak: string): string {
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
  const { indent, colon } = style;
  const deeper = indent === undefined ? '' : lineBreak + indent;
  const outer = indent === undefined ? '' : lineBreak;
  const separator = indent === undefined ? style.comma : `,${deeper}`;
  if (Array.isArray(value)) {
    const items = (value as readonly JsonValue[]).map((item) => write(item, style, deeper));
    return items.length === 0 ? '[]' : `[${deeper}${items.join(separator)}${outer}]`;
  }
  const object = value as JsonObject & Spelled;
  const spelled = indent === undefined ? object[EXACT_TEXT] : undefined;
  if (spelled !== undefined) return spelled;
  const parts: string[] = [];
  for (const key of jsonKeys(object)) {
    const child: JsonValue | undefined = object[key];
    // An absent optional property is undefined in memory and simply not there in JSON.
    if (child === undefined) continue;
    parts.push(JSON.stringify(key) + colon + write(child, style, deeper));
  }
  return parts.length === 0 ? '{}' : `{${deeper}${parts.join(separator)}${outer}}`;
}
