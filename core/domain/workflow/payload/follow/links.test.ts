import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../base/json.ts';
import {
  convert,
  convertGraph,
  loadImage,
  saveImage,
} from '../../../../../tests/fixtures/convert-workflow.ts';

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
});
