import { stringifyExactJson } from '../../base/exact-json.ts';
import type { JsonValue } from '../../base/json.ts';
import type { AppError } from '../../contract/errors.ts';
import { JsonValueSchema } from '../../contract/json.schema.ts';
import { artistMessage } from '../../domain/errors/artist-message.ts';
import { type ExitCode, toExitCode } from '../../domain/errors/exit-codes.ts';
import { oneLine } from '../../domain/errors/plain-error.ts';

/** Where a command writes: results to stdout, everything else to stderr. */
export interface Terminal {
  /** True when a person can be asked. */
  readonly isInteractive: boolean;
  /** A line of the result. */
  print(line: string): void;
  /** The result as data, on one line. */
  printJson(value: unknown): void;
  /** A line beside the result: progress, warnings. */
  note(line: string): void;
  /** Asks a question; the empty text when the person just pressed Enter. */
  ask(question: string): Promise<string>;
  /** Says what went wrong, as data too when `json`; returns the exit code. */
  fail(error: AppError, json: boolean): ExitCode;
}

/** The real terminal. */
export function createTerminal(): Terminal {
  const print = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const note = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const printJson = (value: unknown): void => print(stringifyExactJson(toJson(value)));
  return {
    isInteractive: process.stdin.isTTY && process.stdout.isTTY,
    print,
    printJson,
    note,
    ask: async (question) => {
      const { createInterface } = await import('node:readline/promises');
      const reader = createInterface({ input: process.stdin, output: process.stderr });
      // While it reads, Ctrl+C is a key like any other.
      reader.once('SIGINT', () => {
        reader.close();
        process.kill(process.pid, 'SIGINT');
      });
      try {
        return (await reader.question(question)).trim();
      } finally {
        reader.close();
      }
    },
    fail: (error, json) => {
      note(oneLine(error));
      if (json) printJson({ error: { ...error, message: artistMessage(error) } });
      return toExitCode(error);
    },
  };
}

function toJson(value: unknown): JsonValue {
  return JsonValueSchema.parse(value);
}
