import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunProgram, createComfyCli } from './create-comfy-cli.ts';
import { comfyCliCandidates } from './find-comfy-cli.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-unit-test-'));
  const program = join(folder, process.platform === 'win32' ? 'comfy.exe' : 'comfy');
  await writeFile(program, '');
  await chmod(program, 0o755);
});
afterAll(() => rm(folder, { recursive: true }));

const places = (path: string) => ({
  platform: process.platform,
  home: join(path, 'home'),
  environment: { PATH: path },
});
/** As comfy-cli 1.23.0 printed it. */
const envelope = (data: unknown, error: unknown = null): string =>
  JSON.stringify({ schema: 'envelope/1', type: 'envelope', ok: error === null, data, error });
const answering = (stdout: string, more: { stderr?: string; isTooLate?: boolean } = {}) => {
  const calls: (readonly string[])[] = [];
  const run: RunProgram = async (_path, args) => {
    calls.push(args);
    return { stdout, stderr: '', isTooLate: false, ...more };
  };
  return { cli: createComfyCli({ places: places(folder), run }), calls };
};

describe('comfy-cli', () => {
  it('is asked without questions, and names the ComfyUI that it would start', async () => {
    await writeFile(join(folder, 'main.py'), '');
    const { cli, calls } = answering(
      envelope({ workspace_path: folder, workspace_type: 'default' }),
    );
    expect(await cli.which()).toEqual({ ok: true, value: { folder } });
    expect(calls).toEqual([['--json', '--skip-prompt', 'which']]);
  });

  it('is nothing where it is not installed, and nothing is run then', async () => {
    const run: RunProgram = () => Promise.reject(new Error('ran'));
    const empty = { ...places(join(folder, 'empty')), platform: 'win32' as const };
    const cli = createComfyCli({ places: empty, run });
    expect(await cli.which()).toEqual({ ok: true, value: undefined });
    expect(await cli.start()).toMatchObject({ error: { code: 'comfy-cli/not-installed' } });
  });

  it('is nothing to start with where it has no ComfyUI yet', async () => {
    const { cli } = answering(envelope(null, { code: 'not_in_workspace', message: 'none' }));
    expect(await cli.which()).toEqual({ ok: true, value: undefined });
    const empty = answering(envelope({ workspace_path: join(folder, 'none') }));
    expect(await empty.cli.which()).toEqual({ ok: true, value: undefined });
  });

  it('starts in the background and tells an address that can be reached', async () => {
    const { cli, calls } = answering(
      `\nLaunching ComfyUI\n${envelope({ url: 'http://0.0.0.0:8188', pid: 1, background: true })}\n`,
    );
    expect(await cli.start()).toEqual({ ok: true, value: { url: 'http://127.0.0.1:8188' } });
    expect(calls[0]?.slice(2)).toEqual(['launch', '--background']);
  });

  it('passes on why it could not', async () => {
    const error = { code: 'port_in_use', message: 'The 8188 port is already in use.', hint: null };
    const { cli } = answering(envelope(null, error));
    expect(await cli.start()).toEqual({
      ok: false,
      error: {
        code: 'comfy-cli/failed',
        data: { action: 'start', code: 'port_in_use', message: error.message },
      },
    });
  });

  it.each([
    ['prints nonsense', 'what?\n', { stderr: 'Traceback\nKeyError: x' }, 'KeyError: x'],
    ['prints nothing', '', {}, 'it said nothing that can be read'],
    ['hangs', '', { isTooLate: true }, 'it took too long'],
    ['has another shape', envelope({ path: 7 }), {}, 'its answer has another shape'],
  ])('that %s is a failure with a sentence', async (_what, stdout, more, message) => {
    const { cli } = answering(stdout, more);
    expect(await cli.logs(5)).toMatchObject({
      error: { code: 'comfy-cli/failed', data: { action: 'logs', message } },
    });
  });

  it('gives the log without tokens', async () => {
    const { cli, calls } = answering(
      envelope({ path: '/c/user/comfyui_8188.log', lines: ['Starting\r\n', 'api_key=abc123\n'] }),
    );
    expect(await cli.logs(50)).toEqual({
      ok: true,
      value: { path: '/c/user/comfyui_8188.log', lines: ['Starting', 'api_key=[hidden]'] },
    });
    expect(calls[0]?.slice(2)).toEqual(['logs', '--tail', '50']);
  });
});

describe('where comfy-cli is looked for', () => {
  it('also where a desktop app’s search path does not lead, and never in a relative folder', () => {
    const home = '/Users/anna';
    expect(
      comfyCliCandidates({ platform: 'darwin', home, environment: { PATH: '.:/usr/bin:bin' } }),
    ).toEqual([
      '/usr/bin/comfy',
      '/Users/anna/.local/bin/comfy',
      '/opt/homebrew/bin/comfy',
      '/usr/local/bin/comfy',
    ]);
  });

  it('as a program of Windows', () => {
    const environment = { Path: 'C:\\Python\\Scripts;relative' };
    expect(comfyCliCandidates({ platform: 'win32', home: 'C:\\Users\\anna', environment })).toEqual(
      ['C:\\Python\\Scripts\\comfy.exe', 'C:\\Users\\anna\\.local\\bin\\comfy.exe'],
    );
  });
});
