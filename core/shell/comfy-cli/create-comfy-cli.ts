import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { access } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { z } from 'zod';
import { err, ok } from '../../base/result.ts';
import { appError } from '../../contract/errors.ts';
import { redactSecrets } from '../../domain/failure/redact-text.ts';
import type { ComfyCli } from '../../ports/comfy-cli.ts';
import { type ProgramPlaces, findComfyCli } from './find-comfy-cli.ts';
import { type ProgramEnd, readEnvelope } from './read-envelope.ts';

/** What the adapter is made with; the machine itself unless given. */
export interface ComfyCliOptions {
  readonly places?: ProgramPlaces;
  /** Calls the program; a test answers for it. */
  readonly run?: RunProgram;
  /** Launch flags for ComfyUI, e.g. ["--port", "8190"]. */
  readonly launchFlags?: readonly string[];
}

/** Runs a program to its end, or ends it after `timeoutMs`. */
export type RunProgram = (
  path: string,
  args: readonly string[],
  timeoutMs: number,
) => Promise<ProgramEnd>;

const ASK_TIMEOUT_MS = 20_000;
/** A ComfyUI with many node packs takes minutes to come up. */
const START_TIMEOUT_MS = 10 * 60_000;
const MOST_OUTPUT = 4 * 1024 * 1024;

const WhichSchema = z.object({ workspace_path: z.string() });
const LaunchSchema = z.object({ url: z.string() });
const LogsSchema = z.object({ lines: z.array(z.string()), path: z.string() });

/**
 * comfy-cli by its `--json` answers. It is called without a shell, without questions, and without counting
 * us for its makers; it keeps tokens in its configuration, which is never read here.
 */
export function createComfyCli(options: ComfyCliOptions = {}): ComfyCli {
  const places = options.places ?? {
    platform: process.platform,
    home: homedir(),
    environment: process.env,
  };
  const run = options.run ?? runProgram;
  const { launchFlags = [] } = options;

  const call = async <T>(
    action: string,
    args: readonly string[],
    schema: z.ZodType<T>,
    timeoutMs = ASK_TIMEOUT_MS,
  ): Promise<ReturnType<typeof readEnvelope<T>>> => {
    const path = await findComfyCli(places);
    if (path === undefined) return err(appError('comfy-cli/not-installed', {}));
    const end = await run(path, ['--json', '--skip-prompt', ...args], timeoutMs);
    return readEnvelope(action, end, schema);
  };

  return {
    which: async () => {
      const answer = await call('which', ['which'], WhichSchema);
      if (answer.ok) {
        const folder = answer.value.workspace_path;
        // It names the folder that it would install to, also while nothing is in it.
        return ok((await exists(join(folder, 'main.py'))) ? { folder } : undefined);
      }
      const { error } = answer;
      if (error.code === 'comfy-cli/not-installed') return ok(undefined);
      // It is there, but has no ComfyUI yet.
      const hasNone = error.code === 'comfy-cli/failed' && error.data.code === 'not_in_workspace';
      return hasNone ? ok(undefined) : answer;
    },
    start: async () => {
      const flags = launchFlags.length === 0 ? [] : ['--', ...launchFlags];
      const args = ['launch', '--background', ...flags];
      const answer = await call('start', args, LaunchSchema, START_TIMEOUT_MS);
      return answer.ok ? ok({ url: reachable(answer.value.url) }) : answer;
    },
    stop: async () => {
      const answer = await call('stop', ['stop'], z.unknown());
      return answer.ok ? ok(undefined) : answer;
    },
    logs: async (lines) => {
      const answer = await call('logs', ['logs', '--tail', String(lines)], LogsSchema);
      if (!answer.ok) return answer;
      const { path, lines: said } = answer.value;
      return ok({ path, lines: said.map((line) => redactSecrets(line.replace(/\r?\n$/, ''))) });
    },
  };
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

/** It names the address that ComfyUI listens on, and "everywhere" cannot be connected to. */
function reachable(url: string): string {
  return url.replace(/\/\/(0\.0\.0\.0|\[::\])(?=[:/]|$)/, '//127.0.0.1');
}

function runProgram(path: string, args: readonly string[], timeoutMs: number): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const env = {
      ...process.env,
      // It calls itself by name to stay in the background.
      PATH: [dirname(path), process.env['PATH'] ?? ''].join(delimiter),
      DO_NOT_TRACK: '1',
      PYTHONIOENCODING: 'utf-8',
    };
    const limits = { timeout: timeoutMs, maxBuffer: MOST_OUTPUT, windowsHide: true, env };
    execFile(path, args, limits, (cause, stdout, stderr) => {
      const isTooLate = cause !== null && cause.killed === true;
      resolve({ stdout, stderr, isTooLate });
    });
  });
}
