import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCountingIds } from '../../../tests/fakes/counting-ids.ts';
import { type KeptLog, createKeptLog } from '../../../tests/fakes/kept-log.ts';
import { type ManualClock, createManualClock } from '../../../tests/fakes/manual-clock.ts';
import {
  type RecordedComfy,
  createRecordedComfy,
  recordedFrames,
  recording,
} from '../../../tests/fakes/recorded-comfy.ts';
import { createCancellation } from '../../base/cancellation.ts';
import type { Connection } from '../../contract/machine.schema.ts';
import type { Comfy, ComfyEvent } from '../../ports/comfy.ts';
import { createComfy } from './create-comfy.ts';

let server: RecordedComfy;
let clock: ManualClock;
let log: KeptLog;
let comfy: Comfy;
let events: ComfyEvent[];
let statuses: string[];

function connectTo(url: string): Comfy {
  const made = createComfy({ url, isPractice: false, clock, ids: createCountingIds(), log });
  made.onEvent((event) => events.push(event));
  made.onConnectionChanged(({ status }) => statuses.push(status));
  return made;
}

function reached(status: Connection['status']): Promise<Connection> {
  return new Promise((resolve) => {
    if (comfy.connection.status === status) resolve(comfy.connection);
    const listening = comfy.onConnectionChanged((connection) => {
      if (connection.status !== status) return;
      listening.dispose();
      resolve(connection);
    });
  });
}

function told(kind: ComfyEvent['kind']): Promise<ComfyEvent> {
  return new Promise((resolve) => {
    const before = events.find((event) => event.kind === kind);
    if (before !== undefined) resolve(before);
    const listening = comfy.onEvent((event) => {
      if (event.kind !== kind) return;
      listening.dispose();
      resolve(event);
    });
  });
}

const submission = {
  promptId: 'p1',
  payload: { 1: { class_type: 'A', inputs: {} } },
  workflow: null,
};

beforeEach(async () => {
  server = await createRecordedComfy();
  clock = createManualClock();
  log = createKeptLog();
  events = [];
  statuses = [];
  comfy = connectTo(server.url);
});

afterEach(async () => {
  comfy.dispose();
  await server.close();
});

