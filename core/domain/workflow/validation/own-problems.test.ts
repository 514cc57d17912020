import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../base/json.ts';
import type { Problem } from '../../../contract/workflow.schema.ts';
import { apiDocument, coreObjectInfo, textToImage } from '../../../../tests/fakes/tool-context.ts';
import { forProblems } from '../../failure/fixes/fix-error.ts';
import { collectFixes } from '../../failure/fixes/collect-fixes.ts';
import { applyOps } from '../ops/apply-ops.ts';
import { createNodeCatalog } from '../create-catalog.ts';
import { validateWorkflow } from './validate-workflow.ts';

/** Classes that newer or older servers have beside the core ones. */
const extra: JsonObject = {
  ControlNetApplySD3: {
    input: {
      required: {
        positive: ['CONDITIONING'],
        negative: ['CONDITIONING'],
        control_net: ['CONTROL_NET'],
        vae: ['VAE'],
        image: ['IMAGE'],
        strength: ['FLOAT', { default: 1, min: 0, max: 10 }],
        start_percent: ['FLOAT', { default: 0, min: 0, max: 1 }],
        end_percent: ['FLOAT', { default: 1, min: 0, max: 1 }],
      },
    },
    output: ['CONDITIONING', 'CONDITIONING'],
    output_name: ['positive', 'negative'],
    display_name: 'Apply Controlnet with VAE',
    python_module: 'comfy_extras.nodes_sd3',
    deprecated: true,
  },
  ModelMergeSimple: {
    input: { required: { model1: ['MODEL'], model2: ['MODEL'], ratio: ['FLOAT', { default: 1 }] } },
    output: ['MODEL'],
    python_module: 'comfy_extras.nodes_model_merging',
  },
};
const catalog = createNodeCatalog({ ...coreObjectInfo(), ...extra });

/** The text-to-image workflow with an SDXL model, and other nodes put into it. */
function sdxlWith(nodes: JsonObject): JsonObject {
  return {
    ...textToImage,
    '4': loader('sd_xl_base_1.0.safetensors'),
    '5': latent(1024, 1024),
    ...nodes,
  };
}

const loader = (ckpt_name: string): JsonObject => ({
  class_type: 'CheckpointLoaderSimple',
  inputs: { ckpt_name },
});
const latent = (width: number, height: number): JsonObject => ({
  class_type: 'EmptyLatentImage',
  inputs: { width, height, batch_size: 1 },
});

function problemsOf(root: JsonObject): readonly Problem[] {
  return validateWorkflow(apiDocument(root), catalog);
}

/** What is left after everything that can be mended was mended. */
function mended(root: JsonObject): { readonly intent: string; readonly left: readonly Problem[] } {
  const document = apiDocument(root);
  const fix = forProblems([], document, catalog);
  if (fix === undefined) throw new Error('nothing is proposed');
  const applied = applyOps(document, fix.ops, catalog);
  if (!applied.ok) throw new Error(applied.error.code);
  return { intent: fix.intent, left: validateWorkflow(applied.value.document, catalog) };
}

