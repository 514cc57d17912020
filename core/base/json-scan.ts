import type { JsonValue } from './json.ts';

/** A bare word or an integer that `JSON.parse` cannot read exactly; offsets in characters. */
export interface JsonSpot {
  readonly start: number;
  readonly end: number;
  /** The array indexes and keys that lead to it. */
  readonly path: readonly (string | number)[];
}

/** What one look over a JSON text tells, before anything is built. */
export interface JsonScan {
  readonly spots: readonly JsonSpot[];
  /** False when some object's keys would come out in another order than they stand in. */
  readonly keepsOrder: boolean;
  readonly depth: number;
}

/**
 * Looks a text over for what `JSON.parse` would refuse, round or re-order. The text need not be valid; of an
 * invalid one nothing is promised but that the scan ends.
 */
export function scanJson(source: string): JsonScan {
  const spots: JsonSpot[] = [];
  // For each open level: commas so far, where its last key starts (-1 in an array), and its highest key that
  // is an array index (-1 for none, Infinity after any other key).
  const commas: number[] = [0];
  const keys: number[] = [-1];
  const highest: number[] = [-1];
  const end = source.length;
  let depth = 0;
  let deepest = 0;
  let keepsOrder = true;
  let at = 0;
  const pathHere = (): (string | number)[] => {
    const path: (string | number)[] = [];
    for (let level = 1; level <= depth; level += 1) {
      const key = keys[level] ?? -1;
      if (key < 0) path.push(commas[level] ?? 0);
      else path.push(readKey(source, key));
    }
    return path;
  };
  while (at < end) {
    const code = source.charCodeAt(at);
    if (code <= SPACE) {
      at += 1;
    } else if (code === QUOTE) {
      const start = at + 1;
      at = endOfText(source, start);
      if (at < 0) break;
      let next = at;
      let after = source.charCodeAt(next);
      while (after <= SPACE) after = source.charCodeAt((next += 1));
      if (after !== COLON) continue;
      keys[depth] = start;
      const first = source.charCodeAt(start);
      if (first < ZERO || first > NINE) highest[depth] = Infinity;
      else {
        const index = toIndex(source, start, at - 1);
        const before = highest[depth] ?? -1;
        if (index >= 0 && index < before) keepsOrder = false;
        highest[depth] = index < 0 ? Infinity : index;
      }
      at = next + 1;
    } else if (code === COMMA) {
      commas[depth] = (commas[depth] ?? 0) + 1;
      at += 1;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      depth += 1;
      commas[depth] = 0;
      keys[depth] = -1;
      highest[depth] = -1;
      if (depth > deepest) deepest = depth;
      at += 1;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      depth -= 1;
      at += 1;
    } else if (code <= NINE) {
      const stop = endOfNumber(source, at);
      const isLong = stop - at > EXACT_DIGITS || (code === MINUS && stop - at === MINUS_INFINITY);
      if (isLong && isInexact(source.slice(at, stop))) {
        spots.push({ start: at, end: stop, path: pathHere() });
      }
      at = stop;
    } else if (code === UPPER_N || code === UPPER_I) {
      const word = code === UPPER_N ? 'NaN' : 'Infinity';
      if (source.startsWith(word, at)) {
        spots.push({ start: at, end: at + word.length, path: pathHere() });
        at += word.length;
      } else at += 1;
    } else at += 1;
  }
  return { spots, keepsOrder, depth: deepest };
}

/** What stands at a spot. */
export function spotValue(source: string, { start, end }: JsonSpot): JsonValue {
  const word = source.slice(start, end);
  return isBareWord(word) ? Number(word) : BigInt(word);
}

/** True for the words that Python writes for numbers that are none. */
export function isBareWord(word: string): boolean {
  return word.endsWith('N') || word.endsWith('y');
}

/** Where a text that starts here (after its quote) ends, behind its closing quote; -1 when it does not. */
export function endOfText(source: string, start: number): number {
  let close = source.indexOf('"', start);
  while (close >= 0 && source.charCodeAt(close - 1) === BACKSLASH) {
    let slashes = close - 1;
    while (slashes >= start && source.charCodeAt(slashes) === BACKSLASH) slashes -= 1;
    if ((close - 1 - slashes) % 2 === 0) break;
    close = source.indexOf('"', close + 1);
  }
  return close < 0 ? -1 : close + 1;
}

/** True for the four characters that JSON allows between its parts. */
export function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
const UPPER_I = 73;
const UPPER_N = 78;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** Integers of fewer digits are always exact. */
const EXACT_DIGITS = 15;
const MINUS_INFINITY = '-Infinity'.length;

function endOfNumber(source: string, start: number): number {
  if (source.startsWith('-Infinity', start)) return start + MINUS_INFINITY;
  let at = start + 1;
  for (;;) {
    const code = source.charCodeAt(at);
    // Digits, signs and the point; "e" and "E" of an exponent. The end of the text is NaN.
    const isPart = (code >= 43 && code <= NINE && code !== COMMA) || code === 101 || code === 69;
    if (!isPart) return at;
    at += 1;
  }
}

function isInexact(number: string): boolean {
  if (number === '-Infinity') return true;
  return /^-?[1-9]\d+$/.test(number) && !Number.isSafeInteger(Number(number));
}

function readKey(source: string, start: number): string {
  try {
    return JSON.parse(source.slice(start - 1, endOfText(source, start))) as string;
  } catch {
    // Not JSON: whoever reads the text will say so.
    return '';
  }
}

/** The array index that a key is, which JavaScript would move to the front; else -1. */
function toIndex(source: string, start: number, end: number): number {
  const length = end - start;
  if (length === 0 || length > 10 || (length > 1 && source.charCodeAt(start) === ZERO)) return -1;
  let index = 0;
  for (let at = start; at < end; at += 1) {
    const digit = source.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    index = index * 10 + digit;
  }
  return index < 4294967295 ? index : -1;
}
