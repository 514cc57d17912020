import { type JsonObject, type JsonValue, withKeyOrder } from './json.ts';
import { type Result, err, ok } from './result.ts';

/** Why a text is not JSON: what was expected, and the zero-based character offset. */
export interface JsonSyntaxError {
  readonly message: string;
  readonly offset: number;
}

/** Deeper nesting than any workflow has; guards the stack against hostile files. */
export const MAX_JSON_DEPTH = 512;

/**
 * Reads JSON character by character: exact in everything, and able to say where and why a text is not JSON,
 * but several times slower than the engine's own parser.
 */
export function readJson(source: string): Result<JsonValue, JsonSyntaxError> {
  const reader = createReader(source);
  try {
    return ok(reader.readDocument());
  } catch (cause) {
    if (cause instanceof ReaderFailure)
      return err({ message: cause.message, offset: cause.offset });
    throw cause;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;

class ReaderFailure extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
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
    if (depth > MAX_JSON_DEPTH) fail(`nested deeper than ${String(MAX_JSON_DEPTH)} levels`);
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
    const keys: string[] = [];
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
      keys.push(key);
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
      if (next === '}') return withKeyOrder(object, keys);
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
