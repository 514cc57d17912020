const FIRST_MS = 500;
const LONGEST_MS = 20_000;

/**
 * ms to wait before attempt `attempt` (0: at once), doubling up to 20 s. `seed` spreads the waits by
 * ±25 %, so that ten workstations do not knock at a restarted render box at the same moment.
 */
export function backOffMs(attempt: number, seed: string): number {
  if (attempt <= 0) return 0;
  const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(wait * (0.75 + 0.5 * fractionOf(seed)));
}

/** FNV-1a, so that the spread follows from the seed alone. */
function fractionOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) / 0x1_0000_0000;
}
