import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as StandIn from '../fakes/programs/stand-in-electron.ts';

const standInPath = join(import.meta.dirname, '..', 'fakes', 'programs', 'stand-in-electron.ts');

/** The stand-in as the bundles see it: `electron` resolves to it, so that the real one is never downloaded. */
export function installStandIn(): typeof StandIn {
  const url = pathToFileURL(standInPath).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron'
        ? { url, format: 'module-typescript', shortCircuit: true }
        : next(specifier, context),
  });
  return createRequire(import.meta.url)(standInPath) as typeof StandIn;
}

/** Loads a built bundle with Node's own loader; vitest's would not go through the hook. */
export function loadBundle(path: string): unknown {
  return createRequire(import.meta.url)(path);
}
