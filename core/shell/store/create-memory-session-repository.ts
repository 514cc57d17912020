import { err, ok } from '../../base/result.ts';
import type { SessionEnvelope } from '../../contract/actions.ts';
import { appError } from '../../contract/errors.ts';
import type { SessionRepository } from '../../ports/repositories.ts';

/** Sessions that are gone with the process: for one-off commands and tests. */
export function createMemorySessionRepository(): SessionRepository {
  const sessions = new Map<string, readonly SessionEnvelope[]>();
  return {
    list: () => Promise.resolve([...sessions.keys()].sort()),
    load: (sessionId) => {
      const envelopes = sessions.get(sessionId);
      return Promise.resolve(
        envelopes === undefined
          ? err(appError('session/unknown', { sessionId }))
          : ok({ envelopes }),
      );
    },
    append: (sessionId, envelopes) => {
      sessions.set(sessionId, [...(sessions.get(sessionId) ?? []), ...envelopes]);
      return Promise.resolve(ok(undefined));
    },
    remove: (sessionId) => {
      sessions.delete(sessionId);
      return Promise.resolve(ok(undefined));
    },
  };
}
