import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Electron's program is, or why there is none. */
export type ElectronSearch =
  | { readonly found: true; readonly path: string }
  | { readonly found: false; readonly reason: string };

/**
 * Looks for Electron's program without importing `electron`, which would download it. Its package writes
 * path.txt once the program is there; ELECTRON_OVERRIDE_DIST_PATH names a folder with another one.
 */
export function findElectron(
  packageFolder: string,
  environment: Readonly<Record<string, string | undefined>>,
): ElectronSearch {
  if (!existsSync(join(packageFolder, 'package.json'))) {
    return { found: false, reason: 'the electron package is not installed' };
  }
  const pathFile = join(packageFolder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : undefined;
  const override = environment['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override !== undefined && override !== '') {
    const path = join(override, name ?? 'electron');
    return existsSync(path)
      ? { found: true, path }
      : { found: false, reason: `ELECTRON_OVERRIDE_DIST_PATH has no ${path}` };
  }
  if (name === undefined) {
    return { found: false, reason: 'its program was never downloaded (npx install-electron does)' };
  }
  const path = join(packageFolder, 'dist', name);
  return existsSync(path) ? { found: true, path } : { found: false, reason: `${path} is missing` };
}
