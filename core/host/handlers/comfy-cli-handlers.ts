import { ok } from '../../base/result.ts';
import type { Handlers } from '../../contract/wire/server.ts';
import type { ComfyCli } from '../../ports/comfy-cli.ts';
import type { HostConnection } from './connection.ts';

type ComfyCliMethods = 'comfy-cli/look' | 'comfy-cli/start' | 'comfy-cli/stop' | 'comfy-cli/logs';

/** How many lines of its log a window shows. */
const LOG_LINES = 200;

/** Starting and stopping the ComfyUI of this machine; the artist's click is the yes to it. */
export function createComfyCliHandlers(
  cli: ComfyCli,
): Pick<Handlers<HostConnection>, ComfyCliMethods> {
  return {
    'comfy-cli/look': async () => {
      const install = await cli.which();
      return install.ok ? ok({ install: install.value ?? null }) : install;
    },
    'comfy-cli/start': async () => cli.start(),
    'comfy-cli/stop': async () => {
      const stopped = await cli.stop();
      return stopped.ok ? ok({}) : stopped;
    },
    'comfy-cli/logs': async () => cli.logs(LOG_LINES),
  };
}
