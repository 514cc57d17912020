import { existsSync } from 'node:fs';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  connectPracticeClient,
  type PracticeClient,
  type PracticeFrame,
} from '../../tests/fakes/comfy/practice-client.ts';
import { imagePayload, textPayload } from '../../tests/fixtures/practice-payloads.ts';
import { readPictureMetadata } from '../domain/workflow/metadata/read-picture-metadata.ts';
import { createPracticeServer, type PracticeServer } from './create-practice-server.ts';

let server: PracticeServer;
let client: PracticeClient;

beforeEach(async () => {
  server = await createPracticeServer({ stepMs: 1 });
  client = await connectPracticeClient(server.url, 'A');
});

afterEach(async () => {
  await client.close();
  await server.close();
});

/** A run's frames in short: "executing 4", "progress_state 4=finished", "status 1", … */
function inShort(frames: readonly PracticeFrame[]): readonly string[] {
  return frames.map(({ type, data }) => {
    if (type === 'executing' || type === 'executed') return `${type} ${String(data['node'])}`;
    if (type === 'progress') return `progress ${String(data['value'])}/${String(data['max'])}`;
    if (type === 'execution_cached') return `cached ${JSON.stringify(data['nodes'])}`;
    if (type === 'progress_state') {
      const nodes = Object.entries(data['nodes'] as Record<string, { state: string }>);
      return `state ${nodes.map(([id, { state }]) => id + (state[0] ?? '')).join(' ')}`;
    }
    if (type !== 'status') return type;
    const status = data['status'] as { exec_info: { queue_remaining: number } };
    return `status ${status.exec_info.queue_remaining}`;
  });
}

/** Without progress states, which are long. */
function steps(frames: readonly PracticeFrame[]): readonly string[] {
  return inShort(frames).filter((line) => !line.startsWith('state'));
}

describe('events of a run', () => {
  it('come in the recorded order: outputs whose inputs are ready run first', async () => {
    const { frames } = await client.run(imagePayload());
    expect(steps(frames)).toEqual([
      'status 1',
      'status 1',
      'execution_start',
      'cached []',
      'executing 4',
      'executing 5',
      'executing 8',
      'executed 8',
      'executing 1',
      'executing 2',
      'executing 3',
      'executing 6',
      'executing 7',
      'executed 7',
      'execution_success',
      'status 0',
      'executing null',
    ]);
  });

  it('hold a cumulative progress state before a node starts and after it ends', async () => {
    const { frames } = await client.run({
      '1': { class_type: 'EmptyImage', inputs: { width: 8, height: 8, batch_size: 1, color: 1 } },
      '2': { class_type: 'PreviewImage', inputs: { images: ['1', 0] } },
    });
    const start = inShort(frames).slice(4, -3);
    expect(start).toEqual([
      'state 1r',
      'executing 1',
      'state 1f',
      'state 1f 2r',
      'executing 2',
      'executed 2',
      'state 1f 2f',
    ]);
  });

  it('of the same payload again tell the old files and no node', async () => {
    const first = await client.run(imagePayload());
    const { frames } = await client.run(imagePayload());
    expect(steps(frames)).toEqual([
      'status 1',
      'status 1',
      'execution_start',
      'cached ["1","2","3","4","5","6","7","8"]',
      // Outputs come in the order of the payload; on a real server they are a Python set.
      'executed 7',
      'executed 8',
      'execution_success',
      'status 0',
      'executing null',
    ]);
    const outputOf = (list: readonly PracticeFrame[]): unknown =>
      list.find(({ type, data }) => type === 'executed' && data['node'] === '7')?.data['output'];
    expect(outputOf(frames)).toEqual(outputOf(first.frames));
  });

  it('of a payload that was not the last one start from nothing', async () => {
    await client.run(imagePayload());
    await client.run(textPayload());
    const { frames } = await client.run(imagePayload());
    expect(steps(frames)).toContain('cached []');
  });

  it('show a JPEG behind the progress of each step to a client that said nothing', async () => {
    const { frames } = await client.run(textPayload());
    const sampling = steps(frames).filter((line) => /^(progress|binary)/.test(line));
    expect(sampling.slice(0, 4)).toEqual(['progress 1/6', 'binary 1', 'progress 2/6', 'binary 1']);
    const bytes = frames.find(({ type }) => type === 'binary 1')?.bytes;
    expect(bytes?.readUInt32BE(4)).toBe(1);
    expect((await sharp(bytes?.subarray(8)).metadata()).format).toBe('jpeg');
  });

  it('show a picture with metadata before the progress to a client that asked for it', async () => {
    client.send('not json');
    client.send({ type: 'feature_flags', data: { supports_preview_metadata: true } });
    await client.until(({ type }) => type === 'feature_flags');
    const { frames, promptId } = await client.run(textPayload());
    const sampling = steps(frames).filter((line) => /^(progress|binary)/.test(line));
    expect(sampling.slice(0, 2)).toEqual(['binary 4', 'progress 1/6']);
    const bytes = frames.find(({ type }) => type === 'binary 4')?.bytes ?? Buffer.alloc(8);
    const length = bytes.readUInt32BE(4);
    expect(JSON.parse(bytes.subarray(8, 8 + length).toString('utf8'))).toEqual({
      node_id: '3',
      prompt_id: promptId,
      display_node_id: '3',
      parent_node_id: null,
      real_node_id: '3',
      image_type: 'image/jpeg',
    });
  });

  it('tell a bystander the status only, and the progress of runs without a client id', async () => {
    const bystander = await connectPracticeClient(server.url, 'B');
    await client.run(imagePayload());
    expect(new Set(bystander.frames.map(({ type }) => type))).toEqual(new Set(['status']));
    await client.post('/prompt', { prompt: imagePayload(1) });
    await bystander.until(({ type }) => type === 'progress_state');
    expect(bystander.frames.some(({ type }) => type === 'executing')).toBe(false);
    await bystander.close();
  });
});

