import { describe, expect, it } from 'vitest';
import { ok } from '../../base/result.ts';
import { callTool, comfyGone, comfySide, emptyContext } from '../../../tests/fakes/tool-context.ts';
import { listModels } from './list-models.tool.ts';

describe('list_models', () => {
  it.each(['loras', 'lora', 'LoRA'])('lists the folder that is meant by "%s"', async (wanted) => {
    const comfy = comfySide({ models: async (folder) => ok([`${folder}/film.safetensors`]) });
    const outcome = await callTool(listModels, { model_type: wanted }, emptyContext({ comfy }));
    expect(outcome).toMatchObject({
      value: { folder: 'loras', models: ['loras/film.safetensors'] },
      text: '1 in loras: loras/film.safetensors',
    });
  });

  it('names the folders there are, nearest first, when there is no such folder', async () => {
    const outcome = await callTool(listModels, { model_type: 'checkpints' }, emptyContext());
    expect(outcome).toEqual({
      ok: false,
      error: {
        code: 'comfy/unknown-folder',
        data: { folder: 'checkpints', known: ['checkpoints', 'loras', 'vae'] },
      },
    });
  });

  it('says that ComfyUI does not answer, and that there is none', async () => {
    const gone = await callTool(
      listModels,
      { model_type: 'vae' },
      emptyContext({ comfy: comfyGone() }),
    );
    expect(gone).toMatchObject({ ok: false, error: { code: 'comfy/unreachable' } });
    const none = await callTool(listModels, { model_type: 'vae' }, emptyContext({ comfy: null }));
    expect(none).toMatchObject({ ok: false, error: { code: 'comfy/not-connected' } });
  });
});
