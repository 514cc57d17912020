import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../../base/exact-json.ts';
import { type JsonObject, isJsonObject } from '../../../base/json.ts';
import { appError } from '../../../contract/errors.ts';
import type { WorkflowDocument } from '../../workflow/document.ts';
import { apiDocument, coreCatalog, textToImage } from '../../../../tests/fakes/tool-context.ts';
import { workflowFromJson } from '../../workflow/parse-workflow.ts';
import { viewWorkflow } from '../../workflow/view/view-workflow.ts';
import { interpretFailure } from '../../run/interpret-failure.ts';
import type { FixProposal } from './fix-scene.ts';
import { proposeFixFor } from './fix-error.ts';
import { proposeFixes } from './propose-fix.ts';

const catalog = coreCatalog();

/** The text-to-image workflow with other nodes in it or some inputs changed; undefined takes a node out. */
function withNodes(nodes: Readonly<Record<string, JsonObject | undefined>>): WorkflowDocument {
  const all = Object.entries({ ...textToImage, ...nodes });
  return apiDocument(
    Object.fromEntries(all.flatMap(([id, node]) => (node === undefined ? [] : [[id, node]]))),
  );
}

function withInputs(id: string, inputs: JsonObject): WorkflowDocument {
  const node = textToImage[id];
  if (!isJsonObject(node) || !isJsonObject(node['inputs'])) throw new Error('no such node');
  return withNodes({ [id]: { ...node, inputs: { ...node['inputs'], ...inputs } } });
}

function stored(name: string): WorkflowDocument {
  const file = new URL(`../../../../tests/fixtures/workflows/${name}.json`, import.meta.url);
  const parsed = parseExactJson(readFileSync(file, 'utf8'));
  const document = parsed.ok ? workflowFromJson(parsed.value) : parsed;
  if (!document.ok) throw new Error(name);
  return document.value;
}

/** The whole way: a failure as the server tells it, read, explained, and mended. */
function fixFailure(
  message: string,
  nodeId: string,
  document: WorkflowDocument = apiDocument(),
  exceptionType = 'RuntimeError',
): FixProposal | undefined {
  const view = viewWorkflow(document, catalog);
  const error = interpretFailure(
    { nodeId, classType: view.node(nodeId)?.classType ?? '', exceptionType, message },
    view,
    catalog,
  );
  const proposal = proposeFixFor({ error, document, catalog });
  const { canFix = false } = error.data as { readonly canFix?: boolean };
  expect(canFix, 'the button is there where a change is').toBe(proposal !== undefined);
  return proposal;
}

const OOM =
  'CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 23.65 GiB';

describe('a picture that does not fit on the card', () => {
  it('tiles the decode when it failed there', () => {
    expect(fixFailure(OOM, '8')).toEqual({
      intent: 'Does not fit in 24 GB: tile the decode',
      ops: [{ op: 'replace_node', nodeId: '8', classType: 'VAEDecodeTiled' }],
    });
  });

  it('renders one at a time where several are asked for', () => {
    expect(fixFailure(OOM, '3', withInputs('5', { batch_size: 4 }))).toEqual({
      intent: 'Does not fit in 24 GB: one picture at a time',
      ops: [{ op: 'set_widget', nodeId: '5', widget: 'batch_size', value: 1 }],
    });
  });

  it('takes fewer frames, of the number that the model can make', () => {
    const video = withNodes({
      '4': {
        class_type: 'UNETLoader',
        inputs: { unet_name: 'hunyuan_video_720.safetensors', weight_dtype: 'default' },
      },
      '5': {
        class_type: 'EmptyHunyuanLatentVideo',
        inputs: { width: 848, height: 480, length: 129, batch_size: 1 },
      },
    });
    expect(fixFailure(OOM, '3', video)).toEqual({
      intent: 'Does not fit in 24 GB: 77 frames instead of 129',
      ops: [{ op: 'set_widget', nodeId: '5', widget: 'length', value: 77 }],
    });
  });

  it('makes it smaller on the grid of the model when there is nothing else', () => {
    expect(
      fixFailure('Allocation on device ', '3', withInputs('5', { width: 1344, height: 768 })),
    ).toEqual({
      intent: 'Does not fit on the graphics card: 1024 × 576 pixels',
      ops: [
        { op: 'set_widget', nodeId: '5', widget: 'width', value: 1024 },
        { op: 'set_widget', nodeId: '5', widget: 'height', value: 576 },
      ],
    });
  });

  it('offers a lighter model after that', () => {
    const document = stored('flux-separate-loaders');
    const place = { said: OOM, nodeId: '8', capacityGb: 12 };
    const intents = proposeFixes(['less-vram'], place, document, catalog).map(
      ({ intent }) => intent,
    );
    expect(intents).toEqual([
      'Does not fit in 12 GB: 768 × 768 pixels',
      'Does not fit in 12 GB: hold the model in fp8',
    ]);
  });

  it('takes smaller tiles when it was tiled already', () => {
    const document = withNodes({
      '8': {
        class_type: 'VAEDecodeTiled',
        inputs: {
          samples: ['3', 0],
          vae: ['4', 2],
          tile_size: 512,
          overlap: 64,
          temporal_size: 64,
          temporal_overlap: 8,
        },
      },
    });
    expect(fixFailure(OOM, '8', document)?.ops).toEqual([
      { op: 'set_widget', nodeId: '8', widget: 'tile_size', value: 256 },
    ]);
  });

  it('repeats a picture less often when the machine’s own memory is full', () => {
    const document = withNodes({
      '10': { class_type: 'RepeatImageBatch', inputs: { image: ['8', 0], amount: 4096 } },
    });
    expect(fixFailure("DefaultCPUAllocator: can't allocate memory", '10', document)).toEqual({
      intent: 'Needs too much memory: 1024 copies instead of 4096',
      ops: [{ op: 'set_widget', nodeId: '10', widget: 'amount', value: 1024 }],
    });
  });
});

