import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LaunchOptions } from '@playwright/test';

const INSTALLED = ['/usr/bin/google-chrome', '/usr/bin/chromium', '/usr/bin/chromium-browser'];

/**
 * The browser for the specs: PLAYWRIGHT_BROWSER, else an installed one, else (Linux) the Chromium that comes as
 * an npm package, with the few libraries and fonts that a bare machine lacks.
 */
export async function findBrowser(): Promise<LaunchOptions> {
  const chosen = process.env['PLAYWRIGHT_BROWSER'];
  if (chosen !== undefined && chosen !== '') return { executablePath: chosen };
  if (process.platform !== 'linux') return { channel: 'chrome' };
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed !== undefined) return { executablePath: installed, args: ['--no-sandbox'] };
  const { default: chromium, inflate } = await import('@sparticuz/chromium');
  chromium.setGraphicsMode = false;
  const executablePath = await chromium.executablePath();
  const main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const libraries = await inflate(join(dirname(main), '..', 'bin', 'al2023.tar.br'));
  const environment = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    executablePath,
    args: ['--no-sandbox', '--font-render-hinting=none'],
    env: {
      ...Object.fromEntries(environment),
      LD_LIBRARY_PATH: join(libraries, 'lib'),
      ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(tmpdir(), 'fonts') }),
    },
  };
}
