import { createHash } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCancellation, neverCancelled } from '../../base/cancellation.ts';
import type { LocalModelFile, ModelFiles } from '../../ports/model-files.ts';
import { createHashCache } from './hash-cache.ts';
import { createModelFiles } from './create-model-files.ts';

const server = 'http://127.0.0.1:8188';
const reading = { cancellation: neverCancelled };
let root: string;
let cacheFile: string;
let models: ModelFiles;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'second-unit-models-'));
  cacheFile = join(root, 'data', 'model-hashes.json');
  models = createModelFiles({ cacheFile });
  await mkdir(join(root, 'loras', 'sdxl'), { recursive: true });
  await mkdir(join(root, 'more'));
});
afterAll(() => rm(root, { recursive: true }));

/** A safetensors file whose one tensor has `weights` bytes. */
function safetensors(weights: number, metadata: Readonly<Record<string, string>> = {}): Buffer {
  const header = Buffer.from(
    JSON.stringify({
      __metadata__: metadata,
      'model.weight': { dtype: 'F16', shape: [weights / 2], data_offsets: [0, weights] },
    }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.byteLength));
  return Buffer.concat([length, header, Buffer.alloc(weights, 7)]);
}

async function place(name: string, bytes: Uint8Array): Promise<LocalModelFile> {
  await writeFile(join(root, 'loras', name), bytes);
  const file = await models.find({ server, folders: [join(root, 'loras')], name });
  if (file === undefined) throw new Error(`${name} was not found`);
  return file;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('finding a model file', () => {
  it('looks through the folders in order, subfolders with either slash', async () => {
    await writeFile(join(root, 'loras', 'sdxl', 'grain.safetensors'), safetensors(10));
    const folders = [join(root, 'more'), join(root, 'loras')];
    for (const name of ['sdxl/grain.safetensors', 'sdxl\\grain.safetensors']) {
      expect(await models.find({ server, folders, name })).toMatchObject({
        path: join(root, 'loras', 'sdxl', 'grain.safetensors'),
        bytes: safetensors(10).byteLength,
      });
    }
  });

  it("leaves another machine's server, a missing file, a folder and another size alone", async () => {
    const folders = [join(root, 'loras')];
    const name = 'sdxl/grain.safetensors';
    const remote = 'http://10.0.0.7:8188';
    expect(await models.find({ server: remote, folders, name })).toBeUndefined();
    expect(await models.find({ server, folders, name, bytes: 1 })).toBeUndefined();
    expect(await models.find({ server, folders, name: 'gone.safetensors' })).toBeUndefined();
    expect(await models.find({ server, folders, name: 'sdxl' })).toBeUndefined();
  });

  it.each(['../secret.safetensors', '..\\secret.safetensors', '/etc/hostname', '', 'a\0b', '.'])(
    'never leaves the folder: %j',
    async (name) => {
      await writeFile(join(root, 'secret.safetensors'), 'x');
      expect(await models.find({ server, folders: [join(root, 'loras')], name })).toBeUndefined();
    },
  );

  it('takes no folder that is not absolute', async () => {
    expect(await models.find({ server, folders: ['.'], name: 'package.json' })).toBeUndefined();
  });
});

describe('the head of a model file', () => {
  it('is read without its weights', async () => {
    const file = await place('style.safetensors', safetensors(1_000, { title: 'Style' }));
    expect(await models.header(file)).toMatchObject({
      ok: true,
      value: { weightBytes: 1_000, formats: { F16: 1_000 }, metadata: { title: 'Style' } },
    });
  });

  it('says what a torn download and another kind of file are', async () => {
    const torn = await place('torn.safetensors', safetensors(1_000).subarray(0, 30));
    expect(await models.header(torn)).toEqual({ ok: true, value: 'too-short' });
    const page = await place('page.safetensors', Buffer.from('<!DOCTYPE html><html></html>'));
    expect(await models.header(page)).toEqual({ ok: true, value: 'not-safetensors' });
    const empty = await place('empty.safetensors', new Uint8Array());
    expect(await models.header(empty)).toEqual({ ok: true, value: 'too-short' });
  });

  it('is read again when the file is another one', async () => {
    const before = await place('swap.safetensors', safetensors(10));
    expect(await models.header(before)).toMatchObject({ value: { weightBytes: 10 } });
    const after = await place('swap.safetensors', safetensors(20));
    expect(await models.header(after)).toMatchObject({ value: { weightBytes: 20 } });
  });
});

describe('the hash of a model file', () => {
  it('is the SHA-256 of the whole file, several pieces long', async () => {
    const bytes = safetensors(3 * 1024 * 1024 + 10);
    const file = await place('large.safetensors', bytes);
    expect(await models.knownHash(file)).toBeUndefined();
    expect(await models.hash(file, reading)).toEqual({ ok: true, value: sha256(bytes) });
    expect(await models.knownHash(file)).toBe(sha256(bytes));
  });

  it('is remembered on disk, and only while the file is the same', async () => {
    const bytes = safetensors(64);
    const file = await place('kept.safetensors', bytes);
    await models.hash(file, reading);
    const later = createModelFiles({ cacheFile });
    expect(await later.knownHash(file)).toBe(sha256(bytes));
    await utimes(file.path, 1_000, 1_000);
    const touched = await later.find({ server, folders: [root], name: 'loras/kept.safetensors' });
    if (touched === undefined) throw new Error('the file was not found');
    expect(await later.knownHash(touched)).toBeUndefined();
  });

  it('is not given for a file that changes while it is read', async () => {
    const file = await place('growing.safetensors', safetensors(64));
    const whenIdle = () => appendFile(file.path, 'x');
    let isFirst = true;
    const hashed = await models.hash(file, {
      ...reading,
      whenIdle: async () => {
        if (isFirst) await whenIdle();
        isFirst = false;
      },
    });
    expect(hashed).toMatchObject({ ok: false, error: { code: 'file/unreadable' } });
  });

  it('stops when it is told to, and when the core stops', async () => {
    const file = await place('stopped.safetensors', safetensors(2 * 1024 * 1024));
    const source = createCancellation();
    const whenIdle = async (): Promise<void> => source.cancel();
    const stopped = { ok: false, error: { code: 'cancelled' } };
    expect(await models.hash(file, { cancellation: source.token, whenIdle })).toMatchObject(
      stopped,
    );
    const closing = createModelFiles({ cacheFile: join(root, 'other.json') });
    const hashing = closing.hash(file, { ...reading, whenIdle: async () => closing.dispose() });
    expect(await hashing).toMatchObject(stopped);
  });

  it('says that a file went away', async () => {
    const file = await place('away.safetensors', safetensors(64));
    await rm(file.path);
    expect(await models.hash(file, reading)).toMatchObject({ error: { code: 'file/not-found' } });
  });
});

describe('what is kept on disk', () => {
  it('is bounded: the file that was asked for longest ago goes first', async () => {
    const path = join(root, 'bounded.json');
    const cache = createHashCache(path, 2);
    const file = (name: string): LocalModelFile => ({ path: name, bytes: 1, modifiedAt: 1 });
    await cache.put(file('a'), '0'.repeat(64));
    await cache.put(file('b'), '1'.repeat(64));
    expect(await cache.get(file('a'))).toBe('0'.repeat(64));
    await cache.put(file('c'), '2'.repeat(64));
    expect(await createHashCache(path, 2).get(file('b'))).toBeUndefined();
    expect(await createHashCache(path, 2).get(file('a'))).toBe('0'.repeat(64));
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ schemaVersion: 1 });
  });

  it.each(['', '{', '{"schemaVersion":2}', '{"schemaVersion":1,"files":[{"path":1}]}'])(
    'starts again from %j',
    async (text) => {
      const path = join(root, 'damaged.json');
      await writeFile(path, text);
      const cache = createHashCache(path);
      const file = { path: 'a', bytes: 1, modifiedAt: 1 };
      expect(await cache.get(file)).toBeUndefined();
      await cache.put(file, '0'.repeat(64));
      expect(await createHashCache(path).get(file)).toBe('0'.repeat(64));
    },
  );
});
