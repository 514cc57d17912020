import type { SessionSummary } from '../../../core/contract/session.schema.ts';

/** What a session is called as long as the artist has not named it. */
const UNNAMED = 'New session';

/** A session's name in a list: one that was never named goes by its workflow, or ten of them could not be told apart. */
export function sessionName({
  title,
  workflowName,
}: Pick<SessionSummary, 'title' | 'workflowName'>): string {
  return title === UNNAMED ? (workflowName ?? title) : title;
}
