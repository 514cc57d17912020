import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { submission, useComfyBench } from '../../../tests/fakes/comfy/comfy-bench.ts';
import { recording } from '../../../tests/fakes/comfy/recorded-comfy.ts';

const bench = useComfyBench();
const { connectTo, reached, told, answered } = bench;

describe('connecting', () => {
  it('goes through discovering to ready and says what it found', async () => {
    const { server, comfy, statuses } = bench;
    server.answer('GET /object_info', {
      body: '{"A": {"input": {"required": {}}, "output": [], "name": "A"}}',
    });
    const started = await comfy.start();
    expect(started).toMatchObject({
      ok: true,
      value: {
        status: 'ready',
        url: server.url,
        version: '0.3.64',
        nodeClassCount: 1,
        missing: [],
      },
    });
    expect(statuses).toEqual(['connecting', 'discovering', 'ready']);
  });

  it('announces preview metadata first and sends no Origin', async () => {
    const { server, comfy } = bench;
    await comfy.start();
    await comfy.queue();
    expect(server.greetings[0]).toContain('"supports_preview_metadata":true');
    expect(server.seen.length).toBeGreaterThan(2);
    for (const { headers } of server.seen) expect(headers.origin).toBeUndefined();
  });

  it('is degraded, not failed, when the live connection is refused, and becomes ready later', async () => {
    const { server, clock, comfy } = bench;
    server.refuseSockets(true);
    const started = await comfy.start();
    expect(started).toMatchObject({
      ok: true,
      value: { status: 'degraded', missing: ['live progress'] },
    });
    server.refuseSockets(false);
    const ready = reached('ready');
    for (let beat = 0; beat < 5; beat += 1) {
      const asked = server.seen.length;
      clock.advance(3_000);
      await answered(asked);
    }
    expect((await ready).missing).toEqual([]);
    expect(await told('resumed')).toEqual({ kind: 'resumed' });
  });

  it('is degraded without the list of nodes', async () => {
    const { server, comfy } = bench;
    server.answer('GET /object_info', { status: 500, type: 'text/plain', body: 'oops' });
    const started = await comfy.start();
    expect(started).toMatchObject({
      ok: true,
      value: { status: 'degraded', missing: ['the list of nodes'] },
    });
  });

  it.each([
    ['another JSON service', { body: '{"hello": 1}' }, 'comfy/not-comfyui'],
    ['a web page', { type: 'text/html', body: '<html></html>' }, 'comfy/not-comfyui'],
    ['a service without that route', { status: 404, body: '' }, 'comfy/not-comfyui'],
    ['a login page', { status: 302, body: '' }, 'comfy/not-comfyui'],
    ['a guarded server', { status: 403, body: '' }, 'comfy/refused'],
    ['a proxy without its server', { status: 502, body: '' }, 'comfy/unreachable'],
  ])('tells %s from ComfyUI', async (_, answer, code) => {
    const { server, comfy } = bench;
    server.answer('GET /system_stats', answer);
    server.answer('GET /queue', { status: 404, body: '' });
    expect(await comfy.start()).toMatchObject({ ok: false, error: { code } });
    expect(comfy.connection.status).toBe('error');
  });

  it('says that nothing listens there', async () => {
    const { server, comfy } = bench;
    const { url } = server;
    await server.close();
    expect(await comfy.start()).toEqual({
      ok: false,
      error: { code: 'comfy/unreachable', data: { url, reason: 'nothing is listening there' } },
    });
  });

  it('says that what listens there does not speak HTTP', async () => {
    const other = createServer((socket) => {
      socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const comfy = connectTo(`http://127.0.0.1:${String((other.address() as AddressInfo).port)}`);
    expect(await comfy.start()).toMatchObject({ ok: false, error: { code: 'comfy/not-comfyui' } });
    comfy.dispose();
    await new Promise((resolve) => other.close(resolve));
  });

  it('reads nothing from an address that is none', async () => {
    const comfy = connectTo('ftp://somewhere');
    const started = await comfy.start();
    expect(started).toMatchObject({ ok: false, error: { code: 'comfy/invalid-address' } });
    expect(await comfy.queue()).toEqual(started);
  });

  it('keeps trying after a first failure', async () => {
    const { server, clock, comfy, events } = bench;
    server.answer('GET /system_stats', { status: 502, body: '' });
    await comfy.start();
    server.answer('GET /system_stats', { body: recording('client-a01-system_stats.json') });
    const ready = reached('ready');
    clock.advance(1_000);
    await ready;
    expect(events.some(({ kind }) => kind === 'resumed')).toBe(false);
  });

  it('answers nothing more once disposed', async () => {
    const { comfy } = bench;
    await comfy.start();
    comfy.dispose();
    expect(comfy.connection.status).toBe('offline');
    expect(await comfy.queue()).toMatchObject({
      ok: false,
      error: { code: 'comfy/not-connected' },
    });
  });
});

describe('a connection that breaks', () => {
  it('comes back with another client id, and says that it was away', async () => {
    const { server, clock, comfy } = bench;
    await comfy.start();
    const lost = reached('connecting');
    server.cutSockets();
    await lost;
    clock.advance(0);
    await told('resumed');
    expect(comfy.connection.status).toBe('ready');
    expect(new Set(server.clientIds).size).toBe(2);
  });

  it('submits with the id of the newest socket', async () => {
    const { server, clock, comfy } = bench;
    server.answer('POST /prompt', { body: '{"prompt_id": "p1", "number": 1, "node_errors": {}}' });
    await comfy.start();
    server.cutSockets();
    await reached('connecting');
    clock.advance(0);
    await told('resumed');
    await comfy.submit(submission);
    const sent = server.seen.find(({ method }) => method === 'POST')?.body ?? '';
    expect((JSON.parse(sent) as { client_id: string }).client_id).toBe(server.clientIds[1]);
  });

  it('notices a server that is gone without a word after two unanswered questions, and its return', async () => {
    const { server, clock, comfy } = bench;
    await comfy.start();
    server.answer('GET /prompt', { status: 502, body: '' });
    const down = reached('error');
    const first = server.seen.length;
    clock.advance(3_000);
    await answered(first);
    expect(comfy.connection.status).toBe('ready');
    clock.advance(3_000);
    expect((await down).error).toMatchObject({ code: 'comfy/unreachable' });
    server.answer('GET /prompt', { body: '{"exec_info": {"queue_remaining": 2}}' });
    clock.advance(0);
    await told('resumed');
    expect(comfy.connection.status).toBe('ready');
  });

  it('is back after the computer slept: the clock has jumped, and sockets died without a word', async () => {
    const { server, clock, comfy } = bench;
    await comfy.start();
    const lost = reached('connecting');
    server.cutSockets();
    await lost;
    clock.advance(8 * 3_600_000);
    await told('resumed');
    expect(comfy.connection.status).toBe('ready');
    const first = server.seen.length;
    clock.advance(3_000);
    await answered(first);
    expect(comfy.connection.status).toBe('ready');
  });

  it('is never held by two sockets at once, nor twice under one client id, however often it breaks', async () => {
    const { server, clock, comfy } = bench;
    await comfy.start();
    for (let time = 0; time < 6; time += 1) {
      const lost = reached('connecting');
      server.cutSockets();
      await lost;
      const ready = reached('ready');
      clock.advance(60_000);
      await ready;
      expect(server.openSockets).toBe(1);
    }
    expect(new Set(server.clientIds).size).toBe(server.clientIds.length);
    expect(server.clientIds.length).toBe(7);
  });

  it('is asked less and less often when it takes sockets only to drop them', async () => {
    const { server, clock, comfy } = bench;
    await comfy.start();
    for (const wait of [0, 400, 800]) {
      const lost = reached('connecting');
      server.cutSockets();
      await lost;
      const opened = server.clientIds.length;
      if (wait > 0) {
        clock.advance(wait * 0.5);
        expect(server.clientIds).toHaveLength(opened);
      }
      const ready = reached('ready');
      clock.advance(wait * 2);
      await ready;
    }
  });
});
