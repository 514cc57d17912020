import { jsonEquals, type JsonValue } from '../../../base/json.ts';

/**
 * Whether a link may join these types: equal, or comma-separated sets that share one member
 * (comfy_execution/validation.py). `*` on either side fits everything: the classes that write it
 * compare equal to any type. So does a type that takes after what is connected (servers of 2026), of which the
 * page alone sees whether it fits.
 */
export function typesMeet(received: JsonValue, wanted: JsonValue): boolean {
  if (jsonEquals(received, wanted)) return true;
  if (typeof received !== 'string' || typeof wanted !== 'string') return false;
  const offered = splitTypes(received);
  const accepted = splitTypes(wanted);
  if ([...offered, ...accepted].some((type) => FITS_ALL.includes(type))) return true;
  return offered.some((type) => accepted.includes(type));
}

const FITS_ALL: readonly string[] = ['*', 'COMFY_MATCHTYPE_V3'];

function splitTypes(types: string): readonly string[] {
  return types.split(',').map((type) => type.trim());
}