describe('models and sizes that do not fit each other', () => {
  it('loads a VAE for everything that the checkpoint was to give one', () => {
    const document = withInputs('4', { ckpt_name: 'sd_xl_base_1.0.safetensors' });
    expect(fixFailure('ERROR: VAE is invalid: None', '8', document)).toEqual({
      intent: 'Load the VAE sdxl_vae.safetensors',
      ops: [
        {
          op: 'add_node',
          nodeId: '10',
          classType: 'VAELoader',
          widgets: { vae_name: 'sdxl_vae.safetensors' },
        },
        { op: 'connect', from: { nodeId: '10', output: 0 }, to: { nodeId: '8', input: 'vae' } },
      ],
    });
  });

  it('loads the two text encoders of Flux for both texts', () => {
    const document = withInputs('4', { ckpt_name: 'flux1-dev-fp8.safetensors' });
    const proposal = fixFailure('ERROR: clip input is invalid: None', '6', document);
    expect(proposal?.ops).toEqual([
      {
        op: 'add_node',
        nodeId: '10',
        classType: 'DualCLIPLoader',
        widgets: {
          clip_name1: 'clip_l.safetensors',
          clip_name2: 't5xxl_fp8_e4m3fn.safetensors',
          type: 'flux',
        },
      },
      { op: 'connect', from: { nodeId: '10', output: 0 }, to: { nodeId: '6', input: 'clip' } },
      { op: 'connect', from: { nodeId: '10', output: 0 }, to: { nodeId: '7', input: 'clip' } },
    ]);
  });

  it('puts the empty latent of the model in the place of the other one', () => {
    expect(
      fixFailure(
        'expected input[1, 4, 64, 64] to have 16 channels, but got 4 channels instead',
        '3',
      )?.ops,
    ).toEqual([{ op: 'replace_node', nodeId: '5', classType: 'EmptySD3LatentImage' }]);
  });

  it('rounds the size to the grid', () => {
    const document = withInputs('5', { width: 1000, height: 520 });
    expect(
      fixFailure('The size of tensor a (65) must match the size of tensor b (64)', '3', document)
        ?.ops,
    ).toEqual([
      { op: 'set_widget', nodeId: '5', widget: 'width', value: 1024 },
      { op: 'set_widget', nodeId: '5', widget: 'height', value: 512 },
    ]);
  });

  it('changes nothing when the size is on the grid already', () => {
    expect(
      fixFailure('The size of tensor a (65) must match the size of tensor b (64)', '3'),
    ).toBeUndefined();
  });

  it('sets the text encoder up for the model', () => {
    const document = withNodes({
      '4': {
        class_type: 'UNETLoader',
        inputs: { unet_name: 'qwen_image_fp8_e4m3fn.safetensors', weight_dtype: 'fp8_e4m3fn' },
      },
      '10': {
        class_type: 'CLIPLoader',
        inputs: { clip_name: 'clip_l.safetensors', type: 'stable_diffusion' },
      },
    });
    expect(fixFailure('mat1 and mat2 shapes cannot be multiplied', '3', document)?.ops).toEqual([
      { op: 'set_widget', nodeId: '10', widget: 'type', value: 'qwen_image' },
    ]);
    expect(fixFailure("not implemented for 'Float8_e4m3fn'", '3', document)?.ops).toEqual([
      { op: 'set_widget', nodeId: '4', widget: 'weight_dtype', value: 'default' },
    ]);
  });

  it('runs without the LoRA that was made for another model', () => {
    const graph = stored('image-to-image-lora');
    const lora = viewWorkflow(graph, catalog).nodes.find(({ classType }) => /Lora/.test(classType));
    expect(fixFailure('size mismatch for lora_unet', lora?.id ?? '', graph)).toEqual({
      intent: `Run without ${lora?.title ?? ''}`,
      ops: [{ op: 'set_mode', nodeId: lora?.id, mode: 'bypassed' }],
    });
  });

  it('takes another file of the same family for a damaged one', () => {
    const document = withInputs('4', { ckpt_name: 'sd_xl_base_1.0.safetensors' });
    expect(
      fixFailure('Error while deserializing header: HeaderTooLarge', '4', document),
    ).toBeUndefined();
    const fifteen = withInputs('4', { ckpt_name: 'v1-5-pruned-emaonly.safetensors' });
    expect(
      fixFailure('ERROR: Could not detect model type of: /srv/x.safetensors', '4', fifteen)?.ops,
    ).toMatchObject([{ widget: 'ckpt_name', value: expect.stringMatching(/sd15|dreamshaper_8/) }]);
  });
});