describe('models that do not go together', () => {
  it('says nothing where they do', () => {
    expect(problemsOf(sdxlWith({}))).toEqual([]);
  });

  it('finds a VAE of another family, is sure for published files, and mends it', () => {
    const root = sdxlWith({
      '20': { class_type: 'VAELoader', inputs: { vae_name: 'ae.safetensors' } },
      '8': { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['20', 0] } },
    });
    const [problem, ...others] = problemsOf(root);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      type: 'model_family_clash',
      severity: 'warning',
      nodeId: '20',
      input: 'vae_name',
      suggestions: ['sdxl_vae.safetensors'],
    });
    expect(problem?.message).toContain('SDXL model “sd_xl_base_1.0.safetensors”');
    expect(problem?.message).not.toContain('Judged by');
    expect(mended(root)).toEqual({ intent: 'VAE on Load VAE: sdxl_vae.safetensors', left: [] });
  });

  it('says that it judged by the names where a file is not a published one', () => {
    const [problem] = problemsOf({
      ...textToImage,
      '4': loader('v1-5-pruned-emaonly.safetensors'),
      '21': {
        class_type: 'LoraLoader',
        inputs: {
          lora_name: 'pixel-art-xl.safetensors',
          strength_model: 1,
          strength_clip: 1,
          model: ['4', 0],
          clip: ['4', 1],
        },
      },
      '3': {
        class_type: 'KSampler',
        inputs: {
          ...(textToImage['3'] as { readonly inputs: JsonObject }).inputs,
          model: ['21', 0],
        },
      },
    });
    expect(problem).toMatchObject({ type: 'model_family_clash', nodeId: '21', input: 'lora_name' });
    expect(problem?.message).toContain('Judged by the file names.');
  });

  it('keeps two models of one workflow apart', () => {
    const second = Object.fromEntries(
      Object.entries({ ...textToImage, '4': loader('v1-5-pruned-emaonly.safetensors') }).map(
        ([id, node]) => [
          `1${id}`,
          JSON.parse(
            JSON.stringify(node).replace(/\["(\d)",/g, (_all, to: string) => `["1${to}",`),
          ) as JsonObject,
        ],
      ),
    );
    expect(problemsOf({ ...sdxlWith({}), ...second })).toEqual([]);
  });

  it('finds a text encoder set up for another model, and models that are merged across families', () => {
    const types = problemsOf({
      ...textToImage,
      '4': { class_type: 'UNETLoader', inputs: { unet_name: 'qwen_image_fp8_e4m3fn.safetensors', weight_dtype: 'default' } },
      '22': { class_type: 'CLIPLoader', inputs: { clip_name: 'clip_l.safetensors', type: 'sd3' } },
      '23': { class_type: 'VAELoader', inputs: { vae_name: 'pixel_space' } },
      '6': { class_type: 'CLIPTextEncode', inputs: { text: 'a', clip: ['22', 0] } },
      '7': { class_type: 'CLIPTextEncode', inputs: { text: 'b', clip: ['22', 0] } },
      '8': { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['23', 0] } },
    }); // prettier-ignore
    expect(types.map(({ nodeId, input, type }) => [nodeId, input, type])).toEqual([
      ['22', 'clip_name', 'model_family_clash'],
      ['22', 'type', 'text_encoder_type'],
    ]);
    const merged = problemsOf(
      sdxlWith({
        '24': loader('v1-5-pruned-emaonly.safetensors'),
        '25': {
          class_type: 'ModelMergeSimple',
          inputs: { model1: ['4', 0], model2: ['24', 0], ratio: 1 },
        },
        '3': {
          class_type: 'KSampler',
          inputs: {
            ...(textToImage['3'] as { readonly inputs: JsonObject }).inputs,
            model: ['25', 0],
          },
        },
      }),
    );
    expect(merged.map(({ nodeId, type }) => [nodeId, type])).toContainEqual([
      '25',
      'model_family_clash',
    ]);
  });
});

describe('sizes and dead ends', () => {
  it('tells the nearest size that the model works in, and mends it', () => {
    const root = sdxlWith({ '5': latent(1000, 1026) });
    expect(problemsOf(root)).toMatchObject([
      { type: 'off_grid', severity: 'warning', input: 'height', suggestions: [1024] },
      { type: 'off_grid', severity: 'note', input: 'width', suggestions: [1024] },
    ]);
    expect(mended(root).left.map(({ input }) => input)).toEqual(['width']);
  });

  it('does not judge sizes when nothing tells the model', () => {
    const unknown = { ...textToImage, '4': loader('rig-random-sd15.safetensors') };
    const named = problemsOf({ ...unknown, '5': latent(1000, 1000) });
    expect(named.every(({ type }) => type === 'off_grid')).toBe(true);
    const info = coreObjectInfo();
    const root = { ...textToImage, '4': loader('mine.safetensors'), '5': latent(1000, 1000) };
    const found = validateWorkflow(apiDocument(root), createNodeCatalog(info));
    expect(found.map(({ type }) => type)).toEqual(['value_not_in_list']);
  });

  it('names what is connected to nothing, and the last node of a branch that nothing shows', () => {
    const root = sdxlWith({
      '30': { class_type: 'VAELoader', inputs: { vae_name: 'sdxl_vae.safetensors' } },
      '31': { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] } },
      '32': { class_type: 'ImageInvert', inputs: { image: ['31', 0] } },
    });
    expect(problemsOf(root).map(({ nodeId, type, message }) => [nodeId, type, message])).toEqual([
      ['30', 'orphan_node', 'Load VAE is connected to nothing, so it takes no part in the run.'],
      [
        '32',
        'unused_result',
        'Nothing saves or shows what Invert Image makes, so ComfyUI skips it and the node before it.',
      ],
    ]);
  });

  it('takes a node of an unknown class for a result, as it may be one', () => {
    const types = problemsOf({ ...textToImage, '9': { class_type: 'SaveElsewhere', inputs: { images: ['8', 0] } } });
    expect(types.map(({ type }) => type)).toEqual(['missing_node_type']);
  }); // prettier-ignore
});

