import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Receipt } from '../../contract/run/receipt.schema.ts';
import { isUnfinished } from '../../domain/run/receipt/complete-receipt.ts';
import { parseReceipt, serializeReceipt } from '../../domain/run/receipt/read-receipt.ts';
import type { ReceiptRepository } from '../../ports/repositories.ts';
import { toReadError, toWriteError } from '../system/file-error.ts';
import { isSafeId } from './safe-id.ts';

const FOLDER_ENDING = '.receipts';
const ENDING = '.json';
/** In the name, so that what is unfinished is found without reading every receipt. */
const UNFINISHED_ENDING = '.unfinished.json';

/** Receipts as JSON files in a folder beside the session's log in `folder`: written beside the old one and renamed. */
export function createReceiptRepository(folder: string): ReceiptRepository {
  const folderOf = (sessionId: string): string => join(folder, `${sessionId}${FOLDER_ENDING}`);
  const readOne = async (path: string): Promise<Result<Receipt | undefined, AppError>> => {
    try {
      return parseReceipt(await readFile(path, 'utf8'), path);
    } catch (cause) {
      const error = toReadError(cause, path);
      return error.code === 'file/not-found' ? ok(undefined) : err(error);
    }
  };
  const load = async (
    sessionId: string,
    promptId: string,
  ): Promise<Result<Receipt | undefined, AppError>> => {
    if (!isSafeId(sessionId) || !isSafeId(promptId)) return ok(undefined);
    const base = join(folderOf(sessionId), promptId);
    const finished = await readOne(`${base}${ENDING}`);
    return finished.ok && finished.value === undefined
      ? readOne(`${base}${UNFINISHED_ENDING}`)
      : finished;
  };
  return {
    load,
    save: async (receipt) => {
      const { sessionId, promptId } = receipt;
      if (!isSafeId(sessionId) || !isSafeId(promptId)) {
        return err(appError('receipt/unknown', { promptId }));
      }
      const base = join(folderOf(sessionId), promptId);
      const path = `${base}${isUnfinished(receipt) ? UNFINISHED_ENDING : ENDING}`;
      try {
        await mkdir(folderOf(sessionId), { recursive: true });
        await writeFileAtomic(path, serializeReceipt(receipt));
        if (!isUnfinished(receipt)) await rm(`${base}${UNFINISHED_ENDING}`, { force: true });
        return ok(undefined);
      } catch (cause) {
        return err(toWriteError(cause, path));
      }
    },
    unfinished: async (sessionId) => {
      if (!isSafeId(sessionId)) return [];
      const names: readonly string[] = await readdir(folderOf(sessionId)).catch(() => []);
      return (
        names
          .filter((name) => name.endsWith(UNFINISHED_ENDING))
          .map((name) => name.slice(0, -UNFINISHED_ENDING.length))
          // The core stopped between writing the whole one and removing this one.
          .filter((promptId) => !names.includes(`${promptId}${ENDING}`))
          .sort()
      );
    },
    removeAll: async (sessionId) => {
      if (!isSafeId(sessionId)) return ok(undefined);
      try {
        await rm(folderOf(sessionId), { recursive: true, force: true });
        return ok(undefined);
      } catch (cause) {
        return err(toWriteError(cause, folderOf(sessionId)));
      }
    },
    find: async (promptId) => {
      const names = await readdir(folder).catch(() => []);
      for (const name of names.filter((each) => each.endsWith(FOLDER_ENDING)).sort()) {
        const found = await load(name.slice(0, -FOLDER_ENDING.length), promptId);
        if (!found.ok || found.value !== undefined) return found;
      }
      return ok(undefined);
    },
  };
}
