import { existsSync } from 'node:fs';
import { posix, win32 } from 'node:path';

/** Where programs are looked for. */
export interface ProgramPlaces {
  readonly platform?: NodeJS.Platform;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly exists?: (path: string) => boolean;
}

/** Where drivers put their tools although no search path says so. */
function usualFolders(
  platform: NodeJS.Platform,
  environment: NonNullable<ProgramPlaces['environment']>,
): readonly string[] {
  if (platform !== 'win32') return ['/usr/bin', '/usr/sbin', '/usr/lib/wsl/lib', '/opt/rocm/bin'];
  const root = environment['SystemRoot'] ?? 'C:\\Windows';
  const programs = environment['ProgramFiles'] ?? 'C:\\Program Files';
  return [`${root}\\System32`, `${programs}\\NVIDIA Corporation\\NVSMI`];
}

/**
 * The absolute path of a tool, or undefined where it is not installed. The system's own folders come before
 * the search path, and a relative entry of that is passed over, so that no file in the folder that we were
 * started in can pose as the tool.
 */
export function findProgram(name: string, places: ProgramPlaces = {}): string | undefined {
  const { platform = process.platform, environment = process.env, exists = existsSync } = places;
  const isWindows = platform === 'win32';
  const path = isWindows ? win32 : posix;
  const searched = (environment['PATH'] ?? environment['Path'] ?? '').split(path.delimiter);
  return [...usualFolders(platform, environment), ...searched]
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, isWindows ? `${name}.exe` : name))
    .find((file) => exists(file));
}
