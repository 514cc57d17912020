import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPracticeServer, type PracticeServer } from '../create-practice-server.ts';

let folder = '';
let server: PracticeServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'practice-routes-'));
  server = await createPracticeServer({ folder });
  await writeFile(join(folder, 'output', 'page.html'), '<p>hi</p>');
  await writeFile(join(folder, 'output', 'ten.bin'), '0123456789');
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Asks for a path as it is written: `fetch` would tidy "/../" away. */
function status(method: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.port, method, path }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('statuses as recorded', () => {
  it.each([
    ['GET', '/view', 404],
    ['GET', '/view?filename=', 400],
    ['GET', '/view?filename=nope.png', 404],
    ['GET', '/view?filename=../main.py', 400],
    ['GET', '/view?filename=..%2F..%2Fetc%2Fpasswd', 400],
    ['GET', '/view?filename=/etc/passwd', 400],
    ['GET', '/view?filename=main.py&subfolder=../', 403],
    ['GET', '/view?filename=passwd&subfolder=/etc', 403],
    ['GET', '/view?filename=example.png&type=nosuch', 400],
    ['GET', '/view?filename=example.png%20%5Binput%5D', 200],
    ['GET', '/../main.py', 404],
    ['GET', '/%2e%2e/main.py', 404],
    ['GET', '/nosuch', 404],
    ['GET', '/models/nosuch', 404],
    ['GET', '/history?max_items=abc', 500],
    ['POST', '/system_stats', 405],
    ['DELETE', '/queue', 405],
    ['OPTIONS', '/prompt', 200],
    ['HEAD', '/object_info', 200],
    ['GET', '/api/features', 200],
    ['GET', '/internal/folder_paths', 200],
    ['GET', '/api/internal/folder_paths', 404],
    ['GET', '/internal/files/nosuch', 400],
    ['GET', '/userdata', 400],
    ['GET', '/userdata?dir=../..', 403],
    ['GET', '/userdata?dir=workflows', 404],
    ['GET', '/userdata/..%2F..%2Fmain.py', 403],
    ['POST', '/prompt', 500],
    ['POST', '/free', 500],
    ['POST', '/interrupt', 200],
  ])('%s %s → %i', async (method, path, expected) => {
    expect(await status(method, path)).toBe(expected);
  });
});

describe('files', () => {
  const view = (query: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${server.url}/view?${query}`, { headers });

  it('come whole, in part, or not at all when the asker has them', async () => {
    const whole = await view('filename=ten.bin');
    expect(await whole.text()).toBe('0123456789');
    const part = await view('filename=ten.bin', { Range: 'bytes=2-4' });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      'bytes 2-4/10',
      '234',
    ]);
    const tail = await view('filename=ten.bin', { Range: 'bytes=-3' });
    expect(await tail.text()).toBe('789');
    expect((await view('filename=ten.bin', { Range: 'bytes=50-' })).status).toBe(416);
    const etag = whole.headers.get('etag') ?? '';
    expect((await view('filename=ten.bin', { 'If-None-Match': etag })).status).toBe(304);
    const date = whole.headers.get('last-modified') ?? '';
    expect((await view('filename=ten.bin', { 'If-Modified-Since': date })).status).toBe(304);
  });

  it('that a browser would run are sent as plain bytes', async () => {
    const page = await view('filename=page.html');
    expect(page.headers.get('content-type')).toBe('application/octet-stream');
  });

  it.each([
    ['preview=webp;50', 'webp'],
    ['preview=jpeg;80', 'jpeg'],
    ['preview=bmp', 'webp'],
    ['channel=rgb', 'png'],
    ['channel=a', 'png'],
  ])('are encoded anew for %s', async (query, format) => {
    const answer = await view(`filename=example.png&type=input&${query}`);
    expect(answer.headers.get('content-type')).toBe(`image/${format}`);
    const metadata = await sharp(await answer.arrayBuffer()).metadata();
    expect(metadata).toMatchObject({ format, width: 512, height: 512 });
  });
});

describe('uploads', () => {
  const upload = async (
    name: string,
    bytes: string,
    fields: Record<string, string> = {},
  ): Promise<{ status: number; body: string }> => {
    const form = new FormData();
    for (const [key, value] of Object.entries(fields)) form.set(key, value);
    form.set('image', new Blob([bytes]), name);
    const answer = await fetch(`${server.url}/upload/image`, { method: 'POST', body: form });
    return { status: answer.status, body: await answer.text() };
  };

  it('of the same bytes keep their name, of other bytes get another, unless they overwrite', async () => {
    const named = (name: string): string => JSON.stringify({ name, subfolder: '', type: 'input' });
    expect((await upload('up one.png', 'a')).body).toBe(named('up one.png'));
    expect((await upload('up one.png', 'a')).body).toBe(named('up one.png'));
    expect((await upload('up one.png', 'b')).body).toBe(named('up one (1).png'));
    expect((await upload('up one.png', 'c', { overwrite: 'true' })).body).toBe(named('up one.png'));
  });

  it('with a name beyond ASCII come back under that name', async () => {
    await upload('狐 ü.png', 'a');
    const answer = await fetch(
      `${server.url}/view?type=input&filename=${encodeURIComponent('狐 ü.png')}`,
    );
    expect([answer.status, await answer.text()]).toEqual([200, 'a']);
    const name = Buffer.from(answer.headers.get('content-disposition') ?? '', 'latin1');
    expect(name.toString('utf8')).toBe('filename="狐 ü.png"');
  });

  it('are refused outside their folder and crash on an unknown type, as recorded', async () => {
    expect((await upload('x.png', 'a', { subfolder: '../..' })).status).toBe(400);
    expect((await upload('x.png', 'a', { subfolder: '/tmp' })).status).toBe(400);
    expect((await upload('x.png', 'a', { type: 'nosuch' })).status).toBe(500);
  });

  it('show up in the list of LoadImage, but not those in subfolders', async () => {
    await upload('seen.png', 'a');
    await upload('hidden.png', 'a', { subfolder: 'deep' });
    const answer = await fetch(`${server.url}/object_info/LoadImage`);
    const text = await answer.text();
    expect(text).toContain('seen.png');
    expect(text).not.toContain('hidden.png');
  });
});

describe('what the page keeps', () => {
  it('saves, lists, moves and deletes a workflow', async () => {
    const at = `${server.url}/userdata`;
    const save = (): Promise<Response> =>
      fetch(`${at}/workflows%2Fa%20b.json?overwrite=false`, { method: 'POST', body: '{}' });
    expect(await (await save()).json()).toBe('workflows/a b.json');
    expect((await save()).status).toBe(409);
    expect(await (await fetch(`${at}?dir=workflows`)).json()).toEqual(['a b.json']);
    const moved = await fetch(`${at}/workflows%2Fa%20b.json/move/workflows%2Fc.json`, {
      method: 'POST',
    });
    expect(await moved.json()).toBe('workflows/c.json');
    expect((await fetch(`${at}/workflows%2Fc.json`, { method: 'DELETE' })).status).toBe(204);
    expect((await fetch(`${at}/workflows%2Fc.json`)).status).toBe(404);
  });

  it('remembers settings one by one', async () => {
    const at = `${server.url}/settings/Comfy.ColorPalette`;
    await fetch(at, { method: 'POST', body: '"dark"' });
    expect(await (await fetch(at)).json()).toBe('dark');
    expect(await (await fetch(`${server.url}/settings/No.Such`)).json()).toBeNull();
  });
});
