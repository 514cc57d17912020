import { chmod, mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { type Result, err, ok } from '../../base/result.ts';
import type { AppError } from '../../contract/errors.ts';
import type { Secrets } from '../../ports/secrets.ts';
import { toReadError, toWriteError } from '../system/file-error.ts';

/** Locks texts with a key that the system keeps for this person; undefined when it cannot. */
export interface Sealer {
  seal(text: string): Promise<string | undefined>;
  open(sealed: string): Promise<string | undefined>;
}

/** `sealed` is for the keychain's key to open; `plain` stands where there is no keychain. */
const EntrySchema = z.union([
  z.strictObject({ sealed: z.string() }),
  z.strictObject({ plain: z.string() }),
]);
const FileSchema = z.strictObject({
  schemaVersion: z.literal(1),
  secrets: z.record(z.string(), EntrySchema),
});
type Entries = z.infer<typeof FileSchema>['secrets'];

/** Only the owner may read or write it. */
const MODE = 0o600;

/**
 * Secrets in one file of the data folder that only its owner may read, each locked with the keychain's
 * key where a `sealer` is given and works. A file that makes no sense counts as empty, and is kept aside as
 * `*.damaged` when the next secret is written.
 */
export function createSecrets(path: string, sealer?: Sealer): Secrets {
  let last: Promise<unknown> = Promise.resolve();
  /** Undefined for a file that makes no sense; throws where it is there and cannot be read now. */
  const load = async (): Promise<Entries | undefined> => {
    const text = await readFile(path, 'utf8').catch((cause: unknown) => {
      if (toReadError(cause, path).code === 'file/not-found') return undefined;
      throw cause;
    });
    if (text === undefined) return {};
    const parsed = FileSchema.safeParse(parse(text));
    return parsed.success ? parsed.data.secrets : undefined;
  };
  /** One change after the other, so that none is lost. */
  const change = (
    edit: (entries: Entries) => Promise<Entries>,
  ): Promise<Result<void, AppError>> => {
    const mine = last.then(async (): Promise<Result<void, AppError>> => {
      try {
        const before = await load();
        if (before === undefined) await rename(path, `${path}.damaged`);
        const secrets = await edit(before ?? {});
        await mkdir(dirname(path), { recursive: true });
        const text = JSON.stringify({ schemaVersion: 1, secrets }, null, 2);
        await writeFileAtomic(path, `${text}\n`, { mode: MODE });
        // A file from before may have been readable by others.
        await chmod(path, MODE);
        return ok(undefined);
      } catch (cause) {
        return err(toWriteError(cause, path));
      }
    });
    last = mine;
    return mine;
  };
  return {
    read: async (name) => {
      await last;
      // Kept, as far as we know: only another time can tell.
      const entries = await load().catch(() => 'unreadable' as const);
      if (entries === 'unreadable') return { kind: 'lost' };
      if (entries === undefined) return { kind: 'none' };
      const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
      if (entry === undefined) return { kind: 'none' };
      if ('plain' in entry) return { kind: 'found', secret: entry.plain };
      const secret = await sealer?.open(entry.sealed);
      return secret === undefined ? { kind: 'lost' } : { kind: 'found', secret };
    },
    write: (name, secret) =>
      change(async (entries) => {
        const sealed = await sealer?.seal(secret);
        return { ...entries, [name]: sealed === undefined ? { plain: secret } : { sealed } };
      }),
    remove: (name) =>
      change(async (entries) =>
        Object.fromEntries(Object.entries(entries).filter(([other]) => other !== name)),
      ),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
