import { EXIT, type ExitCode } from '../../../domain/errors/exit-codes.ts';
import type { ComfyCli } from '../../../ports/comfy-cli.ts';
import type { Terminal } from '../terminal.ts';

/** What `comfy …` is asked to do. */
export type ComfyAction = 'which' | 'start' | 'stop' | 'logs';

interface ComfyParts {
  readonly terminal: Terminal;
  readonly cli: ComfyCli;
}

/** Asks comfy-cli for one thing. Typing the command is the yes to starting and stopping. */
export async function comfy(
  action: ComfyAction,
  { json = false, lines = 100 }: { readonly json?: boolean; readonly lines?: number },
  { terminal, cli }: ComfyParts,
): Promise<ExitCode> {
  switch (action) {
    case 'which': {
      const install = await cli.which();
      if (!install.ok) return terminal.fail(install.error, json);
      if (json) terminal.printJson({ install: install.value ?? null });
      else terminal.print(describeInstall(install.value));
      return EXIT.ok;
    }
    case 'start': {
      if (!json && process.getuid?.() === 0) {
        terminal.note('You are the root user, so ComfyUI and its node packs will be too.');
      }
      const started = await cli.start();
      if (!started.ok) return terminal.fail(started.error, json);
      if (json) terminal.printJson(started.value);
      else terminal.print(`ComfyUI answers at ${started.value.url}`);
      return EXIT.ok;
    }
    case 'stop': {
      const stopped = await cli.stop();
      if (!stopped.ok) return terminal.fail(stopped.error, json);
      if (json) terminal.printJson({ stopped: true });
      else terminal.print('ComfyUI is stopped.');
      return EXIT.ok;
    }
    case 'logs': {
      const log = await cli.logs(lines);
      if (!log.ok) return terminal.fail(log.error, json);
      if (json) terminal.printJson(log.value);
      else for (const line of log.value.lines) terminal.print(line);
      return EXIT.ok;
    }
    default:
      return action satisfies never;
  }
}

/** Which ComfyUI comfy-cli would start. */
export function describeInstall(install: { readonly folder: string } | undefined): string {
  return install === undefined
    ? 'comfy-cli is not installed here, or has no ComfyUI.'
    : `comfy-cli starts the ComfyUI in ${install.folder}`;
}
