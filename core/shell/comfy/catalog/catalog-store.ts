import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

/** The answer to `/object_info` as a server gave it, byte for byte. */
export interface KeptAnswer {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes: the same answer, the same digest. */
  readonly digest: string;
  readonly etag?: string | undefined;
  /** Unix ms when the server said so last. */
  readonly readAt: number;
}

/** The newest answer of each server, on the disk. What cannot be read or written is as if it were not there. */
export interface CatalogStore {
  load(url: string): Promise<KeptAnswer | undefined>;
  save(url: string, answer: KeptAnswer): Promise<void>;
  /** The server said the same again. */
  confirm(url: string, readAt: number): Promise<void>;
  /** Resolves when everything that was to be saved is on the disk, or could not be. */
  settled(): Promise<void>;
}

/** Servers and bytes that are kept; the ones not used for longest go. */
interface StoreLimits {
  readonly files?: number;
  readonly bytes?: number;
}

const SCHEMA_VERSION = 1;
const HeaderSchema = z.strictObject({
  schemaVersion: z.literal(SCHEMA_VERSION),
  url: z.string(),
  digest: z.string(),
  etag: z.string().optional(),
});
const ENDING = '.catalog.gz';
const MOST_FILES = 16;
const MOST_BYTES = 64 * 1024 * 1024;
/** A server with hundreds of node packs answers with some 20 MB. */
const LARGEST_ANSWER = 256 * 1024 * 1024;
const LINE_FEED = 10;

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** One packed file per server in `folder`: a line that says what it is, then the answer. */
export function createCatalogStore(folder: string, limits: StoreLimits = {}): CatalogStore {
  const pathOf = (url: string): string =>
    join(folder, `${createHash('sha256').update(url).digest('hex').slice(0, 32)}${ENDING}`);

  const removeOldest = async (): Promise<void> => {
    const names = (await readdir(folder)).filter((name) => name.endsWith(ENDING));
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(folder, name);
        const { size, mtimeMs } = await stat(path);
        return { path, size, mtimeMs };
      }),
    );
    let count = 0;
    let bytes = 0;
    for (const { path, size } of files.toSorted((a, b) => b.mtimeMs - a.mtimeMs)) {
      count += 1;
      bytes += size;
      const isTooMuch = bytes > (limits.bytes ?? MOST_BYTES) && count > 1;
      if (count > (limits.files ?? MOST_FILES) || isTooMuch) await rm(path, { force: true });
    }
  };
  const working = new Set<Promise<void>>();
  const track = (work: Promise<void>): Promise<void> => {
    const tracked = work.finally(() => working.delete(tracked));
    working.add(tracked);
    return tracked;
  };
  const write = async (url: string, { bytes, digest, etag, readAt }: KeptAnswer): Promise<void> => {
    try {
      await mkdir(folder, { recursive: true });
      const header = { schemaVersion: SCHEMA_VERSION, url, digest, etag };
      const line = Buffer.from(`${JSON.stringify(header)}\n`);
      await writeFileAtomic(pathOf(url), await pack(Buffer.concat([line, bytes])));
      await utimes(pathOf(url), readAt / 1000, readAt / 1000);
      await removeOldest();
    } catch {
      // A full disk costs only the quick start.
    }
  };

  return {
    load: async (url) => {
      const path = pathOf(url);
      try {
        const packed = await readFile(path);
        const text = await unpack(packed, { maxOutputLength: LARGEST_ANSWER });
        const end = text.indexOf(LINE_FEED);
        const header = HeaderSchema.parse(JSON.parse(text.subarray(0, end).toString()));
        const bytes = new Uint8Array(text.subarray(end + 1));
        if (header.url !== url || digestOf(bytes) !== header.digest) return undefined;
        const { mtimeMs: readAt } = await stat(path);
        const { digest, etag } = header;
        return { bytes, digest, readAt, ...(etag === undefined ? {} : { etag }) };
      } catch {
        // Not there, torn, or of another version: the server will tell it again.
        return undefined;
      }
    },
    save: (url, answer) => track(write(url, answer)),
    confirm: (url, readAt) =>
      track(utimes(pathOf(url), readAt / 1000, readAt / 1000).catch(() => undefined)),
    settled: async () => {
      await Promise.all(working);
    },
  };
}

/** SHA-256 of an answer, in hex. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
