import { jsonEquals, type JsonValue } from '../../../base/json.ts';

/**
 * Whether a link may join these types: equal, or comma-separated sets that share one member
 * (comfy_execution/validation.py). `*` on either side fits everything: the classes that write it
 * compare equal to any type.
 */
export function typesMeet(received: JsonValue, wanted: JsonValue): boolean {
  if (jsonEquals(received, wanted)) return true;
  if (typeof received !== 'string' || typeof wanted !== 'string') return false;
  const offered = splitTypes(received);
  const accepted = splitTypes(wanted);
  if (offered.includes('*') || accepted.includes('*')) return true;
  return offered.some((type) => accepted.includes(type));
}

function splitTypes(types: string): readonly string[] {
  return types.split(',').map((type) => type.trim());
}
