import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import {
  convertGraph,
  loadImage,
  saveImage,
} from '../../../../../tests/fixtures/convert-workflow.ts';
import type { GraphWire } from '../../../../../tests/fixtures/graph.ts';
import { IMAGE, OUT, blank, invert, withGroup } from '../../../../../tests/fixtures/group-node.ts';

const BLEND: JsonObject = {
  nodes: [
    blank(0),
    {
      type: 'ImageBlend',
      index: 1,
      inputs: [
        { name: 'image1', type: 'IMAGE', link: 1 },
        { name: 'image2', type: 'IMAGE', link: null },
      ],
      outputs: OUT,
      widgets_values: [0.1, 'normal'],
    },
  ],
  links: [[0, 0, 1, 0, 1, 'IMAGE']],
  external: [],
};

describe('an old group node', () => {
  const blend = { in: ['image2:IMAGE'], out: ['IMAGE'], values: [64, 32, 1, 255, 0.7, 'screen'] };
  const around = [loadImage(1), saveImage(20)];
  const wires: readonly GraphWire[] = [
    [1, 0, 30, 'image2'],
    [30, 0, 20, 'images'],
  ];

  it.each(['workflow>G', 'workflow/G'])('called %s is expanded with its own values', (type) => {
    const { payload, report } = withGroup(BLEND, { ...blend, type }, around, wires);
    expect(payload).toEqual({
      '1': expect.anything(),
      '20': {
        inputs: { filename_prefix: 'x', images: ['30:1', 0] },
        class_type: 'SaveImage',
        _meta: { title: 'Save Image' },
      },
      '30:0': {
        inputs: { width: 64, height: 32, batch_size: 1, color: 255 },
        class_type: 'EmptyImage',
        _meta: { title: 'EmptyImage' },
      },
      '30:1': {
        inputs: {
          image1: ['30:0', 0],
          image2: ['1', 0],
          blend_factor: 0.7,
          blend_mode: 'screen',
        },
        class_type: 'ImageBlend',
        _meta: { title: 'ImageBlend' },
      },
    });
    expect(report).toEqual([]);
  });

  it('keeps what its inner nodes store where it stores nothing itself', () => {
    const { inputs } = withGroup(BLEND, { ...blend, values: [64] }, around, wires);
    expect(inputs('30:0')).toEqual({ width: 64, height: 1, batch_size: 1, color: 0 });
    const { inputs: none } = withGroup(BLEND, { ...blend, values: null }, around, wires);
    expect(none('30:1')).toMatchObject({ blend_factor: 0.1, blend_mode: 'normal' });
  });

  it('is passed on and reported where the file does not hold its definition', () => {
    const { payload, report } = convertGraph([...around, { id: 30, type: 'workflow>Gone' }]);
    expect(payload['30']).toMatchObject({ class_type: 'workflow>Gone' });
    expect(report).toMatchObject([{ nodeId: '30', kind: 'guessed' }]);
  });

  it('that contains itself is left out, and so is what it would feed', () => {
    const endless = { nodes: [{ type: 'workflow>G', outputs: OUT }], links: [], external: [] };
    const { payload, report } = withGroup(
      endless,
      { out: ['IMAGE'] },
      [saveImage(20)],
      [[30, 0, 20, 'images']],
    );
    expect(payload).toEqual({
      '20': {
        inputs: { filename_prefix: 'x' },
        class_type: 'SaveImage',
        _meta: { title: 'Save Image' },
      },
    });
    expect(report).toMatchObject([
      {
        nodeId: '20',
        message: '“images” is linked to a wire that leads back to itself; it was left out.',
      },
      {
        nodeId: '30:0',
        message: 'This subgraph contains itself, so it has no end; it was left out.',
      },
    ]);
  });

  it('has holes and odd things among its nodes and links, which are passed over', () => {
    const group = {
      nodes: [null, invert(0), { inputs: [] }, invert(2)],
      links: [null, [null, 0, 0, 0], [0, null, 2, null, 5, 'IMAGE'], [0, 0, null, 0], 'x'],
      external: [null],
      config: { '0': null, '1': { input: 3 } },
    };
    const { payload } = withGroup(
      group,
      { in: ['image:IMAGE'] },
      [loadImage(1)],
      [[1, 0, 30, 'image']],
    );
    expect(Object.keys(payload)).toEqual(['1', '30:0', '30:2']);
    expect(payload['30:2']).toMatchObject({ inputs: { image: ['30:0', 0] } });
    expect(payload['30:0']).toMatchObject({ inputs: { image: ['1', 0] } });
  });
});

