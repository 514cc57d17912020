import type { SessionSummary } from '../../../core/contract/session.schema.ts';

/** Sessions whose name or workflow holds every word, newest first. */
export function findSessions(
  sessions: readonly SessionSummary[],
  wanted: string,
): readonly SessionSummary[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return sessions
    .filter((session) => {
      const text = `${session.title} ${session.workflowName ?? ''}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => b.updatedAt - a.updatedAt);
}
