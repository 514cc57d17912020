import { execFile } from 'node:child_process';
import { type Result, err, ok } from '../../base/result.ts';

/** Why a tool gave no answer. */
export type ToolTrouble = 'missing' | 'hangs' | 'failed';

const MOST_BYTES = 8 * 1024 * 1024;

/** Runs a tool once without a shell and gives what it printed; a tool that hangs is killed after `patienceMs`. */
export function askTool(
  [program, ...args]: readonly [string, ...string[]],
  {
    patienceMs = 5_000,
    signal,
  }: { readonly patienceMs?: number; readonly signal?: AbortSignal } = {},
): Promise<Result<string, ToolTrouble>> {
  return new Promise((resolve) => {
    const options = {
      timeout: patienceMs,
      killSignal: 'SIGKILL',
      maxBuffer: MOST_BYTES,
      windowsHide: true,
      ...(signal === undefined ? {} : { signal }),
    } as const;
    execFile(program, args, options, (error, stdout) => {
      if (error === null) resolve(ok(stdout));
      else if (error.code === 'ENOENT') resolve(err('missing'));
      else resolve(err(error.killed === true ? 'hangs' : 'failed'));
    });
  });
}
