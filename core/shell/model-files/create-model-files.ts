import { stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { createCancellation } from '../../base/cancellation.ts';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import { isLoopbackAddress } from '../../domain/machine/loopback-address.ts';
import type { HeaderProblem, SafetensorsHeader } from '../../domain/machine/safetensors-header.ts';
import type { HashOptions, LocalModelFile, ModelFiles } from '../../ports/model-files.ts';
import { createHashCache } from './hash-cache.ts';
import { hashFile } from './hash-file.ts';
import { readHeader } from './read-header.ts';

type Header = SafetensorsHeader | HeaderProblem;

/** Headers kept in memory; a large one takes some 10 kB once it is read. */
const MOST_HEADERS = 64;

/** Model files on this machine; their hashes are remembered in `cacheFile`. */
export function createModelFiles({ cacheFile }: { readonly cacheFile: string }): ModelFiles {
  const cache = createHashCache(cacheFile);
  const headers = new Map<string, Header>();
  const stopped = createCancellation();
  let last: Promise<unknown> = Promise.resolve();

  const hashNow = async (
    file: LocalModelFile,
    { cancellation, whenIdle }: HashOptions,
  ): Promise<Result<string, AppError>> => {
    const known = await cache.get(file);
    if (known !== undefined) return ok(known);
    const either = createCancellation();
    const listening = [cancellation, stopped.token].map((token) =>
      token.onCancelled(() => either.cancel()),
    );
    const hashed = await hashFile(file.path, { cancellation: either.token, whenIdle });
    for (const listener of listening) listener.dispose();
    if (!hashed.ok) return hashed;
    const after = await look(file.path);
    if (after?.bytes !== file.bytes || after.modifiedAt !== file.modifiedAt) {
      const reason = 'it changed while it was read';
      return err(appError('file/unreadable', { path: file.path, reason }));
    }
    await cache.put(file, hashed.value);
    return hashed;
  };

  return {
    find: async ({ server, folders, name, bytes }) => {
      if (!isLoopbackAddress(server)) return undefined;
      for (const folder of folders) {
        const path = pathInside(folder, name);
        const file = path === undefined ? undefined : await look(path);
        if (file === undefined) continue;
        // ComfyUI takes the first folder that has it; another size means another machine's disk.
        return bytes === undefined || file.bytes === bytes ? file : undefined;
      }
      return undefined;
    },
    header: async (file) => {
      const key = `${file.path}\n${String(file.bytes)}\n${String(file.modifiedAt)}`;
      const known = headers.get(key);
      const read = known === undefined ? await readHeader(file.path) : ok(known);
      if (!read.ok) return read;
      headers.delete(key);
      headers.set(key, read.value);
      const oldest = headers.size > MOST_HEADERS ? headers.keys().next().value : undefined;
      if (oldest !== undefined) headers.delete(oldest);
      return read;
    },
    knownHash: (file) => cache.get(file),
    hash: (file, options) => {
      const mine = last.then(() => hashNow(file, options));
      last = mine;
      return mine;
    },
    dispose: () => stopped.cancel(),
  };
}

/** Undefined for a name that leads out of its folder. */
function pathInside(folder: string, name: string): string | undefined {
  if (!isAbsolute(folder) || name === '' || name.includes('\0')) return undefined;
  const path = resolve(folder, name.replaceAll('\\', '/'));
  const inside = relative(folder, path);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? undefined : path;
}

async function look(path: string): Promise<LocalModelFile | undefined> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return undefined;
    return { path, bytes: found.size, modifiedAt: Math.trunc(found.mtimeMs) };
  } catch {
    // Not there, or not ours to read: either way it tells nothing.
    return undefined;
  }
}
