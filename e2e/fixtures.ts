import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Page, test as base } from '@playwright/test';
import { findElectron } from '../build/find-electron.ts';
import { startInBrowser } from './browser-driver.ts';
import type { Driver } from './driver.ts';
import { startInElectron } from './electron-driver.ts';

/** What every spec gets. */
export interface SpecParts {
  /** Milliseconds per sampler step; `test.use({ stepMs: 300 })` for specs that need a run to last. */
  readonly stepMs: number;
  /** Where this Second Unit keeps its sessions and settings. */
  readonly dataFolder: string;
  /** An empty home folder. */
  readonly home: string;
  readonly driver: Driver;
  /** The first window. */
  readonly window: Page;
  /** Keeps a picture of a window under test-results, to be looked at. */
  readonly keepPicture: (page: Page, name: string) => Promise<void>;
}

const electron = findElectron(
  join(import.meta.dirname, '..', 'node_modules', 'electron'),
  process.env,
);

/** `test` with a Second Unit of its own: fresh data, practice ComfyUI. */
export const test = base.extend<SpecParts>({
  stepMs: [15, { option: true }],
  home: async ({}, use) => {
    const home = await mkdtemp(join(tmpdir(), 'second-unit-home-'));
    await use(home);
    await rm(home, { recursive: true, force: true });
  },
  dataFolder: async ({}, use) => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'second-unit-e2e-'));
    await use(dataFolder);
    await rm(dataFolder, { recursive: true, force: true });
  },
  driver: async ({ context, stepMs, home, dataFolder }, use, info) => {
    const options = { dataFolder, stepMs, home };
    const driver =
      info.project.name === 'electron' && electron.found
        ? await startInElectron(electron.path, options)
        : await startInBrowser(context, options);
    await use(driver);
    await driver.close();
  },
  window: async ({ driver }, use) => {
    await use(await driver.openWindow());
  },
  // Playwright insists on an object pattern even where nothing is taken out of it.
  keepPicture: async ({}, use, info) => {
    await use(async (page, name) => {
      await page.screenshot({ path: info.outputPath(`${name}.png`) });
    });
  },
});

export { expect } from '@playwright/test';
