import { describe, expect, it } from 'vitest';
import { type JsonObject, type JsonValue, isJsonObject } from '../../base/json.ts';
import { coreCatalog } from '../../../tests/fixtures/edit-workflows.ts';
import { type GraphNode, type GraphWire, graph } from '../../../tests/fixtures/graph.ts';
import { createNodeCatalog } from './create-catalog.ts';
import type { NodeCatalog } from './catalog.ts';
import { workflowFromJson } from './parse-workflow.ts';
import { type PayloadMoment, toExecutionPayload } from './to-execution-payload.ts';

const core = coreCatalog();

function convert(root: JsonValue, catalog: NodeCatalog = core, moment: PayloadMoment = {}) {
  const document = workflowFromJson(root);
  if (!document.ok) throw new Error(document.error.code);
  const made = toExecutionPayload(document.value, catalog, moment);
  if (!made.ok) throw new Error(made.error.code);
  const inputs = (id: string): JsonObject => {
    const node = made.value.payload[id];
    const found = isJsonObject(node) ? node['inputs'] : undefined;
    if (!isJsonObject(found)) throw new Error(`no node ${id}`);
    return found;
  };
  return { payload: made.value.payload, report: made.value.report, inputs };
}

const convertGraph = (nodes: readonly GraphNode[], wires: readonly GraphWire[] = [], rest = {}) =>
  convert(graph(nodes, wires, rest));

const catalogOf = (classes: JsonObject): NodeCatalog => createNodeCatalog(classes);

const loadImage = (id: number, name = 'a.png'): GraphNode => ({
  id,
  type: 'LoadImage',
  out: ['IMAGE', 'MASK'],
  values: [name, 'image'],
});
const saveImage = (id: number, prefix = 'x'): GraphNode => ({
  id,
  type: 'SaveImage',
  in: ['images:IMAGE'],
  values: [prefix],
});

