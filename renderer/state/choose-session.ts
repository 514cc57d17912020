import { type Result, ok } from '../../core/base/result.ts';
import type { Client } from '../../core/contract/wire/client.ts';
import type { AppError } from '../../core/contract/errors.ts';
import type { SessionSummary } from '../../core/contract/session.schema.ts';

/** Remembers which session a window showed, across reloads. */
export interface SessionMemory {
  readonly load: () => string | null;
  readonly save: (sessionId: string) => void;
}

/** The session to show first: the one shown last here, else the newest that is whole, else a new one. */
export async function chooseSession(
  client: Pick<Client, 'call'>,
  sessions: readonly SessionSummary[],
  memory: SessionMemory,
): Promise<Result<string, AppError>> {
  const remembered = memory.load();
  if (sessions.some((session) => session.sessionId === remembered) && remembered !== null) {
    return ok(remembered);
  }
  const newest = [...sessions]
    .filter((session) => session.damage === undefined)
    .sort((a, b) => b.updatedAt - a.updatedAt)[0];
  if (newest !== undefined) {
    memory.save(newest.sessionId);
    return ok(newest.sessionId);
  }
  const created = await client.call('session/create', {});
  if (!created.ok) return created;
  memory.save(created.value.sessionId);
  return ok(created.value.sessionId);
}

/** Memory of this tab, with the last one of any tab as the first guess. */
export function browserSessionMemory(): SessionMemory {
  const key = 'second-unit:session';
  return {
    load: () => sessionStorage.getItem(key) ?? localStorage.getItem(key),
    save: (sessionId) => {
      sessionStorage.setItem(key, sessionId);
      localStorage.setItem(key, sessionId);
    },
  };
}
