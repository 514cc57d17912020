import { type Result, ok, err } from '../../../core/base/result.ts';
import type { SessionEnvelope } from '../../../core/contract/actions.ts';
import { type AppError, appError } from '../../../core/contract/errors.ts';
import type { SessionRepository } from '../../../core/ports/repositories.ts';

/** Sessions in memory, with a disk that can be filled up. */
export interface MemorySessionRepository extends SessionRepository {
  readonly logs: ReadonlyMap<string, readonly SessionEnvelope[]>;
  /** From now on every write fails, until called with false. */
  fillDisk(isFull: boolean): void;
  readonly durableWrites: number;
}

/** Makes an empty repository. */
export function createMemorySessionRepository(): MemorySessionRepository {
  const logs = new Map<string, readonly SessionEnvelope[]>();
  let isFull = false;
  let durableWrites = 0;
  const full = (): Result<never, AppError> => err(appError('file/disk-full', { path: 'memory' }));
  return {
    logs,
    get durableWrites() {
      return durableWrites;
    },
    fillDisk: (full) => {
      isFull = full;
    },
    list: async () => [...logs.keys()],
    load: async (sessionId) => {
      const envelopes = logs.get(sessionId);
      return envelopes === undefined
        ? err(appError('session/unknown', { sessionId }))
        : ok({ envelopes });
    },
    append: async (sessionId, envelopes, durable) => {
      if (isFull) return full();
      if (durable) durableWrites += 1;
      logs.set(sessionId, [...(logs.get(sessionId) ?? []), ...envelopes]);
      return ok(undefined);
    },
    remove: async (sessionId) => {
      logs.delete(sessionId);
      return ok(undefined);
    },
  };
}
