import { endOfText, isSpace } from '../../../base/json-text.ts';

/** Where one part of an object or array stands in its text: [start, end) of the value, in characters. */
export interface TextPart {
  readonly start: number;
  readonly end: number;
  /** Absent in an array. */
  readonly key?: { readonly name: string; readonly start: number };
}

/** An object or array as it is written; `open` is the offset of its bracket, `close` of the last one. */
export interface TextLayout {
  readonly open: number;
  readonly close: number;
  readonly parts: readonly TextPart[];
}

/** Finds the parts of the object or array that starts at `open`; the text must be JSON there. */
export function readLayout(text: string, open: number): TextLayout {
  const isObject = text.charAt(open) === '{';
  const parts: TextPart[] = [];
  let at = skipSpace(text, open + 1);
  while (at < text.length && !isClosing(text.charCodeAt(at))) {
    let key: TextPart['key'];
    if (isObject) {
      const end = endOfText(text, at + 1);
      key = { name: JSON.parse(text.slice(at, end)) as string, start: at };
      at = skipSpace(text, skipSpace(text, end) + 1);
    }
    const end = endOfValue(text, at);
    parts.push({ start: at, end, ...(key && { key }) });
    at = skipSpace(text, end);
    if (text.charAt(at) === ',') at = skipSpace(text, at + 1);
  }
  return { open, close: at, parts };
}

/** The first offset from here that is no white space; a byte order mark counts as white space. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at)) || text.charCodeAt(at) === 0xfeff) at += 1;
  return at;
}

/** Where the value that starts here ends. */
export function endOfValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfText(text, at + 1);
      if (depth === 0) return at;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      depth += 1;
      at += 1;
    } else if (isClosing(code)) {
      if (depth === 0) return at;
      depth -= 1;
      at += 1;
      if (depth === 0) return at;
    } else if (depth === 0 && (code === COMMA || isSpace(code))) return at;
    else at += 1;
  }
  return at;
}

const QUOTE = 34;
const COMMA = 44;
const OPEN_BRACKET = 91;
const OPEN_BRACE = 123;

function isClosing(code: number): boolean {
  return code === 93 || code === 125;
}