describe('settings', () => {
  it.each([['randomize'], [true], [false], [null]])(
    'leaves the control value %s behind a seed out',
    (control) => {
      const { inputs } = convertGraph([
        { id: 1, type: 'KSampler', values: [5, control, 20, 8, 'euler', 'normal', 1] },
      ]);
      expect(inputs('1')).toEqual({
        seed: 5,
        steps: 20,
        cfg: 8,
        sampler_name: 'euler',
        scheduler: 'normal',
        denoise: 1,
      });
    },
  );

  it('reads on without a control value where a file has none, and says so', () => {
    const { inputs, report } = convertGraph([
      { id: 1, type: 'KSampler', values: [5, 20, 8, 'euler', 'normal', 1] },
    ]);
    expect(inputs('1')).toMatchObject({ seed: 5, steps: 20, denoise: 1 });
    expect(report).toMatchObject([{ nodeId: '1', kind: 'guessed' }]);
  });

  it('keeps seeds beyond 2^53 exact', () => {
    const seed = 18446744073709551615n;
    const { inputs } = convertGraph([
      { id: 1, type: 'KSampler', values: [seed, 'fixed', 20, 8, 'euler', 'normal', 1] },
    ]);
    expect(inputs('1')['seed']).toBe(seed);
  });

  it('leaves upload buttons out, also behind a second setting', () => {
    const { inputs } = convertGraph([
      loadImage(1),
      { id: 2, type: 'LoadImageMask', values: ['a.png', 'red', 'image'] },
    ]);
    expect(inputs('1')).toEqual({ image: 'a.png' });
    expect(inputs('2')).toEqual({ image: 'a.png', channel: 'red' });
  });

  it('sends an empty value as it is stored', () => {
    const { inputs } = convertGraph([
      { id: 1, type: 'EmptyLatentImage', values: [null, 64, null] },
    ]);
    expect(inputs('1')).toEqual({ width: null, height: 64, batch_size: null });
  });

  it.each([
    ['in no order: behind the required settings', {}, ['plate.png', 4, 'image', 'tail']],
    [
      'in an order: last',
      { input_order: { required: ['image', 'count'] } },
      ['plate.png', 4, 'tail', 'image'],
    ],
  ])('finds the upload button of a class that the server gives %s', (_, order, values) => {
    const required = { image: [['plate.png'], { image_upload: true }], count: ['INT', {}] };
    const catalog = catalogOf({
      Upload: { input: { required, optional: { note: ['STRING', {}] } }, ...order },
    });
    const { inputs } = convert(graph([{ id: 1, type: 'Upload', values }]), catalog);
    expect(inputs('1')).toEqual({ image: 'plate.png', count: 4, note: 'tail' });
  });

  it('leaves the buttons of a 3D loader out', () => {
    const buttons = ['upload3dmodel', 'uploadExtraResources', 'clear'];
    const size = { width: ['INT', {}], height: ['INT', {}] };
    const catalog = catalogOf({
      Load3D: {
        input: { required: { model_file: ['STRING', {}], image: ['LOAD_3D', {}], ...size } },
      },
    });
    const nodes = [
      { id: 1, type: 'Load3D', values: ['toy.glb', ...buttons, '', 640, 480] },
      { id: 2, type: 'Load3D', values: ['toy.glb', '', 640, 480] },
    ];
    const { inputs } = convert(graph(nodes), catalog);
    expect(inputs('1')).toEqual({ model_file: 'toy.glb', width: 640, height: 480 });
    expect(inputs('2')).toEqual({ model_file: 'toy.glb', width: 640, height: 480 });
  });

  it('gives settings that the file does not store their defaults', () => {
    const { inputs } = convertGraph([{ id: 1, type: 'EmptyLatentImage', values: [640] }]);
    expect(inputs('1')).toEqual({ width: 640, height: 512, batch_size: 1 });
  });

  it('takes values by name from an object and drops what only draws', () => {
    const catalog = catalogOf({
      VHS_VideoCombine: {
        input: {
          required: { images: ['IMAGE'], frame_rate: ['FLOAT', { default: 8 }] },
          optional: {},
        },
        output_node: true,
      },
    });
    const { inputs } = convert(
      graph([
        {
          id: 1,
          type: 'VHS_VideoCombine',
          values: { frame_rate: 24, crf: 19, videopreview: { hidden: false } },
        },
      ]),
      catalog,
    );
    expect(inputs('1')).toEqual({ frame_rate: 24, crf: 19 });
  });

  it('drops the dummy values that old files keep for inputs which are sockets', () => {
    const catalog = catalogOf({
      Old: {
        input: {
          required: {
            text: ['STRING', { forceInput: true }],
            steps: ['INT', {}],
            seed: ['INT', { control_after_generate: true }],
          },
        },
      },
    });
    const old = (values: JsonValue) => convert(graph([{ id: 1, type: 'Old', values }]), catalog);
    expect(old(['dummy', 7, 3, 'fixed']).inputs('1')).toEqual({ steps: 7, seed: 3 });
    expect(old([7, 3, 'fixed']).inputs('1')).toEqual({ steps: 7, seed: 3 });
  });

  it('believes values stored by name and says where they disagree', () => {
    const { inputs, report } = convertGraph([
      {
        id: 1,
        type: 'EmptyLatentImage',
        values: [512, 512, 1],
        extra: { widgets_values_named: { width: 768, height: 512, batch_size: 1 } },
      },
    ]);
    expect(inputs('1')['width']).toBe(768);
    expect(report).toMatchObject([{ kind: 'guessed' }]);
  });

  it('wraps a list so that the server does not read it as a link', () => {
    const catalog = catalogOf({ Curve: { input: { required: { points: ['STRING', {}] } } } });
    const { inputs } = convert(graph([{ id: 1, type: 'Curve', values: [[0.1, 0.2]] }]), catalog);
    expect(inputs('1')).toEqual({ points: { __value__: [0.1, 0.2] } });
  });

  it('names the settings that a dynamic choice brings, and rows of a growing group', () => {
    const catalog = catalogOf({
      Resize: {
        input: {
          required: {
            mode: [
              'COMFY_DYNAMICCOMBO_V3',
              {
                options: [
                  { key: 'factor', inputs: { required: { by: ['FLOAT', { default: 2 }] } } },
                  {
                    key: 'size',
                    inputs: { required: { width: ['INT', {}], height: ['INT', {}] } },
                  },
                ],
              },
            ],
            images: ['COMFY_AUTOGROW_V3', { template: { input: { required: { i: ['IMAGE'] } } } }],
            sharp: ['BOOLEAN', {}],
          },
        },
      },
      Source: { input: {}, output: ['IMAGE'] },
    });
    const { inputs } = convert(
      graph(
        [
          { id: 1, type: 'Source', out: ['IMAGE'] },
          {
            id: 2,
            type: 'Resize',
            in: ['images.image0:IMAGE', 'images.image1:IMAGE'],
            values: ['size', 640, 480, true],
          },
        ],
        [
          [1, 0, 2, 'images.image0'],
          [1, 0, 2, 'images.image1'],
        ],
      ),
      catalog,
    );
    expect(inputs('2')).toEqual({
      mode: 'size',
      'mode.width': 640,
      'mode.height': 480,
      sharp: true,
      'images.image0': ['1', 0],
      'images.image1': ['1', 0],
    });
  });

  it('passes a node of an unknown kind on without guessing names', () => {
    const { payload, report } = convertGraph(
      [loadImage(1), { id: 2, type: 'NoSuchNode', in: ['picture:IMAGE'], values: [1, 2] }],
      [[1, 0, 2, 'picture']],
    );
    expect(payload['2']).toMatchObject({ class_type: 'NoSuchNode', inputs: { picture: ['1', 0] } });
    expect(report.filter((note) => note.nodeId === '2').map((note) => note.kind)).toContain(
      'guessed',
    );
  });

  it('takes comments out of a text, picks from braces and fills file names', () => {
    const nodes: readonly GraphNode[] = [
      {
        id: 1,
        type: 'CLIPTextEncode',
        values: ['a {red|blue} fox // later\n\\{kept\\} /* no */end'],
      },
      {
        id: 2,
        type: 'KSampler',
        title: 'Main/One',
        values: [7, 'fixed', 9, 8, 'euler', 'normal', 1],
      },
      saveImage(3, '%date:yyyy-MM-dd%/%Main/One.seed%_%width%'),
    ];
    const now = { year: 2026, month: 3, day: 9, hour: 1, minute: 2, second: 3 };
    const { inputs } = convert(graph(nodes), core, { now, pick: () => 1 });
    expect(inputs('1')['text']).toBe('a blue fox \n{kept} end');
    expect(inputs('3')['filename_prefix']).toBe('2026-03-09/7_%width%');
    const plain = convert(graph(nodes));
    expect(plain.inputs('3')['filename_prefix']).toBe('%date:yyyy-MM-dd%/7_%width%');
    expect(plain.report.map((note) => note.kind)).toEqual(['guessed', 'left-out']);
  });
});

