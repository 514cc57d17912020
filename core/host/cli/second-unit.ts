#!/usr/bin/env node
import { CommanderError } from 'commander';
import { EXIT } from '../../domain/errors/exit-codes.ts';
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
    terminal.note(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
    process.exitCode = EXIT.bug;
  }
}
