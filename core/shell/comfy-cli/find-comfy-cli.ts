import { access, constants } from 'node:fs/promises';
import { posix, win32 } from 'node:path';

/** Where to look for a program. */
export interface ProgramPlaces {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The full path of comfy-cli's program; undefined where it is not installed. */
export async function findComfyCli(places: ProgramPlaces): Promise<string | undefined> {
  for (const path of comfyCliCandidates(places)) {
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      // Not this one.
    }
  }
  return undefined;
}

/** Every place, best first: the search path, then where pip, pipx, uv and Homebrew put programs. */
export function comfyCliCandidates({
  platform,
  home,
  environment,
}: ProgramPlaces): readonly string[] {
  const isWindows = platform === 'win32';
  const path = isWindows ? win32 : posix;
  const listed = (environment['PATH'] ?? environment['Path'] ?? '')
    .split(path.delimiter)
    // A relative entry would run whatever lies in the folder we happen to be in.
    .filter((folder) => path.isAbsolute(folder));
  // A desktop app is not started from a terminal, so its search path lacks these.
  const usual = [path.join(home, '.local', 'bin'), '/opt/homebrew/bin', '/usr/local/bin'];
  const folders = isWindows ? [...listed, path.join(home, '.local', 'bin')] : [...listed, ...usual];
  return [
    ...new Set(folders.map((folder) => path.join(folder, isWindows ? 'comfy.exe' : 'comfy'))),
  ];
}
