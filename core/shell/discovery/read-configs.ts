import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseExactJson } from '../../base/exact-json.ts';
import { type JsonObject, isJsonObject } from '../../base/json.ts';
import { addressOfBackground, addressOfLaunch } from './parse-launch.ts';
import type { Candidate } from './candidate.ts';

/** Whose files to look at. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Addresses that the desktop apps' and comfy-cli's own files name. Only the keys asked for are taken
 * out: comfy-cli keeps tokens in the same file, and nothing else of it is kept or logged.
 */
export async function readConfiguredAddresses(machine: Machine): Promise<readonly Candidate[]> {
  const [desktop, cli] = await Promise.all([readDesktop(machine), readComfyCli(machine)]);
  return [...cli, ...desktop];
}

async function readDesktop(machine: Machine): Promise<readonly Candidate[]> {
  const config = await readObject(join(configFolder(machine, 'ComfyUI'), 'config.json'));
  const basePath = config?.['basePath'];
  if (typeof basePath !== 'string') return [];
  const settings = await readObject(join(basePath, 'user', 'default', 'comfy.settings.json'));
  const launch = settings?.['Comfy.Server.LaunchArgs'];
  const flags = isJsonObject(launch) ? Object.entries(launch) : [];
  const args = flags.flatMap(([flag, value]) =>
    typeof value === 'string' && value !== '' ? [`--${flag}`, value] : [`--${flag}`],
  );
  const hasPort = args.includes('--port');
  // The desktop app starts at 8000 unless told otherwise.
  const url = addressOfLaunch(['main.py', ...args, ...(hasPort ? [] : ['--port', '8000'])]);
  return url === undefined ? [] : [{ url, source: 'desktop' }];
}

async function readComfyCli(machine: Machine): Promise<readonly Candidate[]> {
  const text = await readText(join(configFolder(machine, 'comfy-cli'), 'config.ini'));
  const record = /^\s*background\s*[=:]\s*(.*)$/m.exec(text ?? '')?.[1];
  const url = record === undefined ? undefined : addressOfBackground(record);
  return url === undefined ? [] : [{ url, source: 'comfy-cli' }];
}

function configFolder({ platform, home, environment }: Machine, app: string): string {
  if (platform === 'win32') {
    return app === 'comfy-cli'
      ? join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), app)
      : join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), app);
  }
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', app);
  return join(environment['XDG_CONFIG_HOME'] ?? join(home, '.config'), app);
}

async function readObject(path: string): Promise<JsonObject | undefined> {
  const parsed = parseExactJson((await readText(path)) ?? '');
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined;
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    // Not installed, or not ours to read: either way it names no address.
    return undefined;
  }
}