describe('the inputs of an old group node', () => {
  /** Which inner input the picture comes out at when it is wired to an outer input of that name. */
  const reached = (group: JsonObject, name: string): readonly string[] => {
    const wired = withGroup(group, { in: [`${name}:IMAGE`] }, [loadImage(1)], [[1, 0, 30, name]]);
    return Object.keys(wired.payload).filter(
      (id) => id !== '1' && JSON.stringify(wired.payload[id]).includes('["1",0]'),
    );
  };
  const three = (config: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
    nodes: [invert(0), invert(1, more), invert(2, more)],
    links: [],
    config,
  });

  it('that would be called the same have the title or the type before them, and a number', () => {
    expect(reached(three(), 'image')).toEqual(['30:0']);
    expect(reached(three(), 'ImageInvert image')).toEqual(['30:1']);
    expect(reached(three(), 'ImageInvert 1 image')).toEqual(['30:2']);
    const titled = three({}, { title: 'Turn' });
    expect(reached(titled, 'Turn image')).toEqual(['30:1']);
    expect(reached(titled, 'Turn 1 image')).toEqual(['30:2']);
    const four = { nodes: [...(three()['nodes'] as JsonObject[]), invert(3)], links: [] };
    expect(reached(four, 'ImageInvert 2 image')).toEqual(['30:3']);
  });

  it('are called as the artist called them, else as their label says', () => {
    const named = three({ '1': { input: { image: { name: 'plate' } } } });
    expect(reached(named, 'plate')).toEqual(['30:1']);
    const labelled = three({}, { inputs: [{ ...IMAGE, label: 'shot' }] });
    expect(reached(labelled, 'shot')).toEqual(['30:1']);
    const odd = three({ '1': { input: { image: { name: 7 } } } });
    expect(reached(odd, 'ImageInvert image')).toEqual(['30:1']);
  });

  it('that the artist hid are not there', () => {
    const hidden = three({ '0': { input: { image: { visible: false } } } });
    expect(reached(hidden, 'image')).toEqual(['30:1']);
    const shown = three({ '0': { input: { image: { visible: true } } } });
    expect(reached(shown, 'image')).toEqual(['30:0']);
  });

  it('that an inner wire feeds are not there', () => {
    const chain = { ...three(), links: [[0, 0, 1, 0, 1, 'IMAGE']] };
    expect(reached(chain, 'ImageInvert image')).toEqual(['30:2']);
  });

  it('name sockets before settings that were turned into sockets', () => {
    const setting = { name: 'image', type: 'IMAGE', link: null, widget: { name: 'image' } };
    const both = { type: 'Both', inputs: [setting, { ...IMAGE, label: 'image' }], outputs: [] };
    const wired = withGroup(
      { nodes: [both], links: [] },
      { in: ['image:IMAGE'] },
      [loadImage(1)],
      [[1, 0, 30, 'image']],
    );
    expect(wired.report).toMatchObject([{ nodeId: '30:0', kind: 'guessed' }]);
    const alone = {
      nodes: [
        {
          type: 'ImageBlur',
          inputs: [
            { name: 'sigma', type: 'FLOAT', link: null, widget: { name: 'sigma' }, label: 'in' },
            { ...IMAGE, label: 'in' },
          ],
          outputs: OUT,
        },
      ],
      links: [],
    };
    const { inputs } = withGroup(alone, { in: ['in:IMAGE'] }, [loadImage(1)], [[1, 0, 30, 'in']]);
    expect(inputs('30:0')).toMatchObject({ image: ['1', 0], sigma: 1 });
  });
});

describe('the outputs of an old group node', () => {
  /** What each of the first outputs leads to. */
  const outputs = (group: JsonObject, count = 3): readonly (JsonValue | undefined)[] => {
    const ids = Array.from({ length: count }, (_, at) => 40 + at);
    const { inputs } = withGroup(
      group,
      { out: ids.map(() => 'IMAGE') },
      ids.map((id) => saveImage(id)),
      ids.map((id, at): GraphWire => [30, at, id, 'images']),
    );
    return ids.map((id) => inputs(String(id))['images']);
  };
  const chain = (more: JsonObject = {}): JsonObject => ({
    nodes: [blank(0), invert(1), invert(2)],
    links: [
      [0, 0, 1, 0, 1, 'IMAGE'],
      [1, 0, 2, 0, 2, 'IMAGE'],
    ],
    ...more,
  });

  it('are those that no inner wire uses', () => {
    expect(outputs(chain())).toEqual([['30:2', 0], undefined, undefined]);
  });

  it('are those too that were wired outside, or that the artist shows, but none that is hidden', () => {
    expect(outputs(chain({ external: [[1, 0, 'IMAGE']] }))).toEqual([
      ['30:1', 0],
      ['30:2', 0],
      undefined,
    ]);
    expect(outputs(chain({ external: [['1', '0', 'IMAGE']] }), 1)).toEqual([['30:1', 0]]);
    expect(
      outputs(
        chain({
          external: [
            [1, 1, 'IMAGE'],
            [3, 0, 'IMAGE'],
          ],
        }),
        1,
      ),
    ).toEqual([['30:2', 0]]);
    const config = {
      '0': { output: { '0': { visible: true } } },
      '2': { output: { '0': { visible: false } } },
    };
    expect(outputs(chain({ config }))).toEqual([['30:0', 0], undefined, undefined]);
  });

  it('are counted by the class, or by the file where it has more', () => {
    const picture = { type: 'LoadImage', inputs: [], widgets_values: ['a.png'] };
    expect(outputs({ nodes: [picture, blank(1)], links: [] })).toEqual([
      ['30:0', 0],
      ['30:0', 1],
      ['30:1', 0],
    ]);
    const more = { ...picture, outputs: [...OUT, ...OUT, ...OUT] };
    expect(outputs({ nodes: [more], links: [] })).toEqual([
      ['30:0', 0],
      ['30:0', 1],
      ['30:0', 2],
    ]);
  });
});
