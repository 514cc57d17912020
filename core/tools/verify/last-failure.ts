import type { AppError } from '../../contract/errors.ts';
import type { SessionState } from '../../contract/session.schema.ts';

/** The newest trouble of runs and turns; a tool call's counts with the time of its turn. */
export function lastFailureOf({ runs, turns }: SessionState): AppError | undefined {
  const found: { readonly at: number; readonly error: AppError }[] = [];
  for (const { failure, endedAt, proposedAt } of runs) {
    if (failure !== undefined) found.push({ at: endedAt ?? proposedAt, error: failure });
  }
  for (const turn of turns) {
    const at = turn.endedAt ?? turn.startedAt;
    const calls = turn.parts.flatMap((part) => (part.kind === 'tool-call' ? [part.call] : []));
    const errors = [...calls.map((call) => call.error), turn.error];
    const error = errors.findLast((candidate) => candidate !== undefined && !isOurOwn(candidate));
    if (error !== undefined) found.push({ at, error });
  }
  let newest: (typeof found)[number] | undefined;
  for (const entry of found) if (newest === undefined || entry.at >= newest.at) newest = entry;
  return newest?.error;
}

/** Answers to questions about a failure are not the failure. */
function isOurOwn({ code }: AppError): boolean {
  return code === 'cancelled' || code === 'run/no-fix' || code === 'change/rejected';
}
