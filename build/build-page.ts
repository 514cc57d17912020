import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const SOURCES = ['renderer', 'core/base', 'core/contract', 'core/domain', 'package-lock.json'];

/** What became of the page. */
export type PageBuild = 'up-to-date' | 'built' | 'no-builder';

/** Builds the page of browser mode if it is missing or older than its sources. */
export async function buildPageIfStale(): Promise<PageBuild> {
  const page = join(root, 'out', 'renderer', 'index.html');
  if (
    existsSync(page) &&
    statSync(page).mtimeMs >= newest(SOURCES.map((path) => join(root, path)))
  ) {
    return 'up-to-date';
  }
  return buildPage();
}

/** Builds the page; `no-builder` where the packages for it are not installed (`npm ci --omit=dev`). */
export async function buildPage(): Promise<PageBuild> {
  try {
    const { build } = await import('vite');
    await build({ configFile: join(root, 'renderer', 'vite.config.ts'), logLevel: 'warn' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return 'no-builder';
    throw cause;
  }
  return 'built';
}

function newest(paths: readonly string[]): number {
  return Math.max(
    0,
    ...paths.filter(existsSync).map((path) => {
      const facts = statSync(path);
      if (!facts.isDirectory()) return facts.mtimeMs;
      return newest(readdirSync(path).map((name) => join(path, name)));
    }),
  );
}
