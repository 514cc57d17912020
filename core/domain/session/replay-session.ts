import type { SessionEnvelope } from '../../contract/actions.ts';
import type { SessionState } from '../../contract/session.schema.ts';
import { createOwnLists } from './session-lists.ts';
import { sessionReducer } from './session-reducer.ts';

/**
 * What a session's log comes to; undefined where it does not begin with the session. In time linear in the log,
 * because no state on the way is seen by anybody.
 */
export function replaySession(envelopes: Iterable<SessionEnvelope>): SessionState | undefined {
  const lists = createOwnLists();
  let state: SessionState | undefined;
  for (const envelope of envelopes) state = sessionReducer(state, envelope, lists);
  return state;
}
