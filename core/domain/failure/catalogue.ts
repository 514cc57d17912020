import { connectionFailures } from './catalogue/connection.ts';
import { driverFailures } from './catalogue/driver.ts';
import { fileFailures } from './catalogue/files.ts';
import { fitFailures } from './catalogue/fit.ts';
import { installFailures } from './catalogue/install.ts';
import { memoryFailures } from './catalogue/memory.ts';
import { requestFailures } from './catalogue/request.ts';
import type { FailureEntry } from './failure-entry.ts';

/** Every known failure, the more particular text before the more general. */
export const failureCatalogue: readonly FailureEntry[] = [
  ...memoryFailures,
  ...fitFailures,
  ...fileFailures,
  ...requestFailures,
  ...driverFailures,
  ...installFailures,
  ...connectionFailures,
];

/** The entry of a code. */
export function failureEntry(code: string): FailureEntry | undefined {
  return failureCatalogue.find((entry) => entry.code === code);
}

/**
 * The entries that fit what was said: the first that matches, and the next one of another cause as "also
 * possible". Empty: not known.
 */
export function findCauses(said: string): readonly FailureEntry[] {
  const [first, ...rest] = failureCatalogue.filter(({ pattern }) => pattern.test(said));
  if (first === undefined) return [];
  const second = rest.find(
    (entry) => entry.cause !== first.cause && isTrouble(entry) === isTrouble(first),
  );
  return second === undefined ? [first] : [first, second];
}

/** True for what keeps a run from its result; notices and stopped runs do not. */
function isTrouble({ kind }: FailureEntry): boolean {
  return kind === 'failure' || kind === 'memory';
}
