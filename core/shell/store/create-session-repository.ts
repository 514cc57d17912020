import { appendFile, mkdir, open, readFile, readdir, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { type Result, err, ok } from '../../base/result.ts';
import type { SessionEnvelope } from '../../contract/actions.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { SessionRepository } from '../../ports/repositories.ts';
import { toReadError, toWriteError } from '../system/file-error.ts';
import { isSafeId } from './safe-id.ts';
import { SESSION_HEADER, readLog, toLogLine } from './session-log.ts';

const ENDING = '.jsonl';

/**
 * Sessions as one append-only JSONL file each in `folder`, which is made when the first is stored.
 * Only one process may write them at a time.
 */
export function createSessionRepository(folder: string): SessionRepository {
  /** Ids whose log this process knows to end in a whole line. */
  const sound = new Set<string>();
  const pathOf = (sessionId: string): string => join(folder, `${sessionId}${ENDING}`);
  const inTurn = createTurns();

  /** Writes the header of a new log; cuts off a torn end, behind which nothing could be read again. */
  const prepare = async (sessionId: string): Promise<Result<void, AppError>> => {
    if (sound.has(sessionId)) return ok(undefined);
    const path = pathOf(sessionId);
    const bytes = await readIfThere(path);
    if (bytes === undefined || bytes.byteLength === 0) {
      await mkdir(folder, { recursive: true });
      await appendFile(path, SESSION_HEADER);
    } else {
      const log = readLog(bytes);
      if (log.kind !== 'session') return err(toLogError(sessionId, log));
      if (log.soundBytes < bytes.byteLength) {
        await appendFile(`${path}.damaged`, bytes.subarray(log.soundBytes));
        await truncate(path, log.soundBytes);
      }
    }
    sound.add(sessionId);
    return ok(undefined);
  };

  const append = async (
    sessionId: string,
    lines: string,
    durable: boolean,
  ): Promise<Result<void, AppError>> => {
    const path = pathOf(sessionId);
    try {
      const prepared = await prepare(sessionId);
      if (!prepared.ok) return prepared;
      await using file = await open(path, 'a');
      const before = (await file.stat()).size;
      try {
        await file.appendFile(lines);
      } catch (cause) {
        // A full disk takes half a line: without it the next append stays readable.
        sound.delete(sessionId);
        await file.truncate(before);
        throw cause;
      }
      if (durable) await file.sync();
      return ok(undefined);
    } catch (cause) {
      sound.delete(sessionId);
      return err(toWriteError(cause, path));
    }
  };

  return {
    list: async () => {
      const names = await readdir(folder).catch(() => []);
      return names
        .filter((name) => name.endsWith(ENDING))
        .map((name) => name.slice(0, -ENDING.length))
        .filter(isSafeId)
        .sort();
    },
    load: (sessionId) =>
      inTurn(sessionId, async () => {
        if (!isSafeId(sessionId)) return err(appError('session/unknown', { sessionId }));
        try {
          const bytes = await readIfThere(pathOf(sessionId));
          if (bytes === undefined) return err(appError('session/unknown', { sessionId }));
          const log = readLog(bytes);
          return log.kind === 'session' ? ok(log.session) : err(toLogError(sessionId, log));
        } catch (cause) {
          return err(toReadError(cause, pathOf(sessionId)));
        }
      }),
    append: (sessionId, envelopes, durable) =>
      inTurn(sessionId, async () => {
        if (!isSafeId(sessionId)) return err(appError('session/unknown', { sessionId }));
        return append(sessionId, toLines(envelopes), durable);
      }),
    remove: (sessionId) =>
      inTurn(sessionId, async () => {
        if (!isSafeId(sessionId)) return err(appError('session/unknown', { sessionId }));
        sound.delete(sessionId);
        try {
          await rm(pathOf(sessionId), { force: true });
          await rm(`${pathOf(sessionId)}.damaged`, { force: true });
          return ok(undefined);
        } catch (cause) {
          return err(toWriteError(cause, pathOf(sessionId)));
        }
      }),
  };
}

function toLines(envelopes: readonly SessionEnvelope[]): string {
  return envelopes.map(toLogLine).join('');
}

function toLogError(
  sessionId: string,
  log: Exclude<ReturnType<typeof readLog>, { readonly kind: 'session' }>,
): AppError {
  return log.kind === 'newer'
    ? appError('session/newer-version', { sessionId, version: log.version })
    : appError('session/damaged', { sessionId, reason: log.reason });
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw cause;
  }
}

/** Work on one session waits for the work before it, so that appends keep their order. */
function createTurns(): <T>(sessionId: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (sessionId, work) => {
    const mine = (last.get(sessionId) ?? Promise.resolve()).then(work);
    last.set(sessionId, mine);
    void mine.finally(() => {
      if (last.get(sessionId) === mine) last.delete(sessionId);
    });
    return mine;
  };
}
