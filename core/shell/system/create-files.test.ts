import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFiles } from './create-files.ts';
import { toReadError, toWriteError } from './file-error.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-unit-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

describe('createFiles', () => {
  it('writes a whole file or none, and reads it back', async () => {
    const files = createFiles(folder);
    expect(await files.write('a.json', bytes('one'))).toEqual({
      ok: true,
      value: { path: join(folder, 'a.json') },
    });
    await files.write('a.json', bytes('two'));
    expect(await files.read('a.json', 100)).toEqual({ ok: true, value: bytes('two') });
    expect(await readdir(folder)).toEqual(['a.json']);
    expect(await files.exists('a.json')).toBe(true);
    expect(await files.exists('b.json')).toBe(false);
  });

  it('makes the folders that a file goes into', async () => {
    const files = createFiles(folder);
    expect((await files.write('new/folder/a.json', bytes('one'))).ok).toBe(true);
    expect(await files.exists('new/folder/a.json')).toBe(true);
  });

  it('refuses a file over the limit without reading it', async () => {
    await writeFile(join(folder, 'big'), 'x'.repeat(101));
    expect(await createFiles(folder).read('big', 100)).toEqual({
      ok: false,
      error: { code: 'file/too-large', data: { path: 'big', bytes: 101, limit: 100 } },
    });
  });

  it('says what is in the way', async () => {
    const files = createFiles(folder);
    await mkdir(join(folder, 'sub'));
    expect(await files.read('gone', 1)).toMatchObject({ error: { code: 'file/not-found' } });
    expect(await files.read('sub', 1)).toMatchObject({
      error: { code: 'file/unreadable', data: { reason: 'it is a folder' } },
    });
    expect(await files.write('sub', bytes(''))).toMatchObject({
      error: { code: 'file/unwritable' },
    });
    await writeFile(join(folder, 'plain'), '');
    expect(await files.write('plain/a', bytes(''))).toMatchObject({ ok: false });
  });

  it('leaves the old file when the disk is full', async () => {
    const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    expect(toWriteError(full, 'a')).toEqual({ code: 'file/disk-full', data: { path: 'a' } });
    const denied = Object.assign(new Error('EACCES'), { code: 'EACCES' });
    expect(toWriteError(denied, 'a')).toMatchObject({ code: 'file/unwritable' });
    expect(toReadError(denied, 'a')).toMatchObject({ code: 'file/unreadable' });
    await writeFile(join(folder, 'kept'), 'old');
    await chmod(folder, 0o500);
    const written = await createFiles(folder).write('kept', bytes('new'));
    await chmod(folder, 0o700);
    // Whoever may write anywhere (root) succeeds; everybody else keeps the old file.
    const now = await readFile(join(folder, 'kept'), 'utf8');
    expect(now).toBe(written.ok ? 'new' : 'old');
  });
});
