import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import type { Forecast } from '../../contract/machine/forecast.schema.ts';
import type { Readiness } from '../../contract/readiness.schema.ts';
import {
  apiDocument,
  coreCatalog,
  coreObjectInfo,
  plainForecast,
  textToImage,
} from '../../../tests/fakes/tool-context.ts';
import { applyOps } from '../workflow/ops/apply-ops.ts';
import { createNodeCatalog } from '../workflow/create-catalog.ts';
import type { WorkflowDocument } from '../workflow/document.ts';
import { validateWorkflow } from '../workflow/validation/validate-workflow.ts';
import { assessReadiness } from './assess-readiness.ts';
import { describeReadiness } from './describe-readiness.ts';

const catalog = coreCatalog();
const GIB = 1024 ** 3;

/** What was forecast for a card with 8 GiB. */
const forecast = (outcome: Forecast['now']['outcome']): Forecast => {
  const { now } = plainForecast();
  return plainForecast({
    now: { ...now, outcome },
    card: { total: 8 * GIB, heldByComfy: 0, heldByOthers: 0 },
    summary: ['This needs about 1.0 to 2.0 GB.', 'One run like this took 2.0 GB here.'],
    lines: ['This needs about 1.0 to 2.0 GB.', 'The rest.'],
  });
};

function withNodes(nodes: JsonObject): WorkflowDocument {
  return apiDocument({ ...textToImage, ...nodes });
}

const loader = (ckpt_name: string): JsonObject => ({
  class_type: 'CheckpointLoaderSimple',
  inputs: { ckpt_name },
});

/** What is wrong after every edit that was offered. */
function errorsAfter(document: WorkflowDocument, { fixes }: Readiness): readonly string[] {
  const ops = fixes.flatMap((fix) => fix.ops);
  const applied = applyOps(document, ops, catalog);
  if (!applied.ok) throw new Error(applied.error.code);
  return validateWorkflow(applied.value.document, catalog).flatMap(({ severity, message }) =>
    severity === 'error' ? [message] : [],
  );
}

/** A picture that goes through a node nobody has here, in the page's own form. */
function sharedGraph(properties: JsonObject, middle = 'FancyGrade'): WorkflowDocument {
  const node = (id: number, type: string, rest: JsonObject): JsonObject => ({
    id, type, pos: [id * 300, 0], size: [200, 100], mode: 0, order: id, ...rest,
  }); // prettier-ignore
  return {
    format: 'graph',
    root: {
      version: 0.4,
      nodes: [
        node(1, 'EmptyImage', { widgets_values: [64, 64, 1, 0], outputs: [{ name: 'IMAGE', type: 'IMAGE', links: [1] }] }),
        node(2, middle, {
          inputs: [{ name: 'image', type: 'IMAGE', link: 1 }],
          outputs: [{ name: 'IMAGE', type: 'IMAGE', links: [2] }],
          widgets_values: ['4x-UltraSharp.pth'],
          properties,
        }),
        node(3, 'SaveImage', { inputs: [{ name: 'images', type: 'IMAGE', link: 2 }], widgets_values: ['x'] }),
      ],
      links: [[1, 1, 0, 2, 0, 'IMAGE'], [2, 2, 0, 3, 0, 'IMAGE']],
    },
  }; // prettier-ignore
}

