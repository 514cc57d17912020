import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { LocalModelFile } from '../../ports/model-files.ts';

/** Hashes that were worked out before, by path, size and time of the last change. */
export interface HashCache {
  get(file: LocalModelFile): Promise<string | undefined>;
  put(file: LocalModelFile, sha256: string): Promise<void>;
}

/** More model files than any workstation has; some 300 kB on disk. */
const MOST = 2_000;

const StoredSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** Least recently used first. */
  files: z
    .array(
      z.strictObject({
        path: z.string(),
        bytes: z.number(),
        modifiedAt: z.number(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .readonly(),
});
type Entry = z.infer<typeof StoredSchema>['files'][number];

/**
 * The cache in one JSON file, written beside it and renamed. A file that cannot be read or written costs
 * the time to hash again, nothing else.
 */
export function createHashCache(file: string, most = MOST): HashCache {
  let loading: Promise<Map<string, Entry>> | undefined;
  let writing: Promise<void> = Promise.resolve();
  const load = (): Promise<Map<string, Entry>> => (loading ??= readEntries(file));
  const write = async (entries: Map<string, Entry>): Promise<void> => {
    const stored = { schemaVersion: 1, files: [...entries.values()] } as const;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFileAtomic(
        file,
        `${JSON.stringify(stored satisfies z.input<typeof StoredSchema>)}\n`,
      );
    } catch {
      // A full disk: it stays in memory, and the next hash tries to write it again.
    }
  };
  return {
    get: async ({ path, bytes, modifiedAt }) => {
      const entries = await load();
      const entry = entries.get(path);
      if (entry?.bytes !== bytes || entry.modifiedAt !== modifiedAt) return undefined;
      entries.delete(path);
      entries.set(path, entry);
      return entry.sha256;
    },
    put: async ({ path, bytes, modifiedAt }, sha256) => {
      const entries = await load();
      entries.delete(path);
      entries.set(path, { path, bytes, modifiedAt, sha256 });
      for (const oldest of entries.keys()) {
        if (entries.size <= most) break;
        entries.delete(oldest);
      }
      writing = writing.then(() => write(entries));
      await writing;
    },
  };
}

async function readEntries(file: string): Promise<Map<string, Entry>> {
  try {
    const stored = StoredSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
    const files = stored.success ? stored.data.files : [];
    return new Map(files.map((entry) => [entry.path, entry]));
  } catch {
    // Not there yet, or torn.
    return new Map();
  }
}
