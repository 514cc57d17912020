import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { emptyWorkspace } from '../../core/domain/session/workspace-reducer.ts';
import { type CoreNotice, readCoreNotice } from '../../core/host/mcp-bridge/core-notice.ts';
import { createSettingsRepository } from '../../core/shell/store/create-settings-repository.ts';

/** A practice ComfyUI and a core, each in a process of its own as on an artist's machine. */
export interface StartedProcesses {
  readonly dataFolder: string;
  readonly comfyUrl: string;
  readonly core: CoreNotice;
  close(): Promise<void>;
}

const script = join(import.meta.dirname, '..', '..', 'core/host/cli/second-unit.ts');

/** Starts both and waits until they answer. The artist lets a client's user answer what a client is asked. */
export async function startProcesses(): Promise<StartedProcesses> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'second-unit-bench-'));
  await createSettingsRepository(join(dataFolder, 'settings.json')).save({
    ...emptyWorkspace.settings,
    clientEdits: 'client',
  });
  const practice = await startPractice(20);
  const comfyUrl = practice.url;
  const core = spawn(
    process.execPath,
    [script, 'mcp', 'core', '--data', dataFolder, '--comfy', comfyUrl, '--idle-exit', '600000'],
    { stdio: 'ignore' },
  );
  const notice = await readNotice(dataFolder);
  return {
    dataFolder,
    comfyUrl,
    core: notice,
    close: async () => {
      await Promise.all([stop(core), practice.close()]);
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** A practice ComfyUI in a process of its own. */
export interface StartedPractice {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts one whose sampler takes `stepMs` for each step, and waits until it answers. */
export async function startPractice(stepMs: number): Promise<StartedPractice> {
  const practice = spawn(
    process.execPath,
    [script, 'practice', '--port', '0', '--step-ms', String(stepMs), '--json'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const url = await readUrl(practice);
  return { url, close: () => stop(practice) };
}

async function readUrl({ stdout }: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of stdout ?? []) {
    text += String(chunk);
    const url = /"url": ?"([^"]+)"/.exec(text)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error('the practice ComfyUI did not start');
}

async function readNotice(dataFolder: string): Promise<CoreNotice> {
  for (let tries = 0; tries < 400; tries += 1) {
    const notice = await readCoreNotice(dataFolder);
    if (notice !== undefined) return notice;
    await wait(50);
  }
  throw new Error('the core did not start');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