describe('what ComfyUI turned down', () => {
  const refusal = (document: WorkflowDocument, problems: readonly object[] = []) =>
    proposeFixFor({
      error: appError('comfy/prompt-refused', {
        type: 'prompt_outputs_failed_validation',
        message: 'no',
        problems: problems as never,
      }),
      document,
      catalog,
    });

  it('mends everything it can in one change set', () => {
    const document = withNodes({
      '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'sdxl_base.safetensors' } },
      '3': {
        class_type: 'KSampler',
        inputs: {
          seed: 7,
          steps: 0,
          cfg: 500,
          sampler_name: 'euler_wrong',
          scheduler: 'normal',
          denoise: '',
          model: ['4', 0],
          positive: ['6', 0],
          negative: ['7', 0],
          latent_image: ['5', 0],
        },
      },
    });
    const ops = refusal(document)?.ops ?? [];
    expect(ops).toContainEqual({
      op: 'set_widget',
      nodeId: '4',
      widget: 'ckpt_name',
      value: 'sd_xl_base_1.0.safetensors',
    });
    expect(ops).toContainEqual({ op: 'set_widget', nodeId: '3', widget: 'steps', value: 1 });
    expect(ops).toContainEqual({ op: 'set_widget', nodeId: '3', widget: 'cfg', value: 100 });
    expect(ops).toContainEqual({
      op: 'set_widget',
      nodeId: '3',
      widget: 'sampler_name',
      value: 'euler',
    });
    expect(ops).toContainEqual({ op: 'set_widget', nodeId: '3', widget: 'denoise', value: 1 });
  });

  it('keeps the largest seed exact', () => {
    const document = withInputs('3', { seed: 18446744073709551616n });
    expect(refusal(document)?.ops).toEqual([
      { op: 'set_widget', nodeId: '3', widget: 'seed', value: 18446744073709551615n },
    ]);
  });

  it('connects what is not connected, from the output of that very type', () => {
    const { inputs } = textToImage['8'] as { readonly inputs: JsonObject };
    const document = withNodes({
      '8': { class_type: 'VAEDecode', inputs: { vae: inputs['vae'] ?? null } },
    });
    expect(refusal(document)?.ops).toEqual([
      { op: 'connect', from: { nodeId: '3', output: 0 }, to: { nodeId: '8', input: 'samples' } },
    ]);
  });

  it('puts the right kind of thing on a connection of the wrong kind', () => {
    const ops = refusal(withInputs('9', { images: ['4', 2] }))?.ops;
    expect(ops).toEqual([
      { op: 'connect', from: { nodeId: '8', output: 0 }, to: { nodeId: '9', input: 'images' } },
    ]);
  });

  it('mends a connection to a node that is gone', () => {
    expect(refusal(withInputs('8', { vae: ['99', 0] }))?.ops).toEqual([
      { op: 'connect', from: { nodeId: '4', output: 2 }, to: { nodeId: '8', input: 'vae' } },
    ]);
  });

  it('adds an output where there is none', () => {
    const document = withNodes({ '9': undefined });
    const error = appError('comfy/no-outputs', {});
    expect(proposeFixFor({ error, document, catalog })).toEqual({
      intent: expect.stringMatching(/^Save the picture of /),
      ops: [
        { op: 'add_node', nodeId: '9', classType: 'SaveImage' },
        { op: 'connect', from: { nodeId: '8', output: 0 }, to: { nodeId: '9', input: 'images' } },
      ],
    });
  });

  it('saves inside the output folder', () => {
    const document = withInputs('9', { filename_prefix: 'D:\\shots\\010\\..\\comp' });
    expect(
      fixFailure('Saving image outside the output folder is not allowed.', '9', document)?.ops,
    ).toEqual([{ op: 'set_widget', nodeId: '9', widget: 'filename_prefix', value: '010/comp' }]);
  });

  it('has nothing to offer for what the workflow is not to blame for', () => {
    expect(fixFailure('CUDA error: an illegal memory access was encountered', '3')).toBeUndefined();
    const error = appError('comfy/not-connected', {});
    expect(proposeFixFor({ error, document: apiDocument(), catalog })).toBeUndefined();
  });
});
