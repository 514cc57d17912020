import { type Result, err, ok } from '../../base/result.ts';

/** A value in a JSON text, by where it stands; comments and trailing commas may be around. */
export interface JsonSpan {
  readonly start: number;
  /** One past the last character. */
  readonly end: number;
  /** Only for objects. */
  readonly members?: readonly JsonMember[];
}

/** A member of an object. */
export interface JsonMember {
  readonly key: string;
  /** Where the key's opening quote stands. */
  readonly start: number;
  readonly value: JsonSpan;
}

/** Why a text cannot be read. */
export interface JsonTextError {
  readonly line: number;
  readonly what: string;
}

/** Finds every object of a JSON text with comments, so that one entry can be changed and all else stay as typed. */
export function readJsonText(text: string): Result<JsonSpan, JsonTextError> {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let problem: JsonTextError | undefined;

  const fail = (what: string): JsonSpan => {
    problem ??= { what, line: text.slice(0, at).split('\n').length };
    return { start: at, end: at };
  };
  const skip = (): void => {
    const blank = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
    blank.lastIndex = at;
    blank.exec(text);
    // A search beyond the end starts over; there is nothing to skip there.
    at = Math.max(at, blank.lastIndex);
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const readString = (): string => {
    const found = match(/"(?:[^"\\\n]|\\.)*"/y);
    if (found === undefined) {
      fail('a text in quotes is expected');
      return '';
    }
    try {
      return JSON.parse(found) as string;
    } catch {
      fail('a text with a wrong escape');
      return '';
    }
  };
  /** Reads the items between brackets; a comma may follow the last one. */
  const readItems = (close: string, readItem: () => void): void => {
    at += 1;
    skip();
    while (text[at] !== close && problem === undefined) {
      readItem();
      skip();
      if (match(/,/y) === undefined && text[at] !== close) {
        fail(`"," or "${close}" is expected`);
      }
      skip();
    }
    at += 1;
  };
  const readValue = (): JsonSpan => {
    skip();
    const start = at;
    if (problem !== undefined) return { start, end: at };
    const members: JsonMember[] = [];
    switch (text[at]) {
      case '{':
        readItems('}', () => {
          const keyStart = at;
          const key = readString();
          skip();
          if (match(/:/y) === undefined) fail('":" is expected');
          members.push({ key, start: keyStart, value: readValue() });
        });
        return { start, end: at, members };
      case '[':
        readItems(']', readValue);
        return { start, end: at };
      case '"':
        readString();
        return { start, end: at };
      default:
        if (match(/-?\d[\d.eE+-]*|true|false|null/y) === undefined)
          return fail('a value is missing');
        return { start, end: at };
    }
  };

  const root = readValue();
  skip();
  if (at < text.length) fail('something follows the end');
  return problem === undefined ? ok(root) : err(problem);
}
