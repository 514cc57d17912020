import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KeptAnswer, createCatalogStore, digestOf } from './catalog-store.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-unit-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

const answer = (text: string, readAt = 1_000): KeptAnswer => {
  const bytes = new TextEncoder().encode(text);
  return { bytes, digest: digestOf(bytes), readAt };
};
const text = (kept: KeptAnswer | undefined): string | undefined =>
  kept === undefined ? undefined : new TextDecoder().decode(kept.bytes);

describe('the node classes on the disk', () => {
  it('come back byte for byte with their time and tag, for the server that told them', async () => {
    const store = createCatalogStore(folder);
    const kept = { ...answer('{"seed": 18446744073709551615}\n'), etag: '"a1"' };
    await store.save('http://box', kept);
    expect(await store.load('http://box')).toEqual(kept);
    expect(await store.load('http://other')).toBeUndefined();
    await store.confirm('http://box', 9_000);
    expect((await store.load('http://box'))?.readAt).toBe(9_000);
  });

  it('are packed', async () => {
    await createCatalogStore(folder).save('http://box', answer('x'.repeat(100_000)));
    const [name = ''] = await readdir(folder);
    expect((await stat(join(folder, name))).size).toBeLessThan(2_000);
  });

  it('are as if they were not there when the file is torn or of another version', async () => {
    const store = createCatalogStore(folder);
    await store.save('http://box', answer('{}'));
    const [name = ''] = await readdir(folder);
    await writeFile(join(folder, name), 'half of it');
    expect(await store.load('http://box')).toBeUndefined();
    await store.save('http://box', answer('{}'));
    expect(text(await store.load('http://box'))).toBe('{}');
  });

  it('stay within their number: the server that was not used for longest goes', async () => {
    const store = createCatalogStore(folder, { files: 2 });
    for (const [at, url] of ['a', 'b'].entries()) await store.save(url, answer(url, 1_000 + at));
    await store.confirm('a', 5_000);
    await store.save('c', answer('c', 6_000));
    const left = await Promise.all(['a', 'b', 'c'].map(async (url) => text(await store.load(url))));
    expect(left).toEqual(['a', undefined, 'c']);
  });

  it('stay within their size, but the newest is always kept', async () => {
    const store = createCatalogStore(folder, { bytes: 10 });
    await store.save('a', answer('a', 1_000));
    await store.save('b', answer('b', 2_000));
    expect(text(await store.load('a'))).toBeUndefined();
    expect(text(await store.load('b'))).toBe('b');
  });

  it('that cannot be written cost nothing but the quick start', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await createCatalogStore(join(file, 'below')).save('a', answer('a'));
    expect(await createCatalogStore(join(file, 'below')).load('a')).toBeUndefined();
  });
});
