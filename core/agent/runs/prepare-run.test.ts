import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { ok } from '../../base/result.ts';
import { createNodeCatalog } from '../../domain/workflow/create-catalog.ts';
import { createCountingIds } from '../../../tests/fakes/ports/counting-ids.ts';
import { createManualClock } from '../../../tests/fakes/ports/manual-clock.ts';
import { createMemorySessionRepository } from '../../../tests/fakes/ports/memory-session-repository.ts';
import { createScriptedComfy } from '../../../tests/fakes/ports/scripted-comfy.ts';
import { apiDocument, coreObjectInfo, sessionState } from '../../../tests/fakes/tool-context.ts';
import type { ComfyLink } from '../servers/comfy-link.ts';
import { createSessionStore } from '../sessions/session-store.ts';
import { prepareRun } from './prepare-run.ts';

/** A loader of a pack, which may look into folders that its list does not show. */
const pack: JsonObject = {
  VHS_LoadVideo: {
    input: { required: { video: [['a.mp4']], every: ['INT', { default: 1, min: 1, max: 9 }] } },
    output: ['IMAGE'],
    python_module: 'custom_nodes.ComfyUI-VideoHelperSuite',
  },
};

async function prepared(inputs: JsonObject, others: JsonObject = {}) {
  const catalog = createNodeCatalog({ ...coreObjectInfo(), ...pack });
  const comfy = createScriptedComfy();
  const link = {
    catalog,
    ready: () => ok(comfy),
    refreshCatalog: async () => undefined,
  } as unknown as ComfyLink;
  const clock = createManualClock();
  const repository = createMemorySessionRepository();
  const store = createSessionStore({ state: sessionState(), seq: 0, repository, clock });
  const document = apiDocument({
    1: { class_type: 'VHS_LoadVideo', inputs },
    2: { class_type: 'PreviewImage', inputs: { images: ['1', 0] } },
    ...others,
  });
  const by = { role: 'artist', name: 'artist' } as const;
  const how = { label: 'Render', requestedBy: by, needsRelease: false, overrides: [], document };
  return prepareRun({ link, clock, ids: createCountingIds(), digest: () => 'd' }, store, how);
}

describe('what keeps a run from being sent', () => {
  it('is not what a node of a pack may take although its list does not show it', async () => {
    const run = await prepared({ video: 'shots/b.mp4', every: 12 });
    expect(run).toMatchObject({ ok: true });
  });

  it('is a setting of such a node without a value, and what ComfyUI itself refuses', async () => {
    expect(await prepared({ video: 'a.mp4' })).toMatchObject({
      error: { code: 'workflow/invalid', data: { problems: [{ input: 'every' }] } },
    });
    const loader = { class_type: 'VAELoader', inputs: { vae_name: 'no.safetensors' } };
    const decode = { class_type: 'VAEDecode', inputs: { samples: ['5', 0], vae: ['3', 0] } };
    const latent = { width: 64, height: 64, batch_size: 1 };
    const others = {
      3: loader,
      4: decode,
      5: { class_type: 'EmptyLatentImage', inputs: latent },
      6: { class_type: 'PreviewImage', inputs: { images: ['4', 0] } },
    };
    expect(await prepared({ video: 'shots/b.mp4', every: 1 }, others)).toMatchObject({
      error: { code: 'workflow/invalid', data: { problems: [{ input: 'vae_name' }] } },
    });
  });
});
