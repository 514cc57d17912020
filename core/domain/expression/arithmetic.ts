import { type Result, err, ok } from '../../base/result.ts';
import { type BinaryOperator } from './expression.ts';

/** A number in a formula: whole ones beyond 2^53 are `bigint`. */
export type Exact = number | bigint;

/** Whole numbers beyond this many bits serve nobody and would take time. */
const MAX_BITS = 1_024;
const LIMIT = 2n ** BigInt(MAX_BITS);

/** Works out one operator; whole numbers stay exact. The error says in words what would have been right. */
export function calculate(
  operator: BinaryOperator,
  left: Exact,
  right: Exact,
): Result<Exact | boolean, string> {
  switch (operator) {
    case '<':
      return ok(left < right);
    case '<=':
      return ok(left <= right);
    case '>':
      return ok(left > right);
    case '>=':
      return ok(left >= right);
    case '==':
      return ok(isEqual(left, right));
    case '!=':
      return ok(!isEqual(left, right));
    case '+':
    case '-':
    case '*':
      return finish(combine(operator, left, right));
    case '/':
      return isZero(right) ? err(NOT_ZERO) : finish(divide(left, right));
    case '%':
      return isZero(right) ? err(NOT_ZERO) : finish(remainder(left, right));
    case '**':
      return power(left, right);
  }
}

/** The same number without a sign. */
export function absolute(value: Exact): Exact {
  return value < 0 ? finishExact(-value) : value;
}

/** The nearest multiple of `grid` counted from `offset`, halves away from zero; `grid` must be above 0. */
export function toGrid(value: Exact, grid: Exact, offset: Exact = 0): Exact {
  const whole = [value, grid, offset].every(isWhole);
  if (whole) {
    const from = BigInt(value) - BigInt(offset);
    const step = BigInt(grid);
    const size = from < 0n ? -from : from;
    const count = (size * 2n + step) / (step * 2n);
    return finishExact((from < 0n ? -count : count) * step + BigInt(offset));
  }
  const count = roundHalfAway((Number(value) - Number(offset)) / Number(grid));
  // 3 × 0.1 is 0.30000000000000004 in binary; a grid is meant in decimals.
  return finishExact(Number((count * Number(grid) + Number(offset)).toPrecision(15)));
}

/** Rounds by one of the usual ways; halves go away from zero. */
export function roundBy(way: 'round' | 'floor' | 'ceil', value: Exact): Exact {
  if (typeof value === 'bigint') return value;
  return finishExact(way === 'round' ? roundHalfAway(value) : Math[way](value));
}

/** A number as small as it can be held: exact, and without a negative zero. */
export function finishExact(value: Exact): Exact {
  if (typeof value === 'number') return value === 0 ? 0 : value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

const NOT_ZERO = 'something other than 0 to divide by';
const TOO_LARGE = 'a result that is not that large';

function finish(value: Exact): Result<Exact, string> {
  if (typeof value === 'bigint') {
    return value > LIMIT || value < -LIMIT ? err(TOO_LARGE) : ok(finishExact(value));
  }
  return Number.isFinite(value) ? ok(finishExact(value)) : err(TOO_LARGE);
}

function combine(operator: '+' | '-' | '*', left: Exact, right: Exact): Exact {
  if (isWhole(left) && isWhole(right)) {
    const [a, b] = [BigInt(left), BigInt(right)];
    return operator === '+' ? a + b : operator === '-' ? a - b : a * b;
  }
  const [a, b] = [Number(left), Number(right)];
  return operator === '+' ? a + b : operator === '-' ? a - b : a * b;
}

function divide(left: Exact, right: Exact): Exact {
  if (isWhole(left) && isWhole(right)) {
    const [a, b] = [BigInt(left), BigInt(right)];
    if (a % b === 0n) return a / b;
  }
  return Number(left) / Number(right);
}

/** What is left over, with the sign of the divisor, as in Python and in ComfyUI's maths nodes. */
function remainder(left: Exact, right: Exact): Exact {
  if (isWhole(left) && isWhole(right)) {
    const [a, b] = [BigInt(left), BigInt(right)];
    const rest = a % b;
    return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
  }
  const [a, b] = [Number(left), Number(right)];
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

function power(base: Exact, exponent: Exact): Result<Exact, string> {
  if (isZero(base) && exponent < 0) return err(NOT_ZERO);
  if (isWhole(base) && isWhole(exponent) && exponent >= 0) {
    const bits = absolute(base).toString(2).length;
    if (bits <= 1 || Number(exponent) * (bits - 1) <= MAX_BITS) {
      // 0, 1 and -1 stay small under any power; only whether it is even counts.
      const times = bits <= 1 ? 2n + (BigInt(exponent) % 2n) : BigInt(exponent);
      return finish(isZero(exponent) ? 1 : BigInt(base) ** times);
    }
    return err(TOO_LARGE);
  }
  const result = Number(base) ** Number(exponent);
  return Number.isNaN(result) ? err('a base that is not below 0') : finish(result);
}

function roundHalfAway(value: number): number {
  return value < 0 ? -Math.round(-value) : Math.round(value);
}

/** True for numbers that can be counted exactly; a float beyond 2^53 is not one of them. */
function isWhole(value: Exact): boolean {
  return typeof value === 'bigint' || Number.isSafeInteger(value);
}

function isZero(value: Exact): boolean {
  return typeof value === 'bigint' ? value === 0n : value === 0;
}

function isEqual(left: Exact, right: Exact): boolean {
  return !(left < right) && !(left > right);
}