describe('links', () => {
  it('lets a link win over the stored value of a setting turned into a socket', () => {
    const { inputs } = convertGraph(
      [
        { id: 1, type: 'PrimitiveInt', out: ['INT'], values: [9, 'fixed'] },
        {
          id: 2,
          type: 'KSampler',
          in: ['seed:INT:widget'],
          values: [5, 'randomize', 20, 8, 'euler', 'normal', 1],
        },
      ],
      [[1, 0, 2, 'seed']],
    );
    expect(inputs('2')).toMatchObject({ seed: ['1', 0], steps: 20, denoise: 1 });
  });

  it('copies a primitive’s value into every setting it feeds', () => {
    const { inputs, payload } = convertGraph(
      [
        { id: 1, type: 'PrimitiveNode', out: ['INT'], values: [77, 'fixed'] },
        { id: 2, type: 'EmptyLatentImage', in: ['width:INT:widget'], values: [1, 2, 3] },
        { id: 3, type: 'EmptyImage', in: ['height:INT:widget'], values: [1, 2, 3, 0] },
      ],
      [
        [1, 0, 2, 'width'],
        [1, 0, 3, 'height'],
      ],
    );
    expect(Object.keys(payload)).toEqual(['2', '3']);
    expect(inputs('2')).toMatchObject({ width: 77, height: 2 });
    expect(inputs('3')).toMatchObject({ width: 1, height: 77 });
  });

  it('follows chains of reroutes and get/set pairs', () => {
    const { inputs, payload } = convertGraph(
      [
        loadImage(1),
        { id: 2, type: 'Reroute', in: [':*'], out: ['*'] },
        { id: 3, type: 'Reroute', in: [':*'], out: ['*'] },
        { id: 4, type: 'SetNode', in: ['IMAGE:IMAGE'], out: ['*'], values: ['plate'] },
        { id: 5, type: 'GetNode', out: ['IMAGE'], values: ['plate'] },
        saveImage(6),
      ],
      [
        [1, 0, 2, ''],
        [2, 0, 3, ''],
        [3, 0, 4, 'IMAGE'],
        [5, 0, 6, 'images'],
      ],
    );
    expect(Object.keys(payload)).toEqual(['1', '6']);
    expect(inputs('6')['images']).toEqual(['1', 0]);
  });

  it('passes MODEL to MODEL and CLIP to CLIP through a bypassed LoRA', () => {
    const { inputs, payload } = convertGraph(
      [
        { id: 1, type: 'CheckpointLoaderSimple', out: ['MODEL', 'CLIP', 'VAE'], values: ['a'] },
        {
          id: 2,
          type: 'LoraLoader',
          mode: 4,
          in: ['model:MODEL', 'clip:CLIP'],
          out: ['MODEL', 'CLIP'],
          values: ['l', 1, 1],
        },
        { id: 3, type: 'CLIPTextEncode', in: ['clip:CLIP'], values: ['t'] },
        { id: 4, type: 'KSampler', in: ['model:MODEL'] },
      ],
      [
        [1, 0, 2, 'model'],
        [1, 1, 2, 'clip'],
        [2, 1, 3, 'clip'],
        [2, 0, 4, 'model'],
      ],
    );
    expect(payload['2']).toBeUndefined();
    expect(inputs('3')['clip']).toEqual(['1', 1]);
    expect(inputs('4')['model']).toEqual(['1', 0]);
  });

  it('finds a bypassed node’s input by exact type when the same position does not fit', () => {
    const { inputs } = convertGraph(
      [
        loadImage(1),
        {
          id: 2,
          type: 'Mixer',
          mode: 4,
          in: ['image:IMAGE', 'mask:MASK'],
          out: ['MASK'],
        },
        { id: 3, type: 'InvertMask', in: ['mask:MASK'], out: ['MASK'] },
      ],
      [
        [1, 0, 2, 'image'],
        [1, 1, 2, 'mask'],
        [2, 0, 3, 'mask'],
      ],
    );
    expect(inputs('3')['mask']).toEqual(['1', 1]);
  });

  it('drops an input behind a bypassed node that has nothing that fits, and says so', () => {
    const { inputs, report } = convertGraph(
      [
        { id: 1, type: 'EmptyLatentImage', out: ['LATENT'], values: [8, 8, 1] },
        { id: 2, type: 'VAEDecode', mode: 4, in: ['samples:LATENT', 'vae:VAE'], out: ['IMAGE'] },
        saveImage(3),
      ],
      [
        [1, 0, 2, 'samples'],
        [2, 0, 3, 'images'],
      ],
    );
    expect(inputs('3')).toEqual({ filename_prefix: 'x' });
    expect(report).toMatchObject([{ nodeId: '3', input: 'images', kind: 'left-out' }]);
  });

  it('leaves out a wire to a setting that the class no longer has, and says so', () => {
    const { inputs, report } = convertGraph(
      [
        { id: 1, type: 'PrimitiveInt', out: ['INT'], values: [5, 'fixed'] },
        { id: 2, type: 'EmptyLatentImage', in: ['depth:INT:depth'], values: [64, 64, 1] },
      ],
      [[1, 0, 2, 'depth']],
    );
    expect(inputs('2')).toEqual({ width: 64, height: 64, batch_size: 1 });
    expect(report).toMatchObject([{ nodeId: '2', kind: 'left-out', input: 'depth' }]);
  });

  it('takes a setting’s own value with the wire from a muted node', () => {
    const { inputs, report } = convertGraph(
      [
        { id: 1, type: 'PrimitiveInt', out: ['INT'], values: [5, 'fixed'], mode: 2 },
        { id: 2, type: 'EmptyLatentImage', in: ['width:INT:width'], values: [64, 64, 1] },
      ],
      [[1, 0, 2, 'width']],
    );
    expect(inputs('2')).toEqual({ height: 64, batch_size: 1 });
    expect(report).toMatchObject([{ nodeId: '2', kind: 'left-out', input: 'width' }]);
  });

  it('keeps a setting’s own value where a bypassed node has nothing to pass on', () => {
    const { inputs } = convertGraph(
      [
        { id: 1, type: 'GetImageSize', in: ['image:IMAGE'], out: ['INT', 'INT', 'INT'], mode: 4 },
        { id: 2, type: 'EmptyLatentImage', in: ['width:INT:width'], values: [64, 64, 1] },
      ],
      [[1, 0, 2, 'width']],
    );
    expect(inputs('2')).toEqual({ width: 64, height: 64, batch_size: 1 });
  });

  it('follows a reroute whether it is muted or not', () => {
    const { inputs } = convertGraph(
      [loadImage(1), { id: 2, type: 'Reroute', in: [':*'], out: ['*'], mode: 2 }, saveImage(3)],
      [
        [1, 0, 2, ''],
        [2, 0, 3, 'images'],
      ],
    );
    expect(inputs('3')['images']).toEqual(['1', 0]);
  });

  it('drops inputs fed by a muted node', () => {
    const { inputs, payload } = convertGraph(
      [{ ...loadImage(1), mode: 2 }, saveImage(2)],
      [[1, 0, 2, 'images']],
    );
    expect(payload['1']).toBeUndefined();
    expect(inputs('2')).toEqual({ filename_prefix: 'x' });
  });

  it('reads holes, slots as text, text ids, id 0 and negative ids', () => {
    const root = {
      nodes: [
        { id: 0, type: 'LoadImage', outputs: [], widgets_values: ['a.png', 'image'] },
        { id: -3, type: 'ImageInvert', inputs: [{ name: 'image', type: 'IMAGE', link: 1 }] },
        { id: 'out', type: 'SaveImage', inputs: [{ name: 'images', type: 'IMAGE', link: 2 }] },
      ],
      links: [null, [1, 0, '0', -3, '0', 'IMAGE'], [2, -3, '0', 'out', 0, 'IMAGE'], null],
    };
    const { inputs } = convert(root);
    expect(inputs('-3')['image']).toEqual(['0', 0]);
    expect(inputs('out')['images']).toEqual(['-3', 0]);
  });

  it('reports links that are not in the file and does not follow circles of reroutes for ever', () => {
    const { inputs, report } = convertGraph(
      [
        { id: 1, type: 'Reroute', in: [':*'], out: ['*'] },
        saveImage(2),
        { ...saveImage(3), extra: { inputs: [{ name: 'images', type: 'IMAGE', link: 99 }] } },
      ],
      [
        [1, 0, 1, ''],
        [1, 0, 2, 'images'],
      ],
    );
    expect(inputs('2')['images']).toBeUndefined();
    expect(report.map((note) => note.nodeId)).toEqual(['2', '3']);
  });

  it('follows a chain of reroutes however long it is', () => {
    const count = 20_000;
    const reroutes = Array.from({ length: count }, (_, index): JsonObject => ({
      id: index + 2,
      type: 'Reroute',
      inputs: [{ name: '', type: '*', link: index + 1 }],
    }));
    const links = Array.from({ length: count + 1 }, (_, index) => [
      index + 1,
      index + 1,
      0,
      index + 2,
      0,
      '*',
    ]);
    const image = { id: 1, type: 'LoadImage', widgets_values: ['a.png'] };
    const save = {
      id: count + 2,
      type: 'SaveImage',
      inputs: [{ name: 'images', type: 'IMAGE', link: count + 1 }],
    };
    const { inputs } = convert({ nodes: [image, ...reroutes, save], links });
    expect(inputs(String(count + 2))['images']).toEqual(['1', 0]);
  });

  it('refuses a workflow of notes with a sentence', () => {
    const document = workflowFromJson(graph([{ id: 1, type: 'Note', values: ['hello'] }]));
    const made = document.ok ? toExecutionPayload(document.value, core) : document;
    expect(made.ok).toBe(false);
    expect(!made.ok && made.error.code).toBe('workflow/not-convertible');
  });

  it('gives an API-format workflow back as it is', () => {
    const root = { '3': { class_type: 'SaveImage', inputs: {}, is_changed: [1] } };
    expect(convert(root).payload).toBe(root);
  });
});
