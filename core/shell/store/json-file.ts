import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { parseExactJson, stringifyExactJson } from '../../base/exact-json.ts';
import { type JsonObject, isJsonObject } from '../../base/json.ts';
import { type Result, err, ok } from '../../base/result.ts';
import type { AppError } from '../../contract/errors.ts';
import { toReadError, toWriteError } from '../system/file-error.ts';

/** One JSON object in a file of its own. */
export interface JsonFile {
  /**
   * What `reader` makes of it; undefined where there is no file that may be read. A file of which it makes
   * nothing, or which holds no object, is kept aside as `*.damaged`; one that could not be read now, before the next
   * `write`.
   */
  read<T>(reader: (stored: JsonObject) => T | undefined): Promise<T | undefined>;
  /** Written beside the old one and renamed; the folder is made. */
  write(value: JsonObject): Promise<Result<void, AppError>>;
}

/** Opens the file at `path`, which need not be there. */
export function createJsonFile(path: string): JsonFile {
  /** The file is there, and nobody knows what it holds. */
  let isUnread = false;
  const setAside = (): Promise<void> => rename(path, `${path}.damaged`);
  return {
    read: async (reader) => {
      let text: string;
      try {
        text = await readFile(path, 'utf8');
        isUnread = false;
      } catch (cause) {
        isUnread = toReadError(cause, path).code !== 'file/not-found';
        return undefined;
      }
      const parsed = parseExactJson(text);
      const read = parsed.ok && isJsonObject(parsed.value) ? reader(parsed.value) : undefined;
      if (read === undefined) await setAside().catch(() => undefined);
      return read;
    },
    write: async (value) => {
      try {
        await mkdir(dirname(path), { recursive: true });
        if (isUnread) await setAside();
        isUnread = false;
        await writeFileAtomic(path, `${stringifyExactJson(value, 2)}\n`);
        return ok(undefined);
      } catch (cause) {
        return err(toWriteError(cause, path));
      }
    },
  };
}
