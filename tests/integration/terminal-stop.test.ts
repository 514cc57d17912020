import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  type PracticeServer,
  createPracticeServer,
} from '../../core/practice/create-practice-server.ts';
import { template } from '../fakes/programs/terminal.ts';

let folder: string;
let server: PracticeServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-unit-stop-'));
  server = await createPracticeServer({ folder: join(folder, 'comfy'), stepMs: 400 });
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function answerOf(path: string): Promise<string> {
  return (await fetch(`${server.url}${path}`)).text();
}

/** Starts the program, sends the signal as soon as that holds, and waits for its end. */
async function stopWhen(
  args: readonly string[],
  holds: (told: string) => boolean | Promise<boolean>,
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const child = spawn(process.execPath, ['core/host/cli/second-unit.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SECOND_UNIT_DATA: join(folder, 'data'), COMFYUI_URL: '' },
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  await expect.poll(() => holds(stderr), { timeout: 20_000, interval: 50 }).toBe(true);
  child.kill('SIGINT');
  return { code: await ended, stderr };
}

it('Ctrl+C stops the render of ask on the server too, exit 130', async () => {
  const args = ['ask', 'render', '--workflow', template, '--comfy', server.url, '--yes'];
  const isRendering = async () => /"KSampler"/.test(await answerOf('/queue'));
  const { code, stderr } = await stopWhen(args, isRendering);
  expect(code).toBe(130);
  expect(stderr).toContain('Stopped, as you asked');
  expect(await answerOf('/queue')).not.toContain('KSampler');
  expect(await answerOf('/history')).toContain('execution_interrupted');
});

it('Ctrl+C ends a command that waits for a server which does not answer, exit 130', async () => {
  let isAsked = false;
  const silent = createServer((socket) => {
    isAsked = true;
    // So that its end is noticed.
    socket.on('error', () => undefined).resume();
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const args = ['ready', template, '--comfy', `http://127.0.0.1:${String(port)}`];
  expect((await stopWhen(args, () => isAsked)).code).toBe(130);
  await new Promise((resolve) => silent.close(resolve));
});
