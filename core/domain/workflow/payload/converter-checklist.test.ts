import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../base/json.ts';
import {
  convert,
  convertGraph,
  loadImage,
  saveImage,
} from '../../../../tests/fixtures/convert-workflow.ts';
import { type GraphNode, graph } from '../../../../tests/fixtures/graph.ts';
import { createNodeCatalog } from '../create-catalog.ts';

const SETTINGS = {
  seed: 5,
  steps: 20,
  cfg: 8,
  sampler_name: 'euler',
  scheduler: 'normal',
  denoise: 1,
};
const STORED = [5, 'randomize', 20, 8, 'euler', 'normal', 1];
const picture = loadImage(1);
const save = (id = 9): GraphNode => saveImage(id);
const checkpoint: GraphNode = {
  id: 1,
  type: 'CheckpointLoaderSimple',
  out: ['MODEL', 'CLIP', 'VAE'],
  values: ['a.safetensors'],
};
const lora: GraphNode = {
  id: 2,
  type: 'LoraLoader',
  in: ['model:MODEL', 'clip:CLIP'],
  out: ['MODEL', 'CLIP'],
  values: ['l.safetensors', 1, 1],
};

describe('where converters go wrong (rows 1 to 11 of the domain reference §1.13)', () => {
  it('row 1: a KSampler’s control word is gone and its six settings are right', () => {
    expect(convertGraph([{ id: 1, type: 'KSampler', values: STORED }]).inputs('1')).toEqual(
      SETTINGS,
    );
  });

  it('row 2: LoadImage’s upload button is not a setting', () => {
    expect(convertGraph([picture]).inputs('1')).toEqual({ image: 'a.png' });
  });

  it('row 3: a seed turned into a socket is fed by its wire; the stored places stay', () => {
    const { inputs } = convertGraph(
      [
        { id: 1, type: 'PrimitiveInt', out: ['INT'], values: [77, 'fixed'] },
        { id: 2, type: 'KSampler', in: ['seed:INT:seed'], values: STORED },
      ],
      [[1, 0, 2, 'seed']],
    );
    expect(inputs('2')).toEqual({ ...SETTINGS, seed: ['1', 0] });
  });

  it('row 4: dummy values of inputs that must be wired go by the length rule', () => {
    const catalog = createNodeCatalog({
      Old: { input: { required: { text: ['STRING', { forceInput: true }], steps: ['INT', {}] } } },
    });
    const of = (values: JsonValue) => convert(graph([{ id: 1, type: 'Old', values }]), catalog);
    expect(of(['dummy', 7]).inputs('1')).toEqual({ steps: 7 });
    expect(of([7]).inputs('1')).toEqual({ steps: 7 });
  });

  it('row 5: values stored by name are taken and the preview is dropped', () => {
    const catalog = createNodeCatalog({
      VHS_VideoCombine: { input: { required: { frame_rate: ['FLOAT', {}] } }, output_node: true },
    });
    const values = { frame_rate: 24, crf: 19, videopreview: { hidden: false } };
    const { inputs } = convert(graph([{ id: 1, type: 'VHS_VideoCombine', values }]), catalog);
    expect(inputs('1')).toEqual({ frame_rate: 24, crf: 19 });
  });

  it('row 6: a bypassed LoRA hands MODEL to MODEL and CLIP to CLIP', () => {
    const { inputs } = convertGraph(
      [
        checkpoint,
        { ...lora, mode: 4 },
        { id: 3, type: 'CLIPTextEncode', in: ['clip:CLIP'], out: ['CONDITIONING'], values: ['t'] },
        { id: 4, type: 'KSampler', in: ['model:MODEL'], values: STORED },
      ],
      [
        [1, 0, 2, 'model'],
        [1, 1, 2, 'clip'],
        [2, 1, 3, 'clip'],
        [2, 0, 4, 'model'],
      ],
    );
    expect(inputs('3')['clip']).toEqual(['1', 1]);
    expect(inputs('4')['model']).toEqual(['1', 0]);
  });

  it('row 7: a bypassed IMAGE, MASK → MASK hands its mask on, not its first input', () => {
    const catalog = createNodeCatalog({
      Matte: { input: { required: { image: ['IMAGE'], mask: ['MASK'] } }, output: ['MASK'] },
      LoadImage: { input: { required: { image: ['STRING', {}] } }, output: ['IMAGE', 'MASK'] },
      MaskToImage: { input: { required: { mask: ['MASK'] } }, output: ['IMAGE'] },
    });
    const { inputs } = convert(
      graph(
        [
          picture,
          { id: 2, type: 'Matte', in: ['image:IMAGE', 'mask:MASK'], out: ['MASK'], mode: 4 },
          { id: 3, type: 'MaskToImage', in: ['mask:MASK'], out: ['IMAGE'] },
        ],
        [
          [1, 0, 2, 'image'],
          [1, 1, 2, 'mask'],
          [2, 0, 3, 'mask'],
        ],
      ),
      catalog,
    );
    expect(inputs('3')['mask']).toEqual(['1', 1]);
  });

  it('row 8: nothing fits through a bypassed decoder, and that is said', () => {
    const { inputs, report } = convertGraph(
      [
        checkpoint,
        { id: 2, type: 'EmptyLatentImage', out: ['LATENT'], values: [64, 64, 1] },
        { id: 3, type: 'VAEDecode', in: ['samples:LATENT', 'vae:VAE'], out: ['IMAGE'], mode: 4 },
        save(),
      ],
      [
        [2, 0, 3, 'samples'],
        [1, 2, 3, 'vae'],
        [3, 0, 9, 'images'],
      ],
    );
    expect(inputs('9')).toEqual({ filename_prefix: 'x' });
    expect(report).toContainEqual(expect.objectContaining({ nodeId: '9', kind: 'left-out' }));
  });

  it('row 9: a muted node in front of an optional input takes nothing else with it', () => {
    const { inputs, report } = convertGraph(
      [
        { id: 1, type: 'VAELoader', out: ['VAE'], values: ['v.safetensors'], mode: 2 },
        { id: 2, type: 'ControlNetApplyAdvanced', in: ['vae:VAE'], values: [1, 0, 1] },
      ],
      [[1, 0, 2, 'vae']],
    );
    expect(inputs('2')).toEqual({ strength: 1, start_percent: 0, end_percent: 1 });
    expect(report).toContainEqual(expect.objectContaining({ nodeId: '2', input: 'vae' }));
  });

  it('row 10: a chain of untyped reroutes leads to its origin', () => {
    const hop = (id: number): GraphNode => ({ id, type: 'Reroute', in: [':*'], out: ['*'] });
    const { inputs } = convertGraph(
      [picture, hop(2), hop(3), save()],
      [
        [1, 0, 2, ''],
        [2, 0, 3, ''],
        [3, 0, 9, 'images'],
      ],
    );
    expect(inputs('9')['images']).toEqual(['1', 0]);
  });

  it('row 11: a primitive’s value goes to the seed and to both choices that it feeds', () => {
    const { inputs } = convertGraph(
      [
        { id: 1, type: 'PrimitiveNode', out: ['INT'], values: [77, 'fixed'] },
        { id: 2, type: 'PrimitiveNode', out: ['COMBO'], values: ['dpmpp_2m', 'fixed', ''] },
        {
          id: 3,
          type: 'KSampler',
          in: ['seed:INT:seed', 'sampler_name:COMBO:sampler_name'],
          values: STORED,
        },
        { id: 4, type: 'KSampler', in: ['sampler_name:COMBO:sampler_name'], values: STORED },
      ],
      [
        [1, 0, 3, 'seed'],
        [2, 0, 3, 'sampler_name'],
        [2, 0, 4, 'sampler_name'],
      ],
    );
    expect(inputs('3')).toMatchObject({ seed: 77, sampler_name: 'dpmpp_2m' });
    expect(inputs('4')).toMatchObject({ seed: 5, sampler_name: 'dpmpp_2m' });
  });
});
