import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ObservedPeak } from '../../contract/machine/forecast.schema.ts';
import { createPeakRepository } from './create-peak-repository.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-unit-peaks-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const peak: ObservedPeak = {
  family: 'flux',
  familyName: 'Flux',
  width: 1024,
  height: 1024,
  batch: 1,
  frames: 1,
  precision: 'fp8',
  gpu: 'NVIDIA GeForce RTX 4090',
  need: 14_000_000_000,
  isFull: false,
  forecast: 15_000_000_000,
  runs: 2,
  at: 1_700_000_000_000,
};

it('keeps what runs took, with the version of its form', async () => {
  const path = join(folder, 'deep', 'peaks.json');
  const repository = createPeakRepository(path);
  expect(await repository.load()).toEqual([]);
  expect(await repository.save([peak])).toMatchObject({ ok: true });
  expect(await createPeakRepository(path).load()).toEqual([peak]);
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ schemaVersion: 1 });
});

it('passes over an entry that it does not understand, and keeps a damaged file aside', async () => {
  const path = join(folder, 'odd.json');
  const odd = {
    schemaVersion: 9,
    peaks: [{ ...peak, width: 'wide' }, peak, { ...peak, extra: 1 }],
  };
  await writeFile(path, JSON.stringify(odd));
  expect(await createPeakRepository(path).load()).toEqual([peak]);
  await writeFile(path, '{"peaks": [');
  expect(await createPeakRepository(path).load()).toEqual([]);
  expect(await readdir(folder)).toContain('odd.json.damaged');
});

it('says so when it cannot be written', async () => {
  await writeFile(join(folder, 'file'), '');
  const repository = createPeakRepository(join(folder, 'file', 'peaks.json'));
  expect(await repository.save([peak])).toMatchObject({ ok: false });
});
