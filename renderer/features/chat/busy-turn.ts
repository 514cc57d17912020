import type { SessionState, Turn } from '../../../core/contract/session.schema.ts';
import { isTurnBusy } from '../../../core/domain/session/turn-waits.ts';

/** The newest turn while it is at work; one that waits for a yes or for a render can be talked over. */
export function busyTurn(session: SessionState | null | undefined): Turn | undefined {
  const last = session?.turns.at(-1);
  return session && last !== undefined && isTurnBusy(last, session) ? last : undefined;
}
