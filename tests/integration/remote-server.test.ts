import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServerForm } from '../../core/contract/machine/machine.schema.ts';
import type { Run } from '../../core/contract/run/run.schema.ts';
import { type ArtistClient, createArtistClient } from '../../core/host/cli/ask/artist-client.ts';
import { type Host, createHost } from '../../core/host/create-host.ts';
import { productFolder } from '../../core/host/folders.ts';
import {
  type PracticeServer,
  createPracticeServer,
} from '../../core/practice/create-practice-server.ts';
import {
  type GuardedProxy,
  type ProxyOptions,
  createGuardedProxy,
} from '../fakes/comfy/guarded-proxy.ts';

const PASSWORD = 'kestrel-7731';
const KEY = 'heron-9920';
const authorization = `Basic ${Buffer.from(`anna:${PASSWORD}`).toString('base64')}`;

let folder: string;
let host: Host;
let practice: PracticeServer;
let artist: ArtistClient;
const proxies: GuardedProxy[] = [];
/** Everything that the window was told. */
const told: string[] = [];

async function startHost(environment: Record<string, string> = {}): Promise<Host> {
  return createHost({
    dataFolder: folder,
    templatesFolder: productFolder('resources/templates'),
    appVersion: 'test',
    addresses: [],
    environment,
  });
}

async function proxy(options: Omit<ProxyOptions, 'target'>): Promise<GuardedProxy> {
  const started = await createGuardedProxy({ target: practice.url, ...options });
  proxies.push(started);
  return started;
}

async function connectTo(url: string): Promise<unknown> {
  const answer = await artist.client.call('comfy/connect', { target: { url } });
  told.push(JSON.stringify(answer));
  return answer;
}

/** Renders a workflow that needs no model, and fetches its picture. */
async function render(): Promise<{ readonly run: Run; readonly mediaType: string }> {
  const { client, sessionId } = artist;
  const text = JSON.stringify({
    '1': { class_type: 'EmptyImage', inputs: { width: 64, height: 64, batch_size: 1, color: 5 } },
    '2': { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: 'remote' } },
  });
  const source = { kind: 'text', name: 'Flat', text } as const;
  expect(await client.call('workflow/open', { sessionId, source })).toMatchObject({ ok: true });
  const started = await client.call('run/start', { sessionId });
  if (!started.ok) throw new Error(started.error.code);
  const { promptId } = started.value;
  const over = await artist.until(({ runs }) =>
    runs.some((run) => run.promptId === promptId && run.verdict !== undefined),
  );
  const run = over.runs.find((one) => one.promptId === promptId);
  const assetId = run?.outputs[0]?.assetId ?? '';
  const picture = await host.assets.read(assetId);
  if (run === undefined || !picture.ok) throw new Error('no picture');
  return { run, mediaType: picture.value.mediaType };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-unit-test-'));
  practice = await createPracticeServer();
  host = await startHost();
  const client = await createArtistClient(host, 'Shot 010');
  if (!client.ok) throw new Error(client.error.code);
  artist = client.value;
  told.length = 0;
});

