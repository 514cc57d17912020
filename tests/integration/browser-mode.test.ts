import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { err, ok } from '../../core/base/result.ts';
import { appError } from '../../core/contract/errors.ts';
import {
  type BrowserServer,
  createBrowserServer,
} from '../../core/host/browser/create-browser-server.ts';

const TOKEN = 'the-pairing-token';
const PICTURE = new Uint8Array([1, 2, 3]);

describe('the server of browser mode', () => {
  let server: BrowserServer;
  let pageFolder: string;
  let accepted = 0;

  beforeAll(async () => {
    pageFolder = mkdtempSync(join(tmpdir(), 'second-unit-page-'));
    writeFileSync(join(pageFolder, 'index.html'), '<title>Second Unit</title>');
    writeFileSync(join(pageFolder, 'notes.txt'), 'not part of the page');
    const started = await createBrowserServer({
      port: 0,
      token: TOKEN,
      pageFolder,
      readAsset: async (assetId, width) =>
        assetId === 'a1'
          ? ok({ bytes: PICTURE, mediaType: width === undefined ? 'image/png' : 'image/webp' })
          : err(appError('comfy/output-missing', { filename: assetId })),
      accept: () => {
        accepted += 1;
      },
    });
    if (!started.ok) throw new Error(started.error.code);
    server = started.value;
  });

  afterAll(async () => {
    await server.close();
    rmSync(pageFolder, { recursive: true, force: true });
  });

  const ask = (path: string, host = `127.0.0.1:${String(server.port)}`) =>
    request(server.port, path, host);

  it('serves the page with a policy that lets it talk to nobody else', async () => {
    const page = await ask('/');
    expect(page.status).toBe(200);
    expect(page.body).toContain('Second Unit');
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  });

  it.each(['/../package.json', '/%2e%2e/package.json', '/notes.txt', '/%', '/contract'])(
    'has nothing at %s',
    async (path) => {
      expect((await ask(path)).status).toBe(404);
    },
  );

  it.each(['example.org', '127.0.0.1.example.org', 'localhost.example.org:80'])(
    'refuses a request that names %s as its host',
    async (host) => {
      expect((await ask('/', host)).status).toBe(403);
    },
  );

  it('gives pictures only below the address that it told', async () => {
    const picture = await ask(`${server.assetBase}a1`);
    expect(picture.headers['content-type']).toBe('image/png');
    expect(picture.headers['content-security-policy']).toContain('sandbox');
    expect((await ask(`${server.assetBase}a1?w=64`)).headers['content-type']).toBe('image/webp');
    expect((await ask(`${server.assetBase}a2`)).status).toBe(404);
    expect((await ask('/pictures/guessed/a1')).status).toBe(404);
  });

  it('keeps the token where browsers do not send it', () => {
    expect(new URL(server.url).hash).toBe(`#token=${TOKEN}`);
    expect(new URL(server.url).search).toBe('');
  });

  it('takes a page that shows the token', async () => {
    expect(await pair({ token: TOKEN })).toBe('open');
    expect(accepted).toBe(1);
  });

  it.each([
    ['a wrong token', { token: 'wrong' }],
    ['a token that is only begun', { token: TOKEN.slice(0, -1) }],
    ['a page of another origin', { token: TOKEN, origin: 'http://example.org' }],
    ['a host that is not this machine', { token: TOKEN, host: 'example.org' }],
    ['another address', { token: TOKEN, path: '/other' }],
  ])('refuses %s', async (_name, attempt) => {
    const before = accepted;
    expect(await pair(attempt)).toMatch(/40[34]/);
    expect(accepted).toBe(before);
  });

  it('says that a port is taken', async () => {
    const second = await createBrowserServer({
      port: server.port,
      token: TOKEN,
      pageFolder: null,
      readAsset: async () => err(appError('cancelled', {})),
      accept: null,
    });
    expect(second).toEqual(err(appError('host/port-in-use', { port: server.port })));
  });

  async function pair(attempt: {
    readonly token: string;
    readonly origin?: string;
    readonly host?: string;
    readonly path?: string;
  }): Promise<string> {
    const { token, origin, host, path = '/contract' } = attempt;
    const socket = new WebSocket(
      `ws://127.0.0.1:${String(server.port)}${path}`,
      ['second-unit', `token.${token}`],
      {
        ...(origin === undefined ? {} : { origin }),
        headers: host === undefined ? {} : { host },
      },
    );
    const failed = once(socket, 'error').then(([cause]) => (cause as Error).message);
    const opened = once(socket, 'open').then(() => 'open');
    const outcome = await Promise.race([opened, failed]);
    socket.on('error', () => undefined);
    socket.terminate();
    return outcome;
  }
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** A request whose path and host are sent as they are written: `fetch` would tidy both. */
async function request(port: number, path: string, host: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, headers: { host } };
    get(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode: status, headers } = response;
        resolve({ status, headers, body: Buffer.concat(chunks).toString('utf8') });
      });
    }).on('error', reject);
  });
}
