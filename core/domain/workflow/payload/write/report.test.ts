import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import {
  catalogOf,
  convert,
  convertGraph,
  loadImage,
  saveImage,
} from '../../../../../tests/fixtures/convert-workflow.ts';
import { type GraphNode, type GraphWire, graph } from '../../../../../tests/fixtures/graph.ts';

const about = (
  nodeId: string,
  nodeTitle: string,
  kind: string,
  message: string,
  input?: string,
) => ({
  nodeId,
  nodeTitle,
  kind,
  message,
  ...(input === undefined ? {} : { input }),
});

describe('a wire that leads to nothing is reported with why', () => {
  const open = 'a wire that leads to nothing';
  const primitive: GraphNode = { id: 1, type: 'PrimitiveNode', out: ['IMAGE'], values: ['x'] };
  it.each<[string, readonly GraphNode[], readonly GraphWire[], string]>([
    ['a muted node', [{ ...loadImage(1), mode: 2 }], [], 'a muted node'],
    ['a node that is not there', [], [], 'something that is not in the file'],
    [
      'a subgraph’s input outside of one',
      [],
      [[-10, 0, 9, 'images']],
      'something that is not in the file',
    ],
    [
      'reroutes in a circle',
      [
        { id: 1, type: 'Reroute', in: [':*'], out: ['*'] },
        { id: 2, type: 'Reroute', in: [':*'], out: ['*'] },
        { id: 3, type: 'Reroute', in: [':*'], out: ['*'] },
      ],
      [
        [1, 0, 9, 'images'],
        [2, 0, 1, ''],
        [3, 0, 2, ''],
        [2, 0, 3, ''],
      ],
      'a wire that leads back to itself',
    ],
    [
      'a reroute that nothing feeds',
      [{ id: 1, type: 'Reroute', in: [':*'], out: ['*'] }],
      [],
      open,
    ],
    ['a name that nobody sends under', [{ id: 1, type: 'GetNode', values: ['bus'] }], [], open],
    ['a primitive without a value', [{ ...primitive, values: [] }], [], open],
    ['a primitive on a socket', [primitive], [], open],
    ['a node of the page’s only', [{ id: 1, type: 'Bookmark (rgthree)' }], [], open],
    [
      'a bypassed node that nothing feeds',
      [{ id: 1, type: 'Any', mode: 4, in: ['a:IMAGE'], out: ['IMAGE'] }],
      [],
      open,
    ],
    [
      'a bypassed node of other types',
      [{ id: 1, type: 'Any', mode: 4, in: ['a:MASK'], out: ['IMAGE'] }],
      [],
      'a bypassed node that has nothing suitable to pass on',
    ],
  ])('%s', (_, nodes, wires, why) => {
    const all = wires.length > 0 ? wires : [[1, 0, 9, 'images'] as const];
    const { inputs, report } = convertGraph([...nodes, saveImage(9)], all);
    expect(inputs('9')).toEqual({ filename_prefix: 'x' });
    expect(report).toEqual([
      about(
        '9',
        'Save Image',
        'left-out',
        `“images” is linked to ${why}; it was left out.`,
        'images',
      ),
    ]);
  });

  it('a link that is not in the file', () => {
    const input = { name: 'images', type: 'IMAGE', link: 99 };
    const { report } = convertGraph([{ ...saveImage(9), extra: { inputs: [input] } }]);
    expect(report).toEqual([
      about(
        '9',
        'Save Image',
        'left-out',
        '“images” is linked to something that is not in the file; it was left out.',
        'images',
      ),
    ]);
  });

  it.each<[string, JsonValue]>([
    ['its target', [1, 1, 0, null, 0, 'IMAGE']],
    ['its origin', [1, null, 0, 9, 0, 'IMAGE']],
    ['its own id', [null, 1, 0, 9, 0, 'IMAGE']],
    ['its target, as an object', { id: 1, origin_id: 1, origin_slot: 0, target_slot: 0 }],
  ])('a link that misses %s', (_, link) => {
    const root = graph([loadImage(1), saveImage(9)], [[1, 0, 9, 'images']]);
    const { inputs, report } = convert({ ...root, links: [link] });
    expect(inputs('9')).toEqual({ filename_prefix: 'x' });
    expect(report.map(({ message }) => message)).toEqual([
      '“images” is linked to something that is not in the file; it was left out.',
    ]);
  });

  it('a setting keeps its own value, but for a muted node, which takes it away', () => {
    const size = (id: number): GraphNode => ({
      id,
      type: 'EmptyLatentImage',
      in: ['width:INT:width'],
      values: [64, 32, 1],
    });
    const { inputs, report } = convertGraph(
      [
        { id: 1, type: 'Reroute', in: [':*'], out: ['*'] },
        { id: 2, type: 'PrimitiveInt', out: ['INT'], values: [5, 'fixed'], mode: 2 },
        size(3),
        size(4),
      ],
      [
        [1, 0, 3, 'width'],
        [2, 0, 4, 'width'],
      ],
    );
    expect(inputs('3')).toEqual({ width: 64, height: 32, batch_size: 1 });
    expect(inputs('4')).toEqual({ height: 32, batch_size: 1 });
    const title = 'Empty Latent Image';
    expect(report).toEqual([
      about(
        '3',
        title,
        'left-out',
        '“width” is linked to a wire that leads to nothing; its own value was used.',
        'width',
      ),
      about('4', title, 'left-out', '“width” is linked to a muted node; it was left out.', 'width'),
    ]);
  });
});

