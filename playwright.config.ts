import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { findElectron } from './build/find-electron.ts';
import { findBrowser } from './e2e/find-browser.ts';

const electron = findElectron(join(import.meta.dirname, 'node_modules', 'electron'), process.env);

/** The same specs in a real browser and, where it is installed, in Electron. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './e2e/build-page.ts',

  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 2,
  reporter: 'list',
  use: {
    viewport: { width: 1480, height: 940 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: await findBrowser(),
  },
  projects: [
    { name: 'browser' },
    // Specs about several windows on one core are browser mode's: the desktop app has one window.
    ...(electron.found ? [{ name: 'electron', grepInvert: /@browser-mode/ }] : []),
  ],
});
