import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findElectron } from './find-electron.ts';

describe('looking for Electron', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'second-unit-electron-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (path: string, text = ''): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };

  it('says that the package is missing when it is', () => {
    expect(findElectron(folder, {})).toMatchObject({
      found: false,
      reason: expect.stringContaining('not installed'),
    });
  });

  it('says that the program was never downloaded when only the package is there', () => {
    write('package.json', '{}');
    expect(findElectron(folder, {})).toMatchObject({
      found: false,
      reason: expect.stringContaining('never downloaded'),
    });
  });

  it('does not believe a path.txt whose program is gone', () => {
    write('package.json', '{}');
    write('path.txt', 'electron');
    expect(findElectron(folder, {})).toMatchObject({ found: false });
  });

  it('finds the program that was downloaded', () => {
    write('package.json', '{}');
    write('path.txt', 'electron\n');
    write('dist/electron');
    expect(findElectron(folder, {})).toEqual({ found: true, path: join(folder, 'dist/electron') });
  });

  it('prefers the folder that the environment names, and says so when nothing is there', () => {
    write('package.json', '{}');
    write('own/electron');
    const own = join(folder, 'own');
    expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: own })).toEqual({
      found: true,
      path: join(own, 'electron'),
    });
    const gone = { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'gone') };
    expect(findElectron(folder, gone)).toMatchObject({
      found: false,
      reason: expect.stringContaining('OVERRIDE'),
    });
  });
});
