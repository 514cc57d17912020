import { describe, expect, it } from 'vitest';
import { planContext } from '../../../../tests/fakes/plan-context.ts';
import { apiDocument, coreCatalog, textToImage } from '../../../../tests/fakes/tool-context.ts';
import type { JsonObject } from '../../../base/json.ts';
import { modelFamilies } from '../../machine/model-families.ts';
import { createScene } from '../scene/scene.ts';
import { modelGrid } from './model-grid.ts';

function gridOf(nodes: JsonObject) {
  const document = apiDocument({ ...textToImage, ...nodes });
  return modelGrid(createScene(document, planContext(document, coreCatalog())));
}

const checkpoint = (name: string) =>
  gridOf({ '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: name } } });

describe('the grid and the own sizes of the model that a workflow loads', () => {
  it.each([
    ['sd_xl_base_1.0.safetensors', 'SDXL', 64, [1216, 832], 1024 * 1024],
    ['v1-5-pruned-emaonly.safetensors', 'SD 1.5', 64, [768, 512], 512 * 512],
    ['flux1-dev-fp8.safetensors', 'Flux', 16, [1216, 832], 1024 * 1024],
    ['qwen_image_fp8.safetensors', 'Qwen Image', 16, [1584, 1056], 1328 * 1328],
    ['wan2.2_ti2v_5B_fp16.safetensors', 'Wan 2.2 5B', 32, [1280, 704], 1280 * 704],
    ['wan2.1_t2v_14B_fp8.safetensors', 'Wan 14B', 16, [1280, 720], 1280 * 720],
  ])('%s', (file, name, grid, landscape, area) => {
    expect(checkpoint(file)).toMatchObject({ name, grid, landscape, area });
  });

  it('has the trained sizes of SDXL, of its refiner too, and of no other model', () => {
    const trained = modelFamilies.filter(({ native }) => native?.buckets !== undefined);
    expect(trained.map(({ id }) => id)).toEqual(['sdxl-refiner', 'sdxl']);
    expect(checkpoint('sd_xl_refiner_1.0.safetensors').buckets).toContainEqual([1344, 768]);
  });

  it('keeps to the coarse grid for a model that nobody knows, unless its latent is of a newer kind', () => {
    const unknown = { name: 'this model', landscape: [1216, 832], area: 1024 * 1024 };
    expect(checkpoint('studio.safetensors')).toEqual({ ...unknown, grid: 64 });
    const wide = gridOf({
      '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'studio.safetensors' } },
      '5': { class_type: 'EmptySD3LatentImage', inputs: { width: 64, height: 64, batch_size: 1 } },
    });
    expect(wide).toEqual({ ...unknown, grid: 16 });
  });

  it('lies on the grid of its family with every own size', () => {
    const sides = modelFamilies.flatMap(({ id, grid, native }) =>
      native === undefined
        ? []
        : [native.landscape, ...(native.buckets ?? [])].flat().map((side) => [id, side % grid]),
    );
    expect(sides.length).toBeGreaterThan(20);
    expect(sides.filter(([, beside]) => beside !== 0)).toEqual([]);
  });
});
