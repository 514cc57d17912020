import { join } from 'node:path';
import { CommanderError } from 'commander';
import { appError } from '../../contract/errors.ts';
import { EXIT, type ExitCode } from '../../domain/errors/exit-codes.ts';
import { createLog } from '../../shell/system/create-log.ts';
import { defaultDataFolder } from '../folders.ts';
import { createProgram } from './create-program.ts';
import { createTerminal } from './terminal.ts';

/** Runs the terminal command of this process's arguments; resolves to its exit code. */
export async function runProgram(): Promise<ExitCode> {
  const stop = Promise.withResolvers<void>();
  let isHeeded = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      // Where nobody waits for it, there is nothing to take back.
      if (!isHeeded) process.exit(EXIT.interrupted);
      stop.resolve();
    });
  }
  const terminal = createTerminal();
  let exitCode: ExitCode = EXIT.ok;
  try {
    await createProgram({
      terminal,
      stopped: () => {
        isHeeded = true;
        return stop.promise;
      },
      finish: (code) => {
        exitCode = code;
      },
    }).parseAsync();
  } catch (cause) {
    // Commander has said it already; anything else is a bug of ours.
    if (!(cause instanceof CommanderError)) {
      const log = createLog({ file: join(defaultDataFolder(), 'core.log') });
      const correlationId = log.unexpected('command failed', cause);
      exitCode = terminal.fail(appError('internal/unexpected', { correlationId }), false);
    }
  }
  return exitCode;
}
