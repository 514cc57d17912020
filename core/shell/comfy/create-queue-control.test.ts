import { describe, expect, it } from 'vitest';
import { submission, useComfyBench } from '../../../tests/fakes/comfy/comfy-bench.ts';
import { recording } from '../../../tests/fakes/comfy/recorded-comfy.ts';
import { createCancellation } from '../../base/cancellation.ts';

const bench = useComfyBench();

describe('submitting', () => {
  it('sends our own id, the workflow to embed, and seeds to the last digit', async () => {
    const { server, comfy } = bench;
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
    const { server, comfy } = bench;
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
    const { server, comfy } = bench;
    server.answer('POST /prompt', { status: 400, body: recording('client-v22-many-errors.json') });
    const refused = await comfy.submit(submission);
    expect(refused).toMatchObject({ ok: false, error: { code: 'comfy/prompt-refused' } });
    if (refused.ok || refused.error.code !== 'comfy/prompt-refused') return;
    expect(refused.error.data.message).toBe('ComfyUI found 4 problems in the workflow.');
    expect(refused.error.data.problems.map(({ message }) => message)).toEqual([
      'CFG is 500, and the largest it can be is 100.',
      'Steps is 0, and the smallest it can be is 1.',
      'Sampler is “zzz”, which ComfyUI does not have.',
      'Checkpoint is “nope.safetensors”, which ComfyUI does not have; it has “anime/dreamshaper_8.safetensors”, “flux1-dev-fp8.safetensors”, “rig-random-sd15.safetensors” and 3 more.',
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
    const { server, comfy } = bench;
    server.answer('POST /prompt', { status, body: recording(file) });
    expect(await comfy.submit(submission)).toMatchObject({ ok: false, error: { code, data } });
  });

  it('does not take a crash of the server for an answer', async () => {
    const { server, comfy } = bench;
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
    const { server, comfy } = bench;
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
    const { server, comfy } = bench;
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
    const { server, comfy } = bench;
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
    const { server, comfy } = bench;
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
    const { server, comfy } = bench;
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
    const { server, comfy } = bench;
    server.answer('GET /queue', { body: recording('client-c07-queue-pending.json') });
    const raw = JSON.parse(recording('client-c07-queue-pending.json')) as {
      readonly queue_pending: readonly (readonly [number, string])[];
    };
    const expected = raw.queue_pending.toSorted((a, b) => a[0] - b[0]).map(([, id]) => id);
    expect(expected).not.toEqual(raw.queue_pending.map(([, id]) => id));
    expect(await comfy.queue()).toMatchObject({ ok: true, value: { pending: expected } });
  });

  it('knows nothing of a run that is not in the history', async () => {
    const { server, comfy } = bench;
    server.answer('GET /history/p1', { body: '{}' });
    expect(await comfy.history('p1')).toEqual({ ok: true, value: undefined });
  });

  it('stops only a run that is the running one', async () => {
    const { server, comfy } = bench;
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
    const { server, comfy } = bench;
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
    const { server, comfy } = bench;
    server.answer('GET /queue', { body: recording('client-c06-queue-while-running.json') });
    expect(await comfy.deletePending('f083d142-188a-48b7-91c6-d84e1364767d')).toMatchObject({
      ok: true,
    });
    expect(server.seen.every(({ method }) => method === 'GET')).toBe(true);
  });
});
