import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { isJsonObject, type JsonObject } from '../../../core/base/json.ts';
import { parseExactJson } from '../../../core/base/exact-json.ts';

/** How a command ended, and what it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The terminal program as its own process, and a folder for what it reads and writes. */
export interface TerminalBench {
  readonly folder: string;
  /** The folder of sessions and settings that the program is told of. */
  readonly dataFolder: string;
  readonly secondUnit: (...args: readonly string[]) => Promise<Ended>;
  /** Writes a file into the folder; returns its path. */
  readonly put: (name: string, text: string) => Promise<string>;
  /** The template with one value of a node's settings, or one input link, different. */
  readonly variant: (name: string, change: (text: string) => string) => Promise<string>;
}

/** A workflow that any ComfyUI can run. */
export const template = 'resources/templates/sdxl-text-to-image.json';

/** Sets the bench up for the tests of one file; the folder goes with them. */
export function useTerminal(): TerminalBench {
  const folder = mkdtempSync(join(tmpdir(), 'second-unit-terminal-'));
  const dataFolder = join(folder, 'data');
  const put = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return {
    folder,
    dataFolder,
    secondUnit: (...args) => runProgram(args, dataFolder),
    put,
    variant: async (name, change) => put(name, change(await readFile(template, 'utf8'))),
  };
}

/** What a command printed with `--json`. */
export function readJson(text: string): JsonObject {
  const parsed = parseExactJson(text);
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error(`not JSON: ${text}`);
  return parsed.value;
}

function runProgram(args: readonly string[], dataFolder: string): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['core/host/cli/second-unit.ts', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, SECOND_UNIT_DATA: dataFolder, COMFYUI_URL: '' },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
