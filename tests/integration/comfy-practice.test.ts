import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type PracticeServer,
  createPracticeServer,
} from '../../core/practice/create-practice-server.ts';
import { comfyChecks, connectForChecks } from '../fakes/comfy/comfy-checks.ts';

describe('the adapter against the practice ComfyUI', () => {
  let folder: string;
  let server: PracticeServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'second-unit-comfy-'));
    server = await createPracticeServer({ folder, stepMs: 20 });
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  comfyChecks(() => server.url);

  it('reports steps and previews of a sampler, in order and with their run', async () => {
    const { comfy, events, ended } = await connectForChecks(server.url);
    const promptId = crypto.randomUUID();
    const over = ended(promptId);
    expect((await comfy.submit({ promptId, payload: textToImage(), workflow: null })).ok).toBe(
      true,
    );
    await over;
    const steps = events.flatMap((event) => (event.kind === 'step' ? [event] : []));
    const sampled = steps.filter(({ nodeId }) => nodeId === '3');
    expect(sampled.map(({ value }) => value)).toEqual([1, 2, 3, 4]);
    const previews = events.flatMap((event) => (event.kind === 'preview' ? [event] : []));
    expect(previews.length).toBeGreaterThan(0);
    for (const preview of previews) {
      expect(preview).toMatchObject({ promptId, nodeId: '3' });
      expect(preview.bytes.byteLength).toBeGreaterThan(100);
    }
    comfy.dispose();
  });

  it('connects again after the server was closed and started on the same port, and knows that the run is lost', async () => {
    const own = await createPracticeServer({ stepMs: 200 });
    const { comfy, events, until } = await connectForChecks(own.url);
    const promptId = crypto.randomUUID();
    await comfy.submit({ promptId, payload: textToImage(), workflow: null });
    await until(() => events.some(({ kind }) => kind === 'started'));
    await own.close();
    await until(() => comfy.connection.status === 'error');
    const again = await createPracticeServer({ port: own.port });
    await until(() => events.some(({ kind }) => kind === 'resumed'));
    expect(comfy.connection.status).toBe('ready');
    expect(await comfy.history(promptId)).toEqual({ ok: true, value: undefined });
    expect(await comfy.queue()).toEqual({ ok: true, value: { running: [], pending: [] } });
    comfy.dispose();
    await again.close();
  });
});

function textToImage(): Parameters<
  Awaited<ReturnType<typeof connectForChecks>>['comfy']['submit']
>[0]['payload'] {
  const sampler = { steps: 4, cfg: 7, sampler_name: 'euler', scheduler: 'normal', denoise: 1 };
  return {
    4: {
      class_type: 'CheckpointLoaderSimple',
      inputs: { ckpt_name: 'sd_xl_base_1.0.safetensors' },
    },
    5: { class_type: 'EmptyLatentImage', inputs: { width: 256, height: 256, batch_size: 1 } },
    6: { class_type: 'CLIPTextEncode', inputs: { text: 'a fox', clip: ['4', 1] } },
    7: { class_type: 'CLIPTextEncode', inputs: { text: '', clip: ['4', 1] } },
    3: {
      class_type: 'KSampler',
      inputs: {
        seed: 18446744073709551615n,
        ...sampler,
        model: ['4', 0],
        positive: ['6', 0],
        negative: ['7', 0],
        latent_image: ['5', 0],
      },
    },
    8: { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] } },
    9: { class_type: 'SaveImage', inputs: { images: ['8', 0], filename_prefix: 'check' } },
  };
}
