import { isJsonArray, isJsonObject, type JsonValue } from '../../../base/json.ts';
import { type Result, err, ok } from '../../../base/result.ts';
import { toPythonClassName, toPythonRepr } from './python-text.ts';

/** Converts a value as the server does before it checks it; the error is Python's own sentence. */
export function coerceValue(value: JsonValue, type: string): Result<JsonValue, string> {
  if (type === 'INT') return toPythonInt(value);
  if (type === 'FLOAT') return toPythonFloat(value);
  if (type === 'STRING') return ok(typeof value === 'string' ? value : toPythonRepr(value));
  if (type === 'BOOLEAN') return ok(isTruthy(value));
  return ok(value);
}

function toPythonInt(value: JsonValue): Result<JsonValue, string> {
  if (typeof value === 'bigint') return ok(value);
  if (typeof value === 'boolean') return ok(value ? 1 : 0);
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return err('cannot convert float NaN to integer');
    if (!Number.isFinite(value)) return err('cannot convert float infinity to integer');
    const whole = Math.trunc(value);
    return ok(Number.isSafeInteger(whole) ? whole : BigInt(whole));
  }
  if (typeof value === 'string') {
    const digits = value.trim();
    if (/^[+-]?\d+(_\d+)*$/.test(digits)) {
      const exact = BigInt(digits.replaceAll('_', '').replace(/^\+/, ''));
      const rounded = Number(exact);
      return ok(Number.isSafeInteger(rounded) ? rounded : exact);
    }
    return err(`invalid literal for int() with base 10: ${toPythonRepr(value)}`);
  }
  return err(
    `int() argument must be a string, a bytes-like object or a real number, not '${toPythonClassName(value)}'`,
  );
}

function toPythonFloat(value: JsonValue): Result<JsonValue, string> {
  if (typeof value === 'number') return ok(value);
  if (typeof value === 'bigint') return ok(Number(value));
  if (typeof value === 'boolean') return ok(value ? 1 : 0);
  if (typeof value === 'string') {
    const text = value.trim().toLowerCase();
    const words: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, '-inf': -Infinity };
    const word = Object.hasOwn(words, text) ? words[text] : undefined;
    if (word !== undefined) return ok(word);
    if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(text)) return ok(Number(text));
    return err(`could not convert string to float: ${toPythonRepr(value)}`);
  }
  return err(
    `float() argument must be a string or a real number, not '${toPythonClassName(value)}'`,
  );
}

function isTruthy(value: JsonValue): boolean {
  if (isJsonArray(value)) return value.length > 0;
  if (isJsonObject(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}
