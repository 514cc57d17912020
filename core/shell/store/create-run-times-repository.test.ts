import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRunTimesRepository } from './create-run-times-repository.ts';

const times = { 'http://a:8188': { KSampler: { msPerUnit: 120.5, quietMs: 900, count: 3 } } };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-unit-times-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('keeps the times over a restart', async () => {
  const path = join(folder, 'deep', 'run-times.json');
  expect(await createRunTimesRepository(path).load()).toEqual({});
  expect((await createRunTimesRepository(path).save(times)).ok).toBe(true);
  expect(await createRunTimesRepository(path).load()).toEqual(times);
});

it.each(['{"a": ', '{"a": {"KSampler": {"msPerUnit": "fast"}}}', '[]'])(
  'starts anew from a file that it cannot read: %s',
  async (text) => {
    const path = join(folder, 'run-times.json');
    await writeFile(path, text);
    expect(await createRunTimesRepository(path).load()).toEqual({});
  },
);

it('says so when it cannot write', async () => {
  await writeFile(join(folder, 'file'), '');
  const saved = await createRunTimesRepository(join(folder, 'file', 'run-times.json')).save(times);
  expect(saved.ok).toBe(false);
});
