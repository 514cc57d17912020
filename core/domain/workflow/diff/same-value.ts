import type { JsonValue } from '../../../base/json.ts';

/**
 * True when both hold the same values, whatever the order of their keys. For many comparisons of which most
 * are equal: nothing is allocated, and what is the same object is not looked into.
 */
export function isSameValue(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let at = 0; at < a.length; at += 1) {
      if (!isSameValue(a[at] as JsonValue, b[at] as JsonValue)) return false;
    }
    return true;
  }
  if (Array.isArray(b)) return false;
  const [left, right] = [a as Fields, b as Fields];
  for (const key in left) {
    if (!isSameValue(left[key], right[key])) return false;
  }
  for (const key in right) {
    if (!Object.hasOwn(left, key)) return false;
  }
  return true;
}

type Fields = Readonly<Record<string, JsonValue | undefined>>;
