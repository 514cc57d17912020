import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveConfig } from 'electron-vite';
import { build } from 'vite';

const root = join(import.meta.dirname, '..', '..');

/** Freshly built bundles in a folder of their own, laid out as in out/. */
export interface Bundles {
  readonly main: string;
  readonly core: string;
  readonly preload: string;
  remove(): void;
}

/** Builds main, core and preloads as `npm run build` does, with a one-line page instead of the real one. */
export async function buildBundles(): Promise<Bundles> {
  const folder = mkdtempSync(join(tmpdir(), 'second-unit-out-'));
  const out = join(folder, 'out');
  const configFile = join(root, 'electron.vite.config.ts');
  const inline = {
    root,
    configFile,
    logLevel: 'warn',
    build: { outDir: out, emptyOutDir: true },
  } as const;
  const { config } = await resolveConfig(inline, 'build', 'production');
  if (config?.main === undefined || config.preload === undefined) throw new Error('no config');
  await build({ ...config.main, configFile: false });
  await build({ ...config.preload, configFile: false });
  mkdirSync(join(out, 'renderer'));
  writeFileSync(join(out, 'renderer', 'index.html'), '<title>Second Unit</title>');
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  symlinkSync(join(root, 'resources'), join(folder, 'resources'), 'junction');
  return {
    main: join(out, 'main', 'main.js'),
    core: join(out, 'main', 'core.js'),
    preload: join(out, 'preload', 'preload.cjs'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
