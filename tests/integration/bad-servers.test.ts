import { mkdtemp, rm } from 'node:fs/promises';
import { type RequestListener, createServer as createHttpServer } from 'node:http';
import { type AddressInfo, type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { artistMessage } from '../../core/domain/errors/artist-message.ts';
import { type ArtistClient, createArtistClient } from '../../core/host/cli/ask/artist-client.ts';
import { type Host, createHost } from '../../core/host/create-host.ts';
import { productFolder } from '../../core/host/folders.ts';
import { createGuardedProxy } from '../fakes/comfy/guarded-proxy.ts';
import { recording } from '../fakes/comfy/recorded-comfy.ts';

let folder: string;
let host: Host;
let artist: ArtistClient;
const closing: (() => Promise<unknown>)[] = [];

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

/** An HTTP server with these answers; everything else is 404. */
function answering(answers: Readonly<Record<string, string | number>>): Promise<string> {
  const handle: RequestListener = (request, response) => {
    const answer = answers[(request.url ?? '').split('?')[0] ?? ''] ?? 404;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else response.end(answer);
  };
  const server = createHttpServer(handle);
  server.keepAliveTimeout = 1;
  return listen(server);
}

async function guarded(options: {
  readonly certificate?: 'first';
  readonly requires?: Record<string, string>;
}): Promise<string> {
  const proxy = await createGuardedProxy({ target: 'http://127.0.0.1:1', ...options });
  closing.push(() => proxy.close());
  return proxy.url;
}

async function nobody(): Promise<string> {
  const url = await listen(createServer());
  await closing.pop()?.();
  return url;
}

const queue = '{"queue_running": [], "queue_pending": []}';
const cases: readonly (readonly [string, () => Promise<string>, string, string])[] = [
  ['nothing listens there', nobody, 'comfy/unreachable', 'reconnect'],
  ['the address is none', async () => 'http://', 'comfy/invalid-address', 'open-servers'],
  [
    'the computer does not exist',
    async () => 'http://no-such-host.invalid',
    'comfy/unreachable',
    'open-servers',
  ],
  [
    'a web page is there',
    () => answering({ '/system_stats': '<!doctype html><p>Hi' }),
    'comfy/not-comfyui',
    'open-servers',
  ],
  [
    'another service is there',
    () => answering({ '/system_stats': '{"up": true}' }),
    'comfy/not-comfyui',
    'open-servers',
  ],
  [
    'something that does not speak HTTP is there',
    () => listen(createServer((socket) => socket.end('SSH-2.0-x\r\n', () => socket.destroy()))),
    'comfy/not-comfyui',
    'open-servers',
  ],
  [
    'it wants a sign-in',
    () => guarded({ requires: { authorization: 'Basic x' } }),
    'comfy/refused',
    'sign-in',
  ],
  ['it is forbidden', () => answering({ '/system_stats': 403 }), 'comfy/refused', 'sign-in'],
  [
    'its certificate is unknown',
    () => guarded({ certificate: 'first' }),
    'comfy/untrusted-certificate',
    'look-at-certificate',
  ],
  [
    'https is asked of an http server',
    async () => (await answering({})).replace('http:', 'https:'),
    'comfy/unreachable',
    'open-servers',
  ],
  [
    'it is too old to tell about itself',
    () => answering({ '/queue': queue }),
    'comfy/too-old',
    'reconnect',
  ],
  [
    'a proxy there says that the server is down',
    () => answering({ '/system_stats': 502 }),
    'comfy/unreachable',
    'reconnect',
  ],
];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-unit-test-'));
  host = await createHost({
    dataFolder: folder,
    templatesFolder: productFolder('resources/templates'),
    appVersion: 'test',
    practiceStepMs: 1,
    environment: {},
  });
  const client = await createArtistClient(host, 'Shot 010');
  if (!client.ok) throw new Error(client.error.code);
  artist = client.value;
  expect(await host.connect('practice')).toMatchObject({ ok: true });
});

afterEach(async () => {
  artist.dispose();
  await host.close();
  await Promise.all(closing.splice(0).map((close) => close()));
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

describe('a server that cannot be used', () => {
  it.each(cases)(
    'because %s: a sentence, a button, and the rest goes on',
    async (_why, start, code, step) => {
      const url = await start();
      const { client, sessionId } = artist;
      const answer = await client.call('comfy/connect', { target: { url } });
      if (answer.ok) throw new Error('it was connected');
      expect(answer.error.code).toBe(code);
      const { title, body, nextSteps } = artistMessage(answer.error);
      expect(title).not.toBe('');
      expect(body).toMatch(/safe|as it was before/);
      expect(nextSteps.map(({ command }) => command)).toContain(step);

      const source = { kind: 'template', name: 'sdxl-text-to-image' } as const;
      expect(await client.call('workflow/open', { sessionId, source })).toMatchObject({ ok: true });
      await client.call('turn/send', { sessionId, message: '30 steps' });
      const state = await artist.until(({ changeSets }) => changeSets.length > 0);
      expect(state.changeSets[0]?.status).toBe('proposed');
      const back = await client.call('comfy/connect', { target: 'practice' });
      expect(back).toMatchObject({ ok: true });
    },
  );

  it('because it gives our renders ids of its own: the run is taken back, and it is said why', async () => {
    const deleted: string[] = [];
    const stats = recording('client-a01-system_stats.json');
    const server = createHttpServer((request, response) => {
      const path = (request.url ?? '').split('?')[0];
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => {
        if (path === '/system_stats') response.end(stats);
        else if (path === '/prompt' && request.method === 'POST') {
          response.end('{"prompt_id": "theirs", "number": 1, "node_errors": {}}');
        } else if (path === '/prompt') response.end('{"exec_info": {"queue_remaining": 0}}');
        else if (path === '/queue' && request.method === 'POST') {
          deleted.push(body);
          response.end();
        } else if (path === '/queue') {
          const waits = deleted.length === 0 ? '[[1, "theirs", {}, {}, []]]' : '[]';
          response.end(`{"queue_running": [], "queue_pending": ${waits}}`);
        } else if (path === '/object_info') {
          response.end(
            '{"A": {"input": {}, "output": [], "output_node": true, "name": "A", "python_module": "nodes"}}',
          );
        } else response.end('{}');
      });
    });
    server.keepAliveTimeout = 1;
    const url = await listen(server);
    const { client, sessionId } = artist;
    expect(await client.call('comfy/connect', { target: { url } })).toMatchObject({ ok: true });
    const text = '{"1": {"class_type": "A", "inputs": {}}}';
    const source = { kind: 'text', name: 'One', text } as const;
    await client.call('workflow/open', { sessionId, source });
    expect(await client.call('run/start', { sessionId })).toMatchObject({
      error: { code: 'comfy/too-old' },
    });
    expect(deleted.join()).toContain('theirs');
    const state = await artist.until(({ runs }) => runs.some(({ status }) => status === 'failed'));
    expect(state.runs[0]?.failure?.code).toBe('comfy/too-old');
  });
});