describe('connecting', () => {
  it('goes through discovering to ready and says what it found', async () => {
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
    await comfy.start();
    await comfy.queue();
    expect(server.greetings[0]).toContain('"supports_preview_metadata":true');
    expect(server.seen.length).toBeGreaterThan(2);
    for (const { headers } of server.seen) expect(headers.origin).toBeUndefined();
  });

  it('is degraded, not failed, when the live connection is refused, and becomes ready later', async () => {
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
    server.answer('GET /system_stats', answer);
    server.answer('GET /queue', { status: 404, body: '' });
    expect(await comfy.start()).toMatchObject({ ok: false, error: { code } });
    expect(comfy.connection.status).toBe('error');
  });

  it('says that nothing listens there', async () => {
    const { url } = server;
    await server.close();
    expect(await comfy.start()).toEqual({
      ok: false,
      error: { code: 'comfy/unreachable', data: { url, reason: 'nothing is listening there' } },
    });
    server = await createRecordedComfy();
  });

  it('says that what listens there does not speak HTTP', async () => {
    const other = createServer((socket) => {
      socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    comfy.dispose();
    comfy = connectTo(`http://127.0.0.1:${String((other.address() as AddressInfo).port)}`);
    expect(await comfy.start()).toMatchObject({ ok: false, error: { code: 'comfy/not-comfyui' } });
    comfy.dispose();
    await new Promise((resolve) => other.close(resolve));
  });

  it('reads nothing from an address that is none', async () => {
    comfy.dispose();
    comfy = connectTo('ftp://somewhere');
    const started = await comfy.start();
    expect(started).toMatchObject({ ok: false, error: { code: 'comfy/invalid-address' } });
    expect(await comfy.queue()).toEqual(started);
  });

  it('keeps trying after a first failure', async () => {
    server.answer('GET /system_stats', { status: 502, body: '' });
    await comfy.start();
    server.answer('GET /system_stats', { body: recording('client-a01-system_stats.json') });
    const ready = reached('ready');
    clock.advance(1_000);
    await ready;
    expect(events.some(({ kind }) => kind === 'resumed')).toBe(false);
  });

  it('answers nothing more once disposed', async () => {
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

describe('events', () => {
  it('tells a recorded run from start to end', async () => {
    await comfy.start();
    for (const frame of recordedFrames(recording('client-run-success.jsonl'))) server.send(frame);
    await told('ended');
    const kinds = events.map(({ kind }) => kind);
    expect(kinds.indexOf('started')).toBeLessThan(kinds.indexOf('node-started'));
    expect(kinds.filter((kind) => kind === 'node-output')).toHaveLength(2);
  });

  it('outlives torn and foreign frames, which are logged', async () => {
    await comfy.start();
    server.send('{"type": "stat');
    server.send(new Uint8Array([0, 0]));
    server.send('{"type": "manager-news", "data": {}}');
    server.send('{"type": "status", "data": {"status": {"exec_info": {"queue_remaining": 7}}}}');
    await new Promise<void>((resolve) => {
      comfy.onEvent((event) => {
        if (event.kind === 'queue-changed' && event.remaining === 7) resolve();
      });
    });
    expect(log.lines.filter(({ event }) => event === 'comfy/frame-ignored')).toHaveLength(2);
    expect(comfy.connection.status).toBe('ready');
  });
});

describe('looking at what it left behind', () => {
  it('reads its log as lines, of a progress bar only what it came to', async () => {
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
    server.answer('GET /internal/files/output', { body: '["a.png", "b c.png [output]"]' });
    expect(await comfy.fileNames('output')).toEqual({ ok: true, value: ['a.png', 'b c.png'] });
  });

  it('asks for the first bytes only, and tells a missing file from an answer that failed', async () => {
    const file = { filename: 'a.png', subfolder: 'x', folder: 'output' } as const;
    const path = 'GET /view?filename=a.png&subfolder=x&type=output';
    server.answer(path, { status: 206, body: 'abc' });
    const head = await comfy.fileHead(file, 3);
    expect(head.ok && new TextDecoder().decode(head.value)).toBe('abc');
    expect(server.seen.at(-1)?.headers.range).toBe('bytes=0-2');
    server.answer(path, { status: 404, body: '' });
    expect(await comfy.fileHead(file, 3)).toEqual({ ok: true, value: undefined });
    server.answer(path, { status: 500, body: '' });
    expect((await comfy.fileHead(file, 3)).ok).toBe(false);
  });
});

describe('submitting', () => {
  it('sends our own id, the workflow to embed, and seeds to the last digit', async () => {
    server.answer('POST /prompt', { body: '{"prompt_id": "p1", "number": 4, "node_errors": {}}' });
    const accepted = await comfy.submit({
      promptId: 'p1',
      payload: { 3: { class_type: 'KSampler', inputs: { seed: 18446744073709551615n } } },
      workflow: { nodes: [] },
    });
    expect(accepted).toEqual({ ok: true, value: { promptId: 'p1', number: 4, warnings: [] } });
    const body = server.seen[0]?.body ?? '';
    expect(body).toContain('"seed":18446744073709551615');
    expect(JSON.parse(body)).toMatchObject({
      prompt_id: 'p1',
      extra_data: { extra_pnginfo: { second_unit: { run: 'p1' }, workflow: { nodes: [] } } },
    });
  });

  it('turns the errors of a 200 into warnings', async () => {
    server.answer('POST /prompt', { body: recording('client-v02-missing-required.json') });
    const recorded = recording('client-v02-missing-required.json');
    const { prompt_id: promptId } = JSON.parse(recorded) as { readonly prompt_id: string };
    const accepted = await comfy.submit({ ...submission, promptId });
    expect(accepted).toMatchObject({
      ok: true,
      value: {
        warnings: [{ severity: 'warning', nodeId: '2', classType: 'ImageScale', input: 'width' }],
      },
    });
  });

  it('explains every error of a refusal', async () => {
    server.answer('POST /prompt', { status: 400, body: recording('client-v22-many-errors.json') });
    const refused = await comfy.submit(submission);
    expect(refused).toMatchObject({ ok: false, error: { code: 'comfy/prompt-refused' } });
    if (refused.ok || refused.error.code !== 'comfy/prompt-refused') return;
    expect(refused.error.data.message).toBe('ComfyUI found 4 problems in the workflow.');
    expect(refused.error.data.problems.map(({ message }) => message)).toEqual([
      'CFG is 500, and the largest it can be is 100.',
      'Steps is 0, and the smallest it can be is 1.',
      'Sampler is “zzz”, which ComfyUI does not have.',
      'Checkpoint is “nope.safetensors”, which ComfyUI does not have.',
    ]);
    expect(refused.error.data.problems.at(-1)?.suggestions).toHaveLength(6);
  });

  it.each([
    [
      'an unknown class',
      400,
      'client-v01-unknown-class.json',
      'comfy/missing-nodes',
      { classTypes: ['NoSuchNode'] },
    ],
    ['a workflow without outputs', 400, 'client-v09-no-outputs.json', 'comfy/no-outputs', {}],
    [
      'a circle',
      400,
      'client-v13-cycle.json',
      'comfy/prompt-refused',
      { type: 'prompt_outputs_failed_validation' },
    ],
    [
      'a body that is too large',
      413,
      'client-v30-body-too-large.txt',
      'comfy/too-large',
      { limit: 104857600 },
    ],
  ])('names %s', async (_, status, file, code, data) => {
    server.answer('POST /prompt', { status, body: recording(file) });
    expect(await comfy.submit(submission)).toMatchObject({ ok: false, error: { code, data } });
  });

  it('does not take a crash of the server for an answer', async () => {
    server.answer('POST /prompt', {
      status: 500,
      type: 'text/plain',
      body: '500 Internal Server Error\n\nServer got itself in trouble',
    });
    expect(await comfy.submit(submission)).toMatchObject({
      ok: false,
      error: { code: 'comfy/prompt-refused', data: { type: 'server_error', problems: [] } },
    });
  });

  it('finds its run in the queue when the answer got lost', async () => {
    server.answer('POST /prompt', 'cut');
    server.answer('GET /queue', {
      body: '{"queue_running": [[9, "p1", {}, {}, []]], "queue_pending": []}',
    });
    expect(await comfy.submit(submission)).toEqual({
      ok: true,
      value: { promptId: 'p1', number: 9, warnings: [] },
    });
  });

  it('says that it is not sure when the connection was cut and the queue does not know the run', async () => {
    server.answer('POST /prompt', 'cut');
    server.answer('GET /queue', { body: '{"queue_running": [], "queue_pending": []}' });
    server.answer('GET /history/p1', { body: '{}' });
    expect(await comfy.submit(submission)).toMatchObject({
      ok: true,
      value: {
        unconfirmed: { code: 'comfy/unreachable', data: { reason: 'the connection was cut' } },
      },
    });
  });

  it('finds its run in the history when it ended before the lost answer was missed', async () => {
    server.answer('POST /prompt', 'cut');
    server.answer('GET /queue', { body: '{"queue_running": [], "queue_pending": []}' });
    server.answer('GET /history/p1', {
      body: '{"p1": {"outputs": {}, "status": {"status_str": "success", "messages": []}}}',
    });
    expect(await comfy.submit(submission)).toEqual({
      ok: true,
      value: { promptId: 'p1', number: 0, warnings: [] },
    });
  });

  it('withdraws a run that was cancelled while it was being sent', async () => {
    const source = createCancellation();
    server.answer('POST /prompt', () => {
      source.cancel();
      return { body: '{"prompt_id": "p1", "number": 1, "node_errors": {}}' };
    });
    server.answer('GET /queue', {
      body: '{"queue_running": [[1, "p1", {}, {}, []]], "queue_pending": []}',
    });
    server.answer('POST /interrupt', { body: '' });
    expect(await comfy.submit(submission, source.token)).toMatchObject({
      error: { code: 'cancelled' },
    });
    expect(server.seen.map(({ path }) => path)).toContain('/interrupt');
  });

  it('does not send a run that was cancelled before', async () => {
    const source = createCancellation();
    source.cancel();
    expect(await comfy.submit(submission, source.token)).toMatchObject({
      error: { code: 'cancelled' },
    });
    expect(server.seen).toEqual([]);
  });
});

describe('queue and history', () => {
  it('sorts what waits by number, however the server sends it', async () => {
    server.answer('GET /queue', { body: recording('client-c07-queue-pending.json') });
    const raw = JSON.parse(recording('client-c07-queue-pending.json')) as {
      readonly queue_pending: readonly (readonly [number, string])[];
    };
    const expected = raw.queue_pending.toSorted((a, b) => a[0] - b[0]).map(([, id]) => id);
    expect(expected).not.toEqual(raw.queue_pending.map(([, id]) => id));
    expect(await comfy.queue()).toMatchObject({ ok: true, value: { pending: expected } });
  });

  it('knows nothing of a run that is not in the history', async () => {
    server.answer('GET /history/p1', { body: '{}' });
    expect(await comfy.history('p1')).toEqual({ ok: true, value: undefined });
  });

  it('stops only a run that is the running one', async () => {
    server.answer('GET /queue', { body: recording('client-c06-queue-while-running.json') });
    server.answer('POST /interrupt', { body: '' });
    server.answer('GET /history/other', { body: '{}' });
    const running = 'f083d142-188a-48b7-91c6-d84e1364767d';
    expect(await comfy.interrupt(running)).toEqual({ ok: true, value: undefined });
    expect(await comfy.interrupt('other')).toMatchObject({ error: { code: 'run/unknown' } });
    const posts = server.seen.filter(({ method }) => method === 'POST');
    expect(posts.map(({ body }) => body)).toEqual([`{"prompt_id":"${running}"}`]);
  });

  it('looks again after taking a run out of the queue', async () => {
    let isWaiting = true;
    server.answer('GET /queue', () => ({
      body: `{"queue_running": [], "queue_pending": [${isWaiting ? '[1, "p1", {}, {}, []]' : ''}]}`,
    }));
    server.answer('GET /history/p1', { body: '{}' });
    server.answer('POST /queue', () => {
      isWaiting = false;
      return { body: '' };
    });
    expect(await comfy.deletePending('p1')).toEqual({ ok: true, value: undefined });
    isWaiting = true;
    server.answer('POST /queue', { body: '' });
    expect(await comfy.deletePending('p1')).toMatchObject({
      error: { code: 'comfy/unreadable-answer' },
    });
  });

  it('does not touch the running run when told to take it out of the queue', async () => {
    server.answer('GET /queue', { body: recording('client-c06-queue-while-running.json') });
    expect(await comfy.deletePending('f083d142-188a-48b7-91c6-d84e1364767d')).toMatchObject({
      ok: true,
    });
    expect(server.seen.every(({ method }) => method === 'GET')).toBe(true);
  });
});

describe('models, files and numbers', () => {
  it('names the folders that there are when asked for another', async () => {
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
    server.answer('GET /view', { type: 'image/png', body: new Uint8Array([1, 2, 3]) });
    const file = { filename: 'a b.png', subfolder: 'x/y', folder: 'output' as const };
    expect(await comfy.fetchFile(file)).toEqual({
      ok: true,
      value: { bytes: new Uint8Array([1, 2, 3]), mediaType: 'image/png' },
    });
    expect(server.seen[0]?.path).toBe('/view?filename=a+b.png&subfolder=x%2Fy&type=output');
  });

  it('says which file is missing', async () => {
    const file = { filename: 'gone.png', subfolder: '', folder: 'temp' as const };
    expect(await comfy.fetchFile(file)).toEqual({
      ok: false,
      error: { code: 'comfy/output-missing', data: { filename: 'gone.png' } },
    });
  });

  it('reads an old server that says little about itself', async () => {
    server.answer('GET /system_stats', {
      body: '{"system": {"python_version": "3.10"}, "devices": [{}]}',
    });
    expect(await comfy.systemStats()).toMatchObject({
      ok: true,
      value: { comfyVersion: '', pythonVersion: '3.10', devices: [{ name: '', vramTotal: 0 }] },
    });
  });

  it('asks for the nodes once, and again when told to', async () => {
    await Promise.all([comfy.catalog(), comfy.catalog()]);
    await comfy.catalog();
    expect(server.seen).toHaveLength(1);
    await comfy.catalog({ refresh: true });
    expect(server.seen).toHaveLength(2);
  });

  it('keeps the path and the credentials of an address, and shows only the path', async () => {
    comfy.dispose();
    comfy = connectTo(`${server.url.replace('//', '//anna:secret@')}/user/x/`);
    server.answer('GET /user/x/queue', { body: '{"queue_running": [], "queue_pending": []}' });
    expect((await comfy.queue()).ok).toBe(true);
    expect(server.seen[0]?.headers.authorization).toBe(`Basic ${btoa('anna:secret')}`);
    expect(comfy.connection.url).toBe(`${server.url}/user/x`);
    await comfy.start();
    expect(JSON.stringify(log.lines)).not.toContain('secret');
  });
});

/** Resolves when the server was asked more than `before` times and our side has the answer. */
async function answered(before: number): Promise<void> {
  while (server.seen.length <= before) await new Promise((resolve) => setImmediate(resolve));
  await comfy.queue();
}
