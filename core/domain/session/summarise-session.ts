import type { SessionState, SessionSummary } from '../../contract/session.schema.ts';

/** The line that the session list shows; `damage` is what loading it could not read. */
export function summariseSession(state: SessionState, damage?: string): SessionSummary {
  const { sessionId, title, createdAt, updatedAt, turns, workflow } = state;
  return {
    sessionId,
    title,
    createdAt,
    updatedAt,
    workflowName: workflow?.name ?? null,
    turnCount: turns.filter(({ looks }) => looks === undefined).length,
    ...(damage === undefined ? {} : { damage }),
  };
}