describe('old nodes and broken connections', () => {
  it('names the successor of a deprecated node, and puts it there with everything connected', () => {
    const control = {
      '40': { class_type: 'ControlNetLoader', inputs: { control_net_name: 'diffusers_xl_canny_full.safetensors' } },
      '41': { class_type: 'LoadImage', inputs: { image: 'example.png' } },
      '42': {
        class_type: 'ControlNetApplySD3',
        inputs: {
          positive: ['6', 0], negative: ['7', 0], control_net: ['40', 0], vae: ['4', 2], image: ['41', 0],
          strength: 0.4, start_percent: 0, end_percent: 0.8,
        },
      },
      '3': {
        class_type: 'KSampler',
        inputs: {
          ...(textToImage['3'] as { readonly inputs: JsonObject }).inputs,
          positive: ['42', 0], negative: ['42', 1],
        },
      },
    }; // prettier-ignore
    const document = apiDocument(sdxlWith(control));
    const problems = validateWorkflow(document, catalog);
    expect(problems).toMatchObject([
      { type: 'deprecated_node', severity: 'note', suggestions: ['ControlNetApplyAdvanced'] },
    ]);
    const [fix] = collectFixes(problems, document, catalog);
    const applied = fix && applyOps(document, fix.ops, catalog);
    if (applied?.ok !== true) throw new Error('no fix');
    expect(applied.value.document.root['42']).toMatchObject({
      class_type: 'ControlNetApplyAdvanced',
      inputs: {
        positive: ['6', 0], negative: ['7', 0], control_net: ['40', 0], vae: ['4', 2],
        strength: 0.4, end_percent: 0.8,
      },
    }); // prettier-ignore
    expect(validateWorkflow(applied.value.document, catalog)).toEqual([]);
  });

  it('runs without a missing node only where what comes in can go on', () => {
    const graph = (type: string): JsonObject => ({
      nodes: [
        { id: 1, type: 'EmptyImage', widgets_values: [64, 64, 1, 0], outputs: [{ name: 'IMAGE', type: 'IMAGE', links: [1] }] },
        { id: 2, type: 'FancyGrade', inputs: [{ name: 'a', type, link: 1 }], outputs: [{ name: 'IMAGE', type: 'IMAGE', links: [2] }] },
        { id: 3, type: 'SaveImage', inputs: [{ name: 'images', type: 'IMAGE', link: 2 }], widgets_values: ['x'] },
      ],
      links: [[1, 1, 0, 2, 0, 'IMAGE'], [2, 2, 0, 3, 0, 'IMAGE']],
      version: 0.4,
    }); // prettier-ignore
    const good = forProblems([], { format: 'graph', root: graph('IMAGE') }, catalog);
    expect(good).toEqual({
      intent: 'Run without FancyGrade',
      ops: [{ op: 'set_mode', nodeId: '2', mode: 'bypassed' }],
    });
    expect(forProblems([], { format: 'graph', root: graph('MASK') }, catalog)).toBeUndefined();
  });

  it('connects again what names its node by a number, and takes off what a node ignores', () => {
    const root = sdxlWith({
      '8': { class_type: 'VAEDecode', inputs: { samples: [3, 0], vae: ['4', 2] } },
    });
    expect(problemsOf(root)).toMatchObject([{ type: 'bad_linked_input', input: 'samples' }]);
    expect(mended(root).left).toEqual([]);
    const odd = sdxlWith({
      '8': { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2], extra: ['5', 0] } },
    }); // prettier-ignore
    expect(problemsOf(odd)).toMatchObject([{ type: 'unknown_input', severity: 'warning' }]);
    expect(mended(odd).left).toEqual([]);
  });

  it('finds a file that lies in another folder, and one outside the input folder', () => {
    const moved = sdxlWith({ '4': loader('SDXL\\Sd_XL_base_1.0.safetensors') });
    expect(problemsOf(moved)[0]?.message).toContain('it has it as “sd_xl_base_1.0.safetensors”');
    expect(mended(moved).left).toEqual([]);
    const outside = problemsOf({
      '1': { class_type: 'LoadImage', inputs: { image: '../../secret.png' } },
      '2': { class_type: 'PreviewImage', inputs: { images: ['1', 0] } },
    });
    expect(outside).toMatchObject([{ type: 'custom_validation_failed', severity: 'error' }]);
  });

  it('never offers a model of another family for one that is missing', () => {
    const fix = forProblems([], apiDocument({ ...textToImage, '4': loader('sdxl_flux_look_v1.safetensors') }), catalog); // prettier-ignore
    expect(fix?.ops).toEqual([
      { op: 'set_widget', nodeId: '4', widget: 'ckpt_name', value: 'flux1-dev-fp8.safetensors' },
    ]);
    const sd3 = { ...textToImage, '4': loader('sd3.5_large.safetensors') };
    expect(forProblems([], apiDocument(sd3), catalog)).toBeUndefined();
  });
});
