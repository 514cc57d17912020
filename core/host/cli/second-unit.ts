#!/usr/bin/env node
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { appError } from '../../contract/errors.ts';
import { createLog } from '../../shell/system/create-log.ts';
import { defaultDataFolder } from '../folders.ts';
import { createProgram } from './create-program.ts';
import { createTerminal } from './terminal.ts';

const stop = Promise.withResolvers<void>();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => stop.resolve());
}
const terminal = createTerminal();
try {
  await createProgram({
    terminal,
    stopped: stop.promise,
    finish: (code) => {
      process.exitCode = code;
    },
  }).parseAsync();
} catch (cause) {
  // Commander has said it already; anything else is a bug of ours.
  if (!(cause instanceof CommanderError)) {
    const log = createLog({ file: join(defaultDataFolder(), 'core.log') });
    const correlationId = log.unexpected('command failed', cause);
    process.exitCode = terminal.fail(appError('internal/unexpected', { correlationId }), false);
  }
}
