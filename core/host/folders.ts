import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where this person's sessions and settings live; `SECOND_UNIT_DATA` overrides it. */
export function defaultDataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment['SECOND_UNIT_DATA'];
  if (chosen !== undefined && chosen !== '') return chosen;
  switch (platform()) {
    case 'win32':
      return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Second Unit');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Second Unit');
    default:
      return join(
        environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'),
        'second-unit',
      );
  }
}

/** A folder of the product itself, e.g. "resources/templates", when run from its sources. */
export function productFolder(relative: string): string {
  return fileURLToPath(new URL(`../../${relative}`, import.meta.url));
}