describe('a run that does not end well', () => {
  it('names the class that practice cannot run and keeps what was done', async () => {
    const { frames, promptId } = await client.run({
      '1': { class_type: 'EmptyImage', inputs: { width: 8, height: 8, batch_size: 1, color: 1 } },
      '2': { class_type: 'PreviewImage', inputs: { images: ['1', 0] } },
      '3': { class_type: 'ImageRGBToYUV', inputs: { image: ['1', 0] } },
      '4': { class_type: 'PreviewImage', inputs: { images: ['3', 0] } },
    });
    const error = frames.find(({ type }) => type === 'execution_error')?.data;
    expect(error).toMatchObject({
      node_id: '3',
      node_type: 'ImageRGBToYUV',
      exception_message: 'The practice ComfyUI cannot run ImageRGBToYUV; a real one can.\n',
      executed: ['1', '2'],
      current_outputs: ['1', '2', '3', '4'],
    });
    const history = (await client.get(`/history/${promptId}`)).body as Record<string, unknown>;
    expect(history[promptId]).toMatchObject({
      status: { status_str: 'error', completed: false },
      outputs: { '2': {} },
    });
  });

  it('is interrupted at once in a sampler, however long a step takes', async () => {
    await server.close();
    server = await createPracticeServer({ stepMs: 600_000 });
    client = await connectPracticeClient(server.url, 'A');
    const running = client.run(textPayload());
    await client.until(({ type, data }) => type === 'executing' && data['node'] === '3');
    await client.post('/interrupt', { prompt_id: 'somebody else' });
    await client.post('/interrupt', {});
    const { frames, promptId } = await running;
    expect(steps(frames).slice(-3)).toEqual([
      'execution_interrupted',
      'status 0',
      'executing null',
    ]);
    const told = frames.find(({ type }) => type === 'execution_interrupted')?.data;
    expect(told).toMatchObject({ node_id: '3', node_type: 'KSampler' });
    expect((told?.['executed'] as string[]).toSorted()).toEqual(['4', '5', '6', '7']);
    const history = (await client.get(`/history/${promptId}`)).body as Record<
      string,
      { status: { messages: [string][] } }
    >;
    expect(history[promptId]?.status.messages.at(-1)?.[0]).toBe('execution_interrupted');
  });

  it('tells everybody of an interrupt when it has no client id', async () => {
    await server.close();
    server = await createPracticeServer({ stepMs: 600_000 });
    client = await connectPracticeClient(server.url, 'A');
    await client.post('/prompt', { prompt: textPayload() });
    await client.until(
      ({ type, data }) => type === 'progress_state' && '3' in (data['nodes'] as object),
    );
    await client.post('/interrupt', {});
    await client.until(({ type }) => type === 'execution_interrupted');
  });
});

