import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSettingsRepository } from './create-settings-repository.ts';

const defaults = { comfyUrl: null, releaseRuns: 'artist-asked', theme: 'system' };

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-unit-settings-'));
  path = join(folder, 'deep', 'settings.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('starts with the defaults and remembers what was chosen', async () => {
  const repository = createSettingsRepository(path);
  expect(await repository.load()).toEqual(defaults);
  const chosen = { comfyUrl: 'http://box:8188', releaseRuns: 'ask', theme: 'dark' } as const;
  expect(await repository.save(chosen)).toEqual({ ok: true, value: undefined });
  expect(await createSettingsRepository(path).load()).toEqual(chosen);
  expect(await readFile(path, 'utf8')).toContain('"schemaVersion": 1');
  expect(await readdir(join(folder, 'deep'))).toEqual(['settings.json']);
});

it('keeps the sound values beside a wrong one', async () => {
  path = join(folder, 'settings.json');
  await writeFile(path, '{"schemaVersion": 7, "theme": "dark", "releaseRuns": "never", "more": 1}');
  expect(await createSettingsRepository(path).load()).toEqual({ ...defaults, theme: 'dark' });
});

it('puts a damaged file aside instead of writing over it', async () => {
  path = join(folder, 'settings.json');
  await writeFile(path, '{"theme": "da');
  expect(await createSettingsRepository(path).load()).toEqual(defaults);
  expect(await readFile(`${path}.damaged`, 'utf8')).toBe('{"theme": "da');
});

it('puts a file aside that could not be read, instead of writing over it', async () => {
  path = join(folder, 'settings.json');
  // A folder cannot be read as a file, whoever asks; a moment later the file can be read again.
  await mkdir(path);
  const repository = createSettingsRepository(path);
  expect(await repository.load()).toEqual(defaults);
  await rm(path, { recursive: true });
  await writeFile(path, '{"theme": "dark"}');
  const saved = await repository.save({ comfyUrl: null, releaseRuns: 'ask', theme: 'light' });
  expect(saved.ok).toBe(true);
  expect(await readFile(`${path}.damaged`, 'utf8')).toBe('{"theme": "dark"}');
  expect((await createSettingsRepository(path).load()).theme).toBe('light');
});

it('says so when it cannot write', async () => {
  await writeFile(join(folder, 'deep'), 'a file where the folder should be');
  const saved = await createSettingsRepository(path).save({
    comfyUrl: null,
    releaseRuns: 'ask',
    theme: 'light',
  });
  expect(saved.ok).toBe(false);
});
