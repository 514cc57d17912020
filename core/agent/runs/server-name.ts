import type { Connection } from '../../contract/machine/machine.schema.ts';

/**
 * How a run remembers its server: by address, except the built-in practice ComfyUI, which has another
 * port after every start while its pictures stay.
 */
export function serverName({ isPractice, url }: Connection): string {
  return isPractice ? 'practice' : (url ?? '');
}
