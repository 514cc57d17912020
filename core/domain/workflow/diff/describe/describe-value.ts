import { type JsonValue } from '../../../../base/json.ts';
import { stringifyExactJson } from '../../../../base/exact-json.ts';

const LONGEST_VALUE = 80;

/**
 * A value as artists read it: numbers exact, without the noise of binary fractions; on and off; short
 * texts as they are, longer ones in quotes and cut.
 */
export function describeValue(value: JsonValue | undefined): string {
  switch (typeof value) {
    case 'undefined':
      return 'nothing';
    case 'number':
      return describeNumber(value);
    case 'boolean':
      return value ? 'on' : 'off';
    case 'string':
      if (value === '') return '(empty)';
      return isPlainWord(value) ? value : quoteShort(value);
    default:
      return value === null ? 'nothing' : shorten(stringifyExactJson(value), LONGEST_VALUE);
  }
}

/** True for file names, choices and other values that need no quotes; false for sentences. */
export function isPlainWord(text: string): boolean {
  if (text.length > LONGEST_VALUE || text.includes('\n')) return false;
  return !/\s/.test(text) || /\.[A-Za-z0-9]{2,12}$/.test(text);
}

/** A text in quotes on one line, cut to `limit` characters. */
export function quoteShort(text: string, limit = LONGEST_VALUE): string {
  return `"${shorten(text.replace(/\s+/g, ' ').trim(), limit)}"`;
}

function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).trimEnd()}…`;
}

function describeNumber(value: number): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) return String(value);
  // 12 digits hide 0.1 + 0.2 and keep every value that a setting can hold.
  return String(Number(value.toPrecision(12)));
}
