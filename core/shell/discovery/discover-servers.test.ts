import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPracticeServer } from '../../practice/create-practice-server.ts';
import { createRecordedComfy } from '../../../tests/fakes/comfy/recorded-comfy.ts';
import { discoverServers } from './discover-servers.ts';
import { addressOfBackground, addressOfLaunch, splitCommandLine } from './parse-launch.ts';
import { readConfiguredAddresses } from './read-configs.ts';
import { readRunningAddresses } from './read-processes.ts';

describe('discoverServers', () => {
  it('lists what answers like ComfyUI, past silence, a source that never ends, other services and nonsense', async () => {
    const silent = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const silentUrl = `http://127.0.0.1:${String((silent.address() as AddressInfo).port)}`;
    const [practice, other] = [await createPracticeServer(), await createRecordedComfy()];
    for (const path of ['/system_stats', '/queue']) other.answer(`GET ${path}`, { body: '{}' });
    const found = await discoverServers({
      configured: ['nonsense://', silentUrl, other.url],
      environment: { COMFY_LOCAL_URL: practice.url },
      withinMs: 600,
      sources: [
        async () => [{ url: practice.url.replace('127.0.0.1', 'localhost'), source: 'port' }],
        () => new Promise(() => undefined),
      ],
    });
    expect(found.found).toMatchObject([
      {
        server: { url: practice.url, source: 'environment', queueLength: 0 },
        target: practice.url,
      },
    ]);
    expect(found.found[0]?.server.version).not.toBe('');
    expect(found.silent.map(({ url, error }) => [url, error.code])).toEqual([
      ['nonsense://', 'comfy/invalid-address'],
      [silentUrl, 'comfy/unreachable'],
      [other.url, 'comfy/not-comfyui'],
    ]);
    await Promise.all([practice.close(), other.close()]);
    await new Promise((resolve) => silent.close(resolve));
  });

  it('never shows the credentials of an address', async () => {
    const practice = await createPracticeServer();
    const target = practice.url.replace('//', '//anna:secret@');
    const { found } = await discoverServers({
      configured: [target],
      environment: {},
      sources: [],
    });
    expect(found).toMatchObject([{ server: { url: practice.url }, target }]);
    expect(JSON.stringify(found[0]?.server)).not.toContain('secret');
    await practice.close();
  });
});

describe('where a ComfyUI listens, by what started it', () => {
  it.each([
    [['python', '/opt/ComfyUI/main.py'], 'http://127.0.0.1:8188'],
    [['python', 'main.py', '--listen', '--port', '8189'], 'http://127.0.0.1:8189'],
    [['python', 'main.py', '--port=8200', '--listen', '0.0.0.0,::'], 'http://127.0.0.1:8200'],
    [['python', 'main.py', '--listen', '10.0.0.7'], 'http://10.0.0.7:8188'],
    [['python', 'main.py', '--tls-keyfile', 'k.pem'], 'https://127.0.0.1:8188'],
    [['python', 'domain.py', '--port', '8188'], undefined],
    [['python', 'main.py', '--port', '99999'], undefined],
  ])('%j', (args, url) => {
    expect(addressOfLaunch(args)).toBe(url);
  });

  it('reads quoted paths, as Windows prints them', () => {
    const line = '"C:\\My Apps\\python.exe" -s "C:\\My Apps\\ComfyUI\\main.py" --port 8190';
    expect(addressOfLaunch(splitCommandLine(line))).toBe('http://127.0.0.1:8190');
  });

  it("reads comfy-cli's record of its background server and nothing else", () => {
    expect(addressOfBackground("('0.0.0.0', 8195, 4711)")).toBe('http://127.0.0.1:8195');
    expect(addressOfBackground('None')).toBeUndefined();
  });

  it('finds a running main.py by its command line', async () => {
    const urls = await readRunningAddresses();
    expect(urls.every(({ source }) => source === 'process')).toBe(true);
  });

  it('takes the addresses out of the config files, and no token', async () => {
    const home = await mkdtemp(join(tmpdir(), 'second-unit-test-'));
    const write = async (path: string, text: string): Promise<void> => {
      await mkdir(join(home, path, '..'), { recursive: true });
      await writeFile(join(home, path), text);
    };
    const base = join(home, 'base');
    await write(
      '.config/comfy-cli/config.ini',
      "[DEFAULT]\nhf_api_token = hf_secret\nbackground = ('localhost', 8191, 12)\n",
    );
    await write('.config/ComfyUI/config.json', JSON.stringify({ basePath: base }));
    await write(
      'base/user/default/comfy.settings.json',
      JSON.stringify({ 'Comfy.Server.LaunchArgs': { cpu: '', port: '8004' } }),
    );
    const found = await readConfiguredAddresses({ platform: 'linux', home, environment: {} });
    expect(found).toEqual([
      { url: 'http://127.0.0.1:8191', source: 'comfy-cli' },
      { url: 'http://127.0.0.1:8004', source: 'desktop' },
    ]);
    await rm(home, { recursive: true });
  });
});
