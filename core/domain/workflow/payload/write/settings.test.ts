import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../../base/json.ts';
import {
  catalogOf,
  convert,
  convertGraph,
  loadImage,
} from '../../../../../tests/fixtures/convert-workflow.ts';
import { graph } from '../../../../../tests/fixtures/graph.ts';

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

  it('numbers the rows of a Power Lora Loader and keeps each as it is stored', () => {
    const row = (lora: string | null) => ({ on: true, lora, strength: 0.5 });
    const values = [{}, null, row('a.safetensors'), 'text', row(null), row('b.safetensors')];
    const { inputs } = convertGraph([
      { id: 1, type: 'Power Lora Loader (rgthree)', values },
      { id: 2, type: 'Another Loader', values },
      { id: 3, type: 'Power Lora Loader (rgthree)' },
    ]);
    expect(inputs('1')).toEqual({ lora_1: row('a.safetensors'), lora_2: row('b.safetensors') });
    expect(inputs('2')).toEqual({});
    expect(inputs('3')).toEqual({});
  });

  it('wraps a list behind other settings of the same node, and sends objects as they are', () => {
    const catalog = catalogOf({
      Curve: { input: { required: { points: ['STRING', {}], more: ['STRING', {}] } } },
    });
    const root = graph([{ id: 1, type: 'Curve', values: [{ a: [1] }, []] }]);
    expect(convert(root, catalog).inputs('1')).toEqual({
      points: { a: [1] },
      more: { __value__: [] },
    });
  });
});
