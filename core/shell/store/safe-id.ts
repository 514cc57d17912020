/** Ids become file names: no separators, no dots at the start, nothing that Windows reserves. */
const SAFE_ID = /^[a-z0-9][a-z0-9_-]{0,99}$/i;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** True for an id that may be the name of a file. */
export function isSafeId(id: string): boolean {
  return SAFE_ID.test(id) && !RESERVED.test(id);
}
