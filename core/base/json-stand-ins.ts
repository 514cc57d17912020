/** A text that `JSON.parse` takes, and the numbers that stand-ins stand for in it. */
export interface StandIns {
  readonly text: string;
  /** Put in by {@link standInIndex}. */
  readonly exact: readonly (number | bigint)[];
}

/**
 * Puts a tiny number, another for each, in the place of every integer that a float cannot hold, and with
 * `words` of every bare word. In a text between quotes it may replace what only looks like one: whoever
 * finds fewer stand-ins than there are must read the source otherwise. Undefined when the source has numbers
 * of this size itself.
 */
export function putStandIns(source: string, words: boolean): StandIns | undefined {
  const exact: (number | bigint)[] = [];
  const parts: string[] = [];
  let from = 0;
  for (const match of source.matchAll(words ? INTEGER_OR_WORD : INTEGER)) {
    const number = match[0];
    const start = source.charCodeAt(match.index - 1) === MINUS ? match.index - 1 : match.index;
    const value = toExact(source.slice(start, match.index) + number);
    if (value === undefined || !OPENS_VALUE.test(source.charAt(start - 1))) continue;
    exact.push(value);
    parts.push(source.slice(from, start), String(exact.length * Number.MIN_VALUE));
    from = match.index + number.length;
  }
  if (exact.length === 0) return { text: source, exact };
  if (TINY.some((part) => source.includes(part))) return undefined;
  parts.push(source.slice(from));
  return { text: parts.join(''), exact };
}

/** Which exact number a number stands for, as an index from 0; -1 or beyond the last for none. */
export function standInIndex(value: number): number {
  return value > 0 && value < Number.EPSILON ? value / Number.MIN_VALUE - 1 : -1;
}

const INTEGER = /(?<![\d.])[1-9]\d{15,}(?![\d.eE])/g;
const INTEGER_OR_WORD = /(?<![\d.])[1-9]\d{15,}(?![\d.eE])|NaN|Infinity/g;
/** What may stand before a value: white space, a colon, a comma, a bracket, or nothing. */
const OPENS_VALUE = /^[\s:,[]?$/;
/** Every number as small as a stand-in has one of these in its spelling. */
const TINY = ['e-3', 'E-3', '0'.repeat(300)];
const MINUS = 45;

function toExact(number: string): number | bigint | undefined {
  if (number === 'NaN' || number.endsWith('Infinity')) return Number(number);
  if (number === '-NaN' || Number.isSafeInteger(Number(number))) return undefined;
  return BigInt(number);
}