describe('what is guessed or left out of a node is reported', () => {
  it('an output that the class does not have', () => {
    const { inputs, report } = convertGraph(
      [loadImage(1), saveImage(2), saveImage(3)],
      [
        [1, 2, 2, 'images'],
        [1, 1, 3, 'images'],
      ],
    );
    expect(inputs('2')['images']).toEqual(['1', 2]);
    expect(inputs('3')['images']).toEqual(['1', 1]);
    const message =
      '“images” is linked to output 3 of node 1, which has not so many; it was passed on as it is.';
    expect(report).toEqual([about('2', 'Save Image', 'guessed', message, 'images')]);
  });

  it('wired settings that the class does not have, but none that a dynamic choice or a group brings', () => {
    const catalog = catalogOf({
      Mixed: {
        input: {
          required: {
            mode: ['COMFY_DYNAMICCOMBO_V3', { options: [] }],
            plain: ['INT', {}],
          },
        },
      },
      Number: { input: {}, output: ['INT'] },
    });
    const sockets = ['gone', 'plain.gone', 'mode.width', 'mode.unwired', 'other'];
    const widget = (name: string) => (name === 'other' ? '' : `:${name}`);
    const taker: GraphNode = {
      id: 2,
      type: 'Mixed',
      in: [...sockets.map((name) => `${name}:INT${widget(name)}`), 'unwired:INT:unwired'],
      values: ['', 3],
    };
    const wired = ['gone', 'plain.gone', 'mode.width', 'other'];
    const { inputs, report } = convert(
      graph(
        [{ id: 1, type: 'Number', out: ['INT'] }, taker],
        wired.map((name): GraphWire => [1, 0, 2, name]),
      ),
      catalog,
    );
    expect(inputs('2')).toEqual({ mode: '', plain: 3, 'mode.width': ['1', 0], other: ['1', 0] });
    const gone = (name: string) =>
      about(
        '2',
        'Mixed',
        'left-out',
        `This node no longer has “${name}”; what is wired to it was left out.`,
        name,
      );
    expect(report).toEqual([gone('gone'), gone('plain.gone')]);
  });

  it('a value that only the page can record', () => {
    const types = ['LOAD_3D', 'LOAD_3D_ANIMATION', 'WEBCAM', 'AUDIO_RECORD'];
    const required = Object.fromEntries(types.map((type) => [`a ${type}`, [type, {}]]));
    const catalog = catalogOf({
      Recorder: { input: { required: { ...required, kept: ['INT', {}] } } },
    });
    const { inputs, report } = convert(
      graph([{ id: 1, type: 'Recorder', values: ['', '', '', '', 4] }]),
      catalog,
    );
    expect(inputs('1')).toEqual({ kept: 4 });
    expect(report).toEqual(
      types.map((type) =>
        about(
          '1',
          'Recorder',
          'left-out',
          `“a ${type}” is recorded by ComfyUI’s own page when it runs and was left out.`,
        ),
      ),
    );
  });

  it('a doubt about where values belong', () => {
    const named: JsonObject = { widgets_values_named: { width: 768, height: 512, batch_size: 1 } };
    const { report } = convertGraph([
      { id: 1, type: 'EmptyLatentImage', values: [512, 512, 1], extra: named },
    ]);
    const message = 'The file holds two values for width; the one stored by name was used.';
    expect(report).toEqual([about('1', 'Empty Latent Image', 'guessed', message)]);
  });
});
