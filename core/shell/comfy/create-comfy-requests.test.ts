import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { useComfyBench } from '../../../tests/fakes/comfy/comfy-bench.ts';

const bench = useComfyBench();
const { connectTo } = bench;

describe('looking at what it left behind', () => {
  it('reads its log as lines, of a progress bar only what it came to', async () => {
    const { server, comfy } = bench;
    const entries = [
      { t: '', m: 'got prompt\n' },
      { t: '', m: '\r  5%|' },
      { t: '', m: '\r100%|\nPrompt executed' },
    ];
    server.answer('GET /internal/logs/raw', { body: JSON.stringify({ entries, size: {} }) });
    expect(await comfy.logLines()).toEqual({
      ok: true,
      value: ['got prompt', '100%|', 'Prompt executed'],
    });
  });

  it('reads the names in the output folder as servers of either age write them', async () => {
    const { server, comfy } = bench;
    server.answer('GET /internal/files/output', { body: '["a.png", "b c.png [output]"]' });
    expect(await comfy.fileNames('output')).toEqual({ ok: true, value: ['a.png', 'b c.png'] });
  });

  it('asks for the first bytes only, and tells a missing file from an answer that failed', async () => {
    const { server, comfy } = bench;
    const file = { filename: 'a.png', subfolder: 'x', folder: 'output' } as const;
    const path = 'GET /view?filename=a.png&subfolder=x&type=output';
    const part = { status: 206, body: 'abc' };
    server.answer(path, { ...part, headers: { 'content-range': 'bytes 0-2/10' } });
    const bytes = new TextEncoder().encode('abc');
    expect(await comfy.fileHead(file, 3)).toEqual({ ok: true, value: { bytes, size: 10 } });
    expect(server.seen.at(-1)?.headers.range).toBe('bytes=0-2');
    server.answer(path, { ...part, headers: { 'content-range': 'bytes 0-2/*' } });
    expect(await comfy.fileHead(file, 3)).toMatchObject({ value: { size: undefined } });
    server.answer(path, { body: 'abcd' });
    expect(await comfy.fileHead(file, 3)).toMatchObject({ value: { size: 4 } });
    server.answer(path, { status: 404, body: '' });
    expect(await comfy.fileHead(file, 3)).toEqual({ ok: true, value: undefined });
    server.answer(path, { status: 500, body: '' });
    expect((await comfy.fileHead(file, 3)).ok).toBe(false);
  });
});

describe('hashing a file', () => {
  const file = { filename: 'a.png', subfolder: '', folder: 'output' } as const;
  const path = 'GET /view?filename=a.png&subfolder=&type=output';

  it('tells the size and the hash of what came, however many pieces it came in', async () => {
    const { server, comfy } = bench;
    const body = 'x'.repeat(300_000);
    server.answer(path, { body });
    const sha256 = createHash('sha256').update(body).digest('hex');
    expect(await comfy.hashFile(file)).toEqual({ ok: true, value: { bytes: 300_000, sha256 } });
  });

  it('hashes no answer that is not the file', async () => {
    const { server, comfy } = bench;
    server.answer(path, { status: 404, body: '' });
    const missing = { code: 'comfy/output-missing', data: { filename: 'a.png' } };
    expect(await comfy.hashFile(file)).toEqual({ ok: false, error: missing });
    server.answer(path, { status: 500, body: 'oh' });
    expect((await comfy.hashFile(file)).ok).toBe(false);
  });
});

describe('models, files and numbers', () => {
  it('names the folders that there are when asked for another', async () => {
    const { server, comfy } = bench;
    server.answer('GET /models', { body: '["vae", "checkpoints"]' });
    expect(await comfy.models('nosuch')).toEqual({
      ok: false,
      error: {
        code: 'comfy/unknown-folder',
        data: { folder: 'nosuch', known: ['checkpoints', 'vae'] },
      },
    });
  });

  it('tells where each kind of model is kept, and what is none of it is left out', async () => {
    const { server, comfy } = bench;
    server.answer('GET /internal/folder_paths', {
      body: '{"loras": ["/srv/models/loras", 3], "vae": null}',
    });
    const places = await comfy.modelPlaces();
    expect(places.ok && [...places.value]).toEqual([
      ['loras', ['/srv/models/loras']],
      ['vae', []],
    ]);
    server.answer('GET /internal/folder_paths', { body: '[]' });
    expect(await comfy.modelPlaces()).toMatchObject({ error: { code: 'comfy/unreadable-answer' } });
  });

  it('fetches a file with its media type', async () => {
    const { server, comfy } = bench;
    server.answer('GET /view', { type: 'image/png', body: new Uint8Array([1, 2, 3]) });
    const file = { filename: 'a b.png', subfolder: 'x/y', folder: 'output' as const };
    expect(await comfy.fetchFile(file)).toEqual({
      ok: true,
      value: { bytes: new Uint8Array([1, 2, 3]), mediaType: 'image/png' },
    });
    expect(server.seen[0]?.path).toBe('/view?filename=a+b.png&subfolder=x%2Fy&type=output');
  });

  it('says which file is missing', async () => {
    const { comfy } = bench;
    const file = { filename: 'gone.png', subfolder: '', folder: 'temp' as const };
    expect(await comfy.fetchFile(file)).toEqual({
      ok: false,
      error: { code: 'comfy/output-missing', data: { filename: 'gone.png' } },
    });
  });

  it('reads an old server that says little about itself', async () => {
    const { server, comfy } = bench;
    server.answer('GET /system_stats', {
      body: '{"system": {"python_version": "3.10"}, "devices": [{}]}',
    });
    expect(await comfy.systemStats()).toMatchObject({
      ok: true,
      value: { comfyVersion: '', pythonVersion: '3.10', devices: [{ name: '', vramTotal: 0 }] },
    });
  });

  it('asks for the nodes once, and again when told to', async () => {
    const { server, comfy } = bench;
    await Promise.all([comfy.catalog(), comfy.catalog()]);
    await comfy.catalog();
    expect(server.seen).toHaveLength(1);
    await comfy.catalog({ refresh: true });
    expect(server.seen).toHaveLength(2);
  });

  it('keeps the path and the credentials of an address, and shows only the path', async () => {
    const { server, log } = bench;
    const comfy = connectTo(`${server.url.replace('//', '//anna:secret@')}/user/x/`);
    server.answer('GET /user/x/queue', { body: '{"queue_running": [], "queue_pending": []}' });
    expect((await comfy.queue()).ok).toBe(true);
    expect(server.seen[0]?.headers.authorization).toBe(`Basic ${btoa('anna:secret')}`);
    expect(comfy.connection.url).toBe(`${server.url}/user/x`);
    await comfy.start();
    expect(JSON.stringify(log.lines)).not.toContain('secret');
  });
});