afterEach(async () => {
  artist.dispose();
  await host.close();
  await Promise.all(proxies.splice(0).map((one) => one.close()));
  await practice.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a ComfyUI behind a proxy', () => {
  it('asks before it trusts a certificate, then renders over HTTPS with a path, a password and a header', async () => {
    const { url } = await proxy({
      certificate: 'first',
      basePath: '/comfy',
      requires: { authorization, 'x-studio-key': KEY },
    });
    const form: ServerForm = {
      name: 'Render box',
      url,
      signIn: 'basic',
      userName: 'anna',
      secret: PASSWORD,
      headers: [{ name: 'X-Studio-Key', value: KEY }],
    };
    const untrusted = await artist.client.call('server/test', { server: form });
    if (untrusted.ok || untrusted.error.code !== 'comfy/untrusted-certificate') {
      throw new Error(`expected the certificate to be unknown: ${JSON.stringify(untrusted)}`);
    }
    const { fingerprint, issuedTo } = untrusted.error.data;
    expect(issuedTo).toBe('render-box');
    expect(proxies[0]?.asked).toEqual([]);

    const saved = await artist.client.call('server/save', { server: form });
    told.push(JSON.stringify(saved));
    expect(await connectTo(url)).toMatchObject({
      error: { code: 'comfy/untrusted-certificate' },
    });
    expect(await artist.client.call('server/trust', { url, fingerprint })).toMatchObject({
      ok: true,
    });
    expect(await connectTo(url)).toMatchObject({ ok: true });
    expect(host.agent.workspace.state.connection).toMatchObject({ status: 'ready', url });

    const { run, mediaType } = await render();
    expect(run.status).toBe('verified');
    expect(mediaType).toBe('image/png');
    const asked = new Set(proxies[0]?.asked.map((line) => line.split('?')[0]));
    for (const what of ['WS /comfy/ws', 'POST /comfy/prompt', 'GET /comfy/view']) {
      expect(asked).toContain(what);
    }
    const listed = await artist.client.call('comfy/discover', {});
    told.push(JSON.stringify(listed), JSON.stringify(host.agent.workspace.state));
    expect(told.join('\n')).toContain('Render box');
    await expectNoSecretOutside('secrets.json');
  });

  it('sends nothing once the server shows another certificate, and says so', async () => {
    const first = await proxy({ certificate: 'first' });
    const { url, port } = first;
    const untrusted = await artist.client.call('comfy/connect', { target: { url } });
    if (untrusted.ok || untrusted.error.code !== 'comfy/untrusted-certificate') {
      throw new Error('expected the certificate to be unknown');
    }
    const { fingerprint } = untrusted.error.data;
    await artist.client.call('server/trust', { url, fingerprint });
    expect(await connectTo(url)).toMatchObject({ ok: true });
    await first.close();
    const second = await proxy({ certificate: 'second', port });
    expect(await connectTo(url)).toMatchObject({ error: { code: 'comfy/certificate-changed' } });
    expect(second.asked).toEqual([]);
  });

  it('takes the password out of a typed address, keeps it, and shows only the rest', async () => {
    const { url } = await proxy({ requires: { authorization } });
    expect(await connectTo(url)).toMatchObject({
      error: { code: 'comfy/refused', data: { url, status: 401 } },
    });
    expect(await connectTo(url.replace('//', `//anna:${PASSWORD}@`))).toMatchObject({ ok: true });
    expect(host.agent.workspace.state.settings).toMatchObject({
      comfyUrl: url,
      servers: [{ url, signIn: 'basic', userName: 'anna' }],
    });
    await render();
    await expectNoSecretOutside('secrets.json');
    await host.close();
    host = await startHost();
    expect(await host.connect({ url })).toMatchObject({ ok: true });
  });

  it('signs in with a token, also with one from the environment', async () => {
    const { url } = await proxy({ requires: { authorization: `Bearer ${KEY}` } });
    const form: ServerForm = { name: 'Farm', url, signIn: 'bearer', secret: KEY };
    expect(await artist.client.call('server/save', { server: form })).toMatchObject({ ok: true });
    expect(await connectTo(url)).toMatchObject({ ok: true });
    // Editing the name leaves the token as it was.
    const renamed: ServerForm = { name: 'Farm 2', url, signIn: 'bearer' };
    expect(
      await artist.client.call('server/test', { server: renamed, replaces: url }),
    ).toMatchObject({ ok: true, value: { server: { name: 'Farm 2' } } });
    expect(await artist.client.call('server/remove', { url })).toMatchObject({ ok: true });
    expect(await connectTo(url)).toMatchObject({ error: { code: 'comfy/refused' } });
    await expectNoSecretOutside('nowhere');

    await host.close();
    host = await startHost({ COMFYUI_URL: url, COMFYUI_TOKEN: KEY });
    expect(await host.connect({ url })).toMatchObject({ ok: true });
    await expectNoSecretOutside('nowhere');
  });

  it('never sends a kept password to another computer when the address is edited', async () => {
    const { url, port } = await proxy({ requires: { authorization } });
    const form: ServerForm = {
      name: 'Box',
      url,
      signIn: 'basic',
      userName: 'anna',
      secret: PASSWORD,
    };
    await artist.client.call('server/save', { server: form });
    const elsewhere = { ...form, url: `http://localhost:${String(port)}`, secret: undefined };
    const server = JSON.parse(JSON.stringify(elsewhere)) as ServerForm;
    expect(await artist.client.call('server/test', { server, replaces: url })).toMatchObject({
      error: { code: 'comfy/refused' },
    });
  });

  it('follows a proxy to another path, and stays there for runs and pictures', async () => {
    const real = await proxy({ basePath: '/studio/comfy' });
    const front = await proxy({
      sendsOn: (path) => `http://127.0.0.1:${String(real.port)}/studio/comfy${path}`,
    });
    expect(await connectTo(front.url)).toMatchObject({ ok: true });
    const { run } = await render();
    expect(run.status).toBe('verified');
    expect(front.asked).toEqual(['GET /system_stats']);
    expect(real.asked).toContain('WS /studio/comfy/ws');
  });

  it('does not carry a password to another computer, and offers the new address instead', async () => {
    const real = await proxy({});
    const to = `http://localhost:${String(real.port)}`;
    const front = await proxy({ sendsOn: (path) => `${to}${path}` });
    expect(await connectTo(front.url.replace('//', `//anna:${PASSWORD}@`))).toMatchObject({
      error: { code: 'comfy/moved', data: { url: front.url, to } },
    });
    expect(real.asked).toEqual([]);
  });

  it('takes a page to sign in at for what it is', async () => {
    const front = await proxy({ sendsOn: () => '/login' });
    expect(await connectTo(front.url)).toMatchObject({
      error: { code: 'comfy/refused', data: { status: 302 } },
    });
  });
});

interface StoredFile {
  readonly name: string;
  readonly text: string;
  readonly mode: number;
}

/** Every file of the data folder; looked at again when one of them was renamed meanwhile. */
async function readFiles(): Promise<readonly StoredFile[]> {
  const files: StoredFile[] = [];
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    try {
      const found = await stat(path);
      if (!found.isFile()) continue;
      files.push({ name, text: await readFile(path, 'utf8'), mode: found.mode });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
      return readFiles();
    }
  }
  return files;
}

/** Looks through every file of the data folder and everything that the window was told. */
async function expectNoSecretOutside(allowed: string): Promise<void> {
  const files = await readFiles();
  for (const { name, text, mode } of files) {
    if (name === allowed) {
      expect(mode & 0o077).toBe(process.platform === 'win32' ? mode & 0o077 : 0);
      expect(text).toContain(PASSWORD);
      continue;
    }
    for (const secret of [PASSWORD, KEY, authorization.slice(6)]) {
      expect(text, name).not.toContain(secret);
    }
  }
  expect(files.length).toBeGreaterThan(1);
  for (const secret of [PASSWORD, KEY, authorization.slice(6)]) {
    expect(told.join('\n')).not.toContain(secret);
  }
}