describe('assessReadiness', () => {
  it('says that a whole workflow is ready, and what memory was forecast for it, in short', () => {
    const fits = forecast('fits');
    const readiness = assessReadiness(withNodes({}), { catalog, forecast: fits });
    expect(readiness).toMatchObject({
      outcome: 'ready',
      packs: [],
      models: [],
      fixes: [],
      left: [],
    });
    expect(readiness.forecast).toBe(fits);
    expect(describeReadiness(readiness)).toEqual([
      'Nothing is missing: it would run here.',
      ...fits.summary,
    ]);
  });

  it('says nothing of memory where no card is known, nor of a workflow that loads no model', () => {
    const unknown = assessReadiness(withNodes({}), { catalog, forecast: forecast('unknown') });
    const plain = sharedGraph({}, 'ImageInvert');
    const without = assessReadiness(plain, { catalog, forecast: forecast('does-not-fit') });
    for (const readiness of [unknown, without, assessReadiness(withNodes({}), { catalog })]) {
      expect(readiness.outcome).toBe('ready');
      expect(describeReadiness(readiness)).toEqual(['Nothing is missing: it would run here.']);
    }
    expect(without.forecast).toBeUndefined();
  });

  it('tells everything that is known of a published model, and swaps it for one of its family', () => {
    const document = withNodes({ '4': loader('SDXL\\sd_xl_turbo_1.0_fp16.safetensors') });
    const readiness = assessReadiness(document, { catalog });
    expect(readiness.outcome).toBe('after-fixes');
    expect(readiness.models).toEqual([
      {
        file: 'SDXL\\sd_xl_turbo_1.0_fp16.safetensors',
        nodeIds: ['4'],
        nodeTitle: 'Load Checkpoint',
        input: 'ckpt_name',
        folder: 'checkpoints',
        family: 'SDXL',
        bytes: 6.9e9,
        source: 'huggingface.co/stabilityai/sdxl-turbo',
        told: 'known',
        isSure: true,
        near: expect.arrayContaining([expect.stringContaining('sd_xl')]),
      },
    ]);
    expect(readiness.fixes[0]?.ops).toMatchObject([{ op: 'set_widget', widget: 'ckpt_name' }]);
    expect(errorsAfter(document, readiness)).toEqual([]);
    const text = describeReadiness(readiness).join('\n');
    expect(text).toContain('licence not known');
    expect(text).toContain('about 6.9 GB');
  });

  it('believes the workflow before the tables: where its models and packs come from', () => {
    const document = sharedGraph(
      {
        cnr_id: 'comfyui-fancy',
        ver: '1.2.3',
        models: [
          {
            name: '4x-UltraSharp.pth',
            url: 'https://example.com/4x-UltraSharp.pth',
            directory: 'upscale_models',
          },
          { name: 'other.pth', url: 'javascript:alert(1)' },
        ],
      },
      'ReActorFaceSwap',
    );
    const readiness = assessReadiness(document, { catalog });
    expect(readiness.packs).toEqual([
      {
        name: 'comfyui-fancy',
        id: 'comfyui-fancy',
        version: '1.2.3',
        told: 'workflow',
        alternatives: [],
        classTypes: ['ReActorFaceSwap'],
      },
    ]);
    expect(readiness.models).toEqual([
      {
        file: '4x-UltraSharp.pth',
        nodeIds: [],
        folder: 'upscale_models',
        bytes: 1e8,
        licence: 'CC BY-NC-SA 4.0',
        source: 'https://example.com/4x-UltraSharp.pth',
        told: 'workflow',
        isSure: false,
        near: [],
      },
      { file: 'other.pth', nodeIds: [], told: 'unknown', isSure: false, near: [] },
    ]);
  });

  it('names the pack of a missing class that is known, and says so where none is', () => {
    const document = withNodes({
      '20': { class_type: 'FaceDetailer', inputs: { image: ['8', 0] } },
      '21': { class_type: 'StudioGrade', inputs: { image: ['8', 0] } },
    });
    const { packs, outcome } = assessReadiness(document, { catalog });
    expect(outcome).toBe('lacking');
    expect(packs).toMatchObject([
      {
        name: 'Impact Pack',
        id: 'comfyui-impact-pack',
        told: 'known',
        classTypes: ['FaceDetailer'],
      },
      { told: 'unknown', classTypes: ['StudioGrade'] },
    ]);
    const text = describeReadiness(assessReadiness(document, { catalog })).join('\n');
    expect(text).toContain('“StudioGrade” is missing; which node pack has it is not known.');
  });

  it('runs without a missing node where that is safe, and is ready then', () => {
    const document = sharedGraph({ aux_id: 'studio/fancy-nodes' });
    const readiness = assessReadiness(document, { catalog });
    expect(readiness.packs).toMatchObject([
      { repository: 'github.com/studio/fancy-nodes', told: 'workflow' },
    ]);
    expect(readiness.outcome).toBe('after-fixes');
    expect(readiness.models).toEqual([]);
    expect(readiness.fixes.map(({ intent }) => intent)).toEqual(['Run without FancyGrade']);
    expect(errorsAfter(document, readiness)).toEqual([]);
  });

  it('lists what a missing loader would load, without claiming that it is not there', () => {
    const document = withNodes({
      '30': { class_type: 'UnetLoaderGGUF', inputs: { unet_name: 'flux1-dev-Q4_K_S.gguf' } },
      '31': { class_type: 'OtherLoader', inputs: { vae_name: 'ae.safetensors' } },
    });
    const { models } = assessReadiness(document, { catalog });
    expect(models).toMatchObject([
      { file: 'flux1-dev-Q4_K_S.gguf', family: 'Flux', isSure: false, folder: 'diffusion_models' },
    ]);
  });

  it('puts the successor in the place of a class that ComfyUI no longer has, with its settings and wires', () => {
    const newer = createNodeCatalog({
      ...coreObjectInfo(),
      ImageScaleToMaxDimension: {
        input: {
          required: {
            image: ['IMAGE'],
            upscale_method: [['area', 'lanczos']],
            largest_size: ['INT', { default: 512, min: 0, max: 16384 }],
          },
        },
        output: ['IMAGE'],
        display_name: 'Scale to Max Dimension',
        python_module: 'comfy_extras.nodes_images',
      },
    });
    const document = withNodes({
      '40': { class_type: 'ResizeImagesByLongerEdge', inputs: { images: ['8', 0], longer_edge: 768 } },
      '9': { class_type: 'SaveImage', inputs: { filename_prefix: 'shot', images: ['40', 0] } },
    }); // prettier-ignore
    const { outcome, fixes } = assessReadiness(document, { catalog: newer });
    expect(outcome).toBe('after-fixes');
    const applied = applyOps(document, fixes[0]?.ops ?? [], newer);
    if (!applied.ok) throw new Error(applied.error.code);
    expect(applied.value.document.root['40']).toMatchObject({
      class_type: 'ImageScaleToMaxDimension',
      inputs: { image: ['8', 0], largest_size: 768, upscale_method: 'lanczos' },
    });
  });

  it('waits for a picture that is not there, and puts no other one in its place', () => {
    const document = withNodes({
      '41': { class_type: 'LoadImage', inputs: { image: 'plate_0042.png' } },
      '42': { class_type: 'PreviewImage', inputs: { images: ['41', 0] } },
    });
    const readiness = assessReadiness(document, { catalog });
    expect(readiness).toMatchObject({
      outcome: 'lacking',
      fixes: [],
      left: [{ type: 'file_not_listed', nodeId: '41' }],
    });
  });

  it('calls nothing near that is of another family, and knows ComfyUI’s own newer nodes', () => {
    const document = withNodes({
      '4': loader('wan2.2_t2v_high_noise_14B_fp8_scaled.safetensors'),
      '43': { class_type: 'ResizeImageMaskNode', inputs: { input: ['8', 0] } },
    });
    const { models, packs } = assessReadiness(document, { catalog });
    expect(models).toMatchObject([{ family: 'Wan 14B', near: [] }]);
    expect(packs).toMatchObject([{ id: 'comfy-core', name: 'a newer ComfyUI', told: 'known' }]);
    const flux2 = withNodes({ '44': { class_type: 'Flux2Scheduler', inputs: { steps: 20 } } });
    expect(assessReadiness(flux2, { catalog }).packs).toMatchObject([{ id: 'comfy-core' }]);
  });

  it('names the folder of the loader that asks, where settings of one name belong to several', () => {
    const show = { input: { required: { any: ['*'] } }, output: [], output_node: true };
    const withShow = createNodeCatalog({ ...coreObjectInfo(), Show: show });
    const document = withNodes({
      '44': { class_type: 'CLIPVisionLoader', inputs: { clip_name: 'clip_vision_h.safetensors' } },
      '45': { class_type: 'Show', inputs: { any: ['44', 0] } },
    });
    const { models, fixes } = assessReadiness(document, { catalog: withShow });
    expect(models).toMatchObject([{ folder: 'clip_vision', near: [] }]);
    expect(fixes).toEqual([]);
  });

  it('offers no value at random for a setting that is no file', () => {
    const document = withNodes({
      '45': {
        class_type: 'CLIPLoader',
        inputs: { clip_name: 'clip_l.safetensors', type: 'flux2' },
      },
      '6': { class_type: 'CLIPTextEncode', inputs: { text: 'a harbour', clip: ['45', 0] } },
    });
    const { fixes, left } = assessReadiness(document, { catalog });
    expect([fixes, left]).toMatchObject([[], [{ type: 'value_not_in_list', input: 'type' }]]);
  });

  it('believes the forecast that it does not fit on the card, and offers less', () => {
    const document = withNodes({
      '4': loader('sd_xl_base_1.0.safetensors'),
      '5': { class_type: 'EmptyLatentImage', inputs: { width: 16384, height: 16384, batch_size: 8 } },
    }); // prettier-ignore
    const readiness = assessReadiness(document, { catalog, forecast: forecast('does-not-fit') });
    expect(readiness.outcome).toBe('too-large');
    expect(readiness.fixes.at(-1)?.settles).toBe('It does not fit on the graphics card.');
    const slow = assessReadiness(document, { catalog, forecast: forecast('slow') });
    expect([slow.outcome, slow.fixes]).toEqual(['ready', []]);
  });
});
