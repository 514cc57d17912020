import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BrowserContext } from '@playwright/test';
import type { Driver, DriverOptions } from './driver.ts';

const root = join(import.meta.dirname, '..');

interface Serving {
  readonly child: ChildProcess;
  readonly url: string;
  readonly port: number;
}

/** Browser mode: `second-unit serve` in a process of its own, and pages of a real browser on it. */
export async function startInBrowser(
  context: BrowserContext,
  options: DriverOptions,
): Promise<Driver> {
  let serving = await serve(options, 0);
  const kill = async (): Promise<void> => {
    if (serving.child.exitCode !== null || serving.child.signalCode !== null) return;
    const exited = once(serving.child, 'exit');
    serving.child.kill('SIGKILL');
    await exited;
  };
  return {
    openWindow: async () => {
      const page = await context.newPage();
      await page.goto(serving.url);
      return page;
    },
    killCore: kill,
    restoreCore: async () => {
      serving = await serve(options, serving.port);
    },
    close: kill,
  };
}

async function serve({ dataFolder, stepMs, home }: DriverOptions, port: number): Promise<Serving> {
  const script = join(root, 'core', 'host', 'cli', 'second-unit.ts');
  const flags = {
    '--comfy': 'practice',
    '--port': String(port),
    '--data': dataFolder,
    '--step-ms': String(stepMs),
  };
  const child = spawn(
    process.execPath,
    [script, 'serve', '--json', ...Object.entries(flags).flat()],
    {
      cwd: root,
      env: { ...process.env, HOME: home, USERPROFILE: home, APPDATA: home, XDG_CONFIG_HOME: home },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const firstLine = once(createInterface({ input: child.stdout }), 'line');
  const exit = once(child, 'exit').then(([code]) => {
    throw new Error(`second-unit serve ended with exit code ${String(code)}`);
  });
  // Only the race below is interested in an early end.
  exit.catch(() => undefined);
  const [line] = (await Promise.race([firstLine, exit])) as [string];
  const { url, port: own } = JSON.parse(line) as { readonly url: string; readonly port: number };
  return { child, url, port: own };
}
