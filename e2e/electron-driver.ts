import { join } from 'node:path';
import { _electron } from '@playwright/test';
import type { Driver, DriverOptions } from './driver.ts';

const root = join(import.meta.dirname, '..');

/** The desktop app in the Electron at `executablePath`, from the bundles in out/. */
export async function startInElectron(
  executablePath: string,
  { dataFolder }: DriverOptions,
): Promise<Driver> {
  const environment = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const app = await _electron.launch({
    executablePath,
    args: process.platform === 'linux' ? [root, '--no-sandbox'] : [root],
    env: { ...Object.fromEntries(environment), SECOND_UNIT_DATA: dataFolder },
  });
  return {
    openWindow: async () => app.firstWindow(),
    killCore: async () => {
      await app.evaluate(({ app: electronApp }) => {
        const core = electronApp
          .getAppMetrics()
          .find((process) => process.type === 'Utility' && process.name === 'Second Unit core');
        if (core !== undefined) process.kill(core.pid, 'SIGKILL');
      });
    },
    // The main process starts it again by itself.
    restoreCore: async () => undefined,
    close: async () => app.close(),
  };
}
