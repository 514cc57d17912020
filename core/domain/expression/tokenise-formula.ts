import { type Result, err, ok } from '../../base/result.ts';
import { type FormulaError } from './expression.ts';

/** The smallest parts of a formula; `at` is the zero-based character where one begins. */
export type FormulaToken =
  | { readonly kind: 'number'; readonly value: number | bigint; readonly at: number }
  | { readonly kind: 'name'; readonly text: string; readonly at: number }
  | { readonly kind: 'quoted'; readonly text: string; readonly at: number }
  | { readonly kind: 'node-id'; readonly text: string; readonly at: number }
  | { readonly kind: 'symbol'; readonly text: string; readonly at: number }
  | { readonly kind: 'end'; readonly at: number };

const SPACE = /\s*/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const UNIT = /[A-Za-z_]\w*/y;
// A percent sign right behind a number is a unit unless something to divide by follows.
const PERCENT = /%(?!\s*[\w.("'#“])/y;
const NAME = /[A-Za-z_]\w*/y;
const NODE_ID = /#-?\w+(?::-?\w+)*/y;
const SYMBOL = /\*\*|<=|>=|==|!=|[-+*/%()<>?:,.^×÷≤≥=]/y;
/** Other ways to write the same sign. */
const SAME_AS: Readonly<Record<string, string>> = {
  '×': '*',
  '÷': '/',
  '≤': '<=',
  '≥': '>=',
  '=': '==',
  '^': '**',
};
const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”' };

/**
 * Splits a formula. Whole numbers beyond 2^53 stay exact; the units k (× 1000), px (nothing) and % (÷ 100)
 * are counted into the number before them.
 */
export function tokeniseFormula(text: string): Result<readonly FormulaToken[], FormulaError> {
  const tokens: FormulaToken[] = [];
  let at = skip(text, 0);
  while (at < text.length) {
    const token = readToken(text, at);
    if (!token.ok) return token;
    tokens.push(token.value.token);
    at = skip(text, token.value.end);
  }
  return ok([...tokens, { kind: 'end', at }]);
}

type Read = Result<{ readonly token: FormulaToken; readonly end: number }, FormulaError>;

function readToken(text: string, at: number): Read {
  const number = match(NUMBER, text, at);
  if (number !== undefined) return readNumber(text, at, number);
  const closing = CLOSING[text.charAt(at)];
  if (closing !== undefined) {
    const close = text.indexOf(closing, at + 1);
    if (close < 0) return err({ at, expected: `a ${closing} behind the name that begins here` });
    const token = { kind: 'quoted', text: text.slice(at + 1, close), at } as const;
    return ok({ token, end: close + 1 });
  }
  const name = match(NAME, text, at);
  if (name !== undefined) {
    return ok({ token: { kind: 'name', text: name, at }, end: at + name.length });
  }
  const id = match(NODE_ID, text, at);
  if (id !== undefined) {
    return ok({ token: { kind: 'node-id', text: id.slice(1), at }, end: at + id.length });
  }
  const symbol = match(SYMBOL, text, at);
  if (symbol !== undefined) {
    const same = SAME_AS[symbol] ?? symbol;
    return ok({ token: { kind: 'symbol', text: same, at }, end: at + symbol.length });
  }
  return err({
    at,
    expected: `a number, a setting, or one of + - * / % ** ( ) instead of “${text.charAt(at)}”`,
  });
}

function readNumber(text: string, at: number, digits: string): Read {
  let end = at + digits.length;
  let value: number | bigint = /^\d+$/.test(digits) ? toExact(BigInt(digits)) : Number(digits);
  const unit = match(UNIT, text, end);
  if (unit === undefined) {
    if (match(PERCENT, text, end) !== undefined) {
      value = Number(value) / 100;
      end += 1;
    }
  } else {
    end += unit.length;
    const lower = unit.toLowerCase();
    if (lower === 'k' || lower === 'kpx') {
      value = typeof value === 'bigint' ? value * 1000n : cleanDecimal(value * 1000);
    } else if (lower !== 'px') {
      const expected = `a unit that is known (k, px or %) or an operator instead of “${unit}”`;
      return err({ at: end - unit.length, expected });
    }
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return err({ at, expected: 'a smaller number' });
  }
  return ok({ token: { kind: 'number', value, at }, end });
}

function cleanDecimal(value: number): number {
  return Number(value.toPrecision(15));
}

function toExact(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function skip(text: string, at: number): number {
  return at + (match(SPACE, text, at)?.length ?? 0);
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  const sticky = new RegExp(pattern.source, 'y');
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0];
}