describe('sockets', () => {
  it('a second one of the same client id is mute once the first has closed', async () => {
    const second = await connectPracticeClient(server.url, 'A');
    await client.close();
    const before = second.frames.length;
    const bystander = await connectPracticeClient(server.url, 'B');
    await client.post('/prompt', { prompt: imagePayload(), client_id: 'A' });
    await bystander.until(
      ({ type, data }) =>
        type === 'status' &&
        !('sid' in data) &&
        (data['status'] as { exec_info: { queue_remaining: number } }).exec_info.queue_remaining ===
          0,
    );
    expect(second.frames.length).toBe(before);
    await second.close();
    await bystander.close();
    client = await connectPracticeClient(server.url, 'C');
  });

  it('one that comes back while its run goes hears which node runs', async () => {
    await server.close();
    server = await createPracticeServer({ stepMs: 600_000 });
    client = await connectPracticeClient(server.url, 'A');
    await client.post('/prompt', { prompt: textPayload(), client_id: 'A' });
    await client.until(({ type, data }) => type === 'executing' && data['node'] === '3');
    await client.close();
    client = await connectPracticeClient(server.url, 'A');
    const told = await client.until(({ type }) => type === 'executing');
    expect(told.data).toEqual({ node: '3' });
  });
});

describe('queue', () => {
  it('runs by number: front before the rest, an explicit number where it belongs', async () => {
    await server.close();
    server = await createPracticeServer({ stepMs: 600_000 });
    client = await connectPracticeClient(server.url, 'A');
    const queued = async (extra: object): Promise<number> => {
      const { body } = await client.post('/prompt', { prompt: imagePayload(), ...extra });
      return Number(body['number']);
    };
    await client.post('/prompt', { prompt: textPayload(), client_id: 'A' });
    await client.until(({ type, data }) => type === 'executing' && data['node'] === '3');
    const numbers = [
      await queued({}),
      await queued({}),
      await queued({ front: true, prompt_id: 'front' }),
      await queued({ number: -100.5 }),
    ];
    expect(numbers).toEqual([1, 2, -3, -100.5]);
    const listed = async (): Promise<readonly number[]> => {
      const { body } = await client.get('/queue');
      return (body as { queue_pending: [number][] }).queue_pending.map(([number]) => number);
    };
    expect((await listed()).toSorted((a, b) => a - b)).toEqual([-100.5, -3, 1, 2]);
    await client.post('/queue', { delete: ['front', 'nobody'] });
    expect((await listed()).toSorted((a, b) => a - b)).toEqual([-100.5, 1, 2]);
    await client.post('/queue', { clear: true });
    expect(await listed()).toEqual([]);
    const { body } = await client.get('/prompt');
    expect(body).toEqual({ exec_info: { queue_remaining: 1 } });
  });
});

describe('what a run leaves', () => {
  it('is a PNG of the size asked for that holds the payload and the workflow', async () => {
    const prompt = textPayload({}, 'a füchs');
    const workflow = { nodes: [], version: 0.4 };
    await client.run(prompt, { extra_data: { extra_pnginfo: { workflow } } });
    const response = await fetch(`${server.url}/view?filename=t2i_00001_.png&subfolder=rig`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 128, height: 96 });
    const metadata = readPictureMetadata(bytes);
    expect(JSON.parse(metadata?.prompt ?? '')).toEqual(prompt);
    expect(JSON.parse(metadata?.workflow ?? '')).toEqual(workflow);
  });

  it('fills the GPU while models are loaded, until somebody frees it', async () => {
    const free = async (): Promise<number> => {
      const { body } = await client.get('/system_stats');
      return (body as { devices: [{ vram_free: number }] }).devices[0].vram_free;
    };
    const empty = await free();
    await client.run(textPayload());
    expect(await free()).toBeLessThan(empty);
    await client.post('/free', { unload_models: true });
    // The worker takes the wish up before the next run.
    await client.run(imagePayload());
    expect(await free()).toBe(empty);
  });

  it('refuses a prefix that leaves the output folder', async () => {
    const prompt = textPayload();
    prompt['9'] = {
      class_type: 'SaveImage',
      inputs: { filename_prefix: '../out', images: ['8', 0] },
    };
    const { frames } = await client.run(prompt);
    const error = frames.find(({ type }) => type === 'execution_error')?.data;
    expect(String(error?.['exception_message'])).toContain('outside the output folder');
  });
});

describe('the server itself', () => {
  it('removes its temporary folder on close and may be closed twice', async () => {
    const own = await createPracticeServer();
    expect(existsSync(own.folder)).toBe(true);
    await own.close();
    await own.close();
    expect(existsSync(own.folder)).toBe(false);
  });

  it('says at "/" what it is when it has no page', async () => {
    const { status, body } = await client.get('/');
    expect(status).toBe(200);
    expect(body).toContain('practice ComfyUI of Second Unit');
  });

  it('refuses another origin, also for a socket', async () => {
    const answer = await fetch(`${server.url}/queue`, {
      headers: { Origin: 'http://evil.example' },
    });
    expect(answer.status).toBe(403);
  });
});
