import { mkdir, open, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { err, ok } from '../../base/result.ts';
import { appError } from '../../contract/errors.ts';
import type { Files } from '../../ports/files.ts';
import { toReadError, toWriteError } from './file-error.ts';

/** Files of the machine; relative paths start at `folder`. */
export function createFiles(folder = process.cwd()): Files {
  return {
    read: async (path, limit) => {
      const full = resolve(folder, path);
      try {
        await using file = await open(full, 'r');
        const found = await file.stat();
        if (found.isDirectory()) {
          return err(appError('file/unreadable', { path, reason: 'it is a folder' }));
        }
        if (found.size > limit) {
          return err(appError('file/too-large', { path, bytes: found.size, limit }));
        }
        return ok(new Uint8Array(await file.readFile()));
      } catch (cause) {
        return err(toReadError(cause, path));
      }
    },
    write: async (path, bytes) => {
      const full = resolve(folder, path);
      try {
        await mkdir(dirname(full), { recursive: true });
        await writeFileAtomic(full, Buffer.from(bytes));
        return ok({ path: full });
      } catch (cause) {
        return err(toWriteError(cause, path));
      }
    },
    exists: async (path) => {
      try {
        await stat(resolve(folder, path));
        return true;
      } catch {
        // Whatever the disk says, it cannot be used.
        return false;
      }
    },
  };
}
