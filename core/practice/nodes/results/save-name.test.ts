import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSavePlace } from './save-name.ts';

const facts = { width: 48, height: 32, today: new Date(2026, 10, 20, 7, 5, 9) };
let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'save-name-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('save place', () => {
  it('fills the tokens that the server knows and makes the folders', async () => {
    const place = await findSavePlace(
      root,
      'rig/%year%-%month%-%day%/%width%x%height%/batch',
      facts,
    );
    expect(place.subfolder).toBe('rig/2026-11-20/48x32');
    expect([0, 1].map((i) => place.fileName(i, 'png'))).toEqual([
      'batch_00001_.png',
      'batch_00002_.png',
    ]);
  });

  it('counts on from the highest number of the same name', async () => {
    await writeFile(join(root, 'shot_00041_.png'), '');
    await writeFile(join(root, 'shot_final_00090_.png'), '');
    const place = await findSavePlace(root, 'shot', facts);
    expect(place.fileName(0, 'png')).toBe('shot_00042_.png');
  });

  it.each(['../out', '/etc/out', 'a/../../out', '..'])('refuses %s', async (prefix) => {
    await expect(findSavePlace(root, prefix, facts)).rejects.toThrow('outside the output folder');
  });
});
