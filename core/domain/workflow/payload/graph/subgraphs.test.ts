import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { convert } from '../../../../../tests/fixtures/convert-workflow.ts';
import { coreCatalog } from '../../../../../tests/fixtures/edit-workflows.ts';
import { type GraphNode, type GraphWire, graph } from '../../../../../tests/fixtures/graph.ts';
import { viewWorkflow } from '../../view/view-workflow.ts';

/** A subgraph definition: like a graph, with its own inputs and outputs. */
function definition(
  id: string,
  nodes: readonly GraphNode[],
  wires: readonly GraphWire[],
  inputs: readonly string[],
  outputs: readonly string[],
): JsonObject {
  return graph(
    nodes,
    wires,
    {
      id,
      name: `Sub ${id}`,
      inputs: inputs.map((name) => ({ name, type: '*' })),
      outputs: outputs.map((name) => ({ name, type: '*' })),
    },
    'objects',
  );
}

const BLUR: GraphNode = {
  id: 3,
  type: 'ImageBlur',
  in: ['image:IMAGE', 'blur_radius:INT:widget'],
  out: ['IMAGE'],
  values: [2, 1],
};
const SOFTEN = definition(
  'soften',
  [BLUR],
  [
    [-10, 0, 3, 'image'],
    [-10, 1, 3, 'blur_radius'],
    [3, 0, -20, 0],
  ],
  ['image', 'radius'],
  ['IMAGE'],
);
const source: GraphNode = { id: 1, type: 'LoadImage', out: ['IMAGE', 'MASK'], values: ['a.png'] };
const soften = (
  id: number,
  values: readonly number[],
  rest: Partial<GraphNode> = {},
): GraphNode => ({
  id,
  type: 'soften',
  in: ['image:IMAGE', 'radius:INT:widget'],
  out: ['IMAGE'],
  values,
  ...rest,
});
const save: GraphNode = { id: 20, type: 'SaveImage', in: ['images:IMAGE'], values: ['x'] };
const CHAIN: readonly GraphWire[] = [
  [1, 0, 5, 'image'],
  [5, 0, 9, 'image'],
  [9, 0, 20, 'images'],
];
const withSubgraphs = (...subgraphs: readonly JsonObject[]): JsonObject => ({
  definitions: { subgraphs },
});

describe('subgraphs', () => {
  it('expands two instances of one definition, each with its own values and ids', () => {
    const { inputs, payload } = convert(
      graph([source, soften(5, [7]), soften(9, [11]), save], CHAIN, withSubgraphs(SOFTEN)),
    );
    expect(Object.keys(payload).sort()).toEqual(['1', '20', '5:3', '9:3']);
    expect(inputs('5:3')).toEqual({ blur_radius: 7, sigma: 1, image: ['1', 0] });
    expect(inputs('9:3')).toEqual({ blur_radius: 11, sigma: 1, image: ['5:3', 0] });
    expect(inputs('20')['images']).toEqual(['9:3', 0]);
  });

  it('keeps the inner value where the instance has none', () => {
    const { inputs } = convert(
      graph([source, soften(5, []), soften(9, []), save], CHAIN, withSubgraphs(SOFTEN)),
    );
    expect(inputs('5:3')['blur_radius']).toBe(2);
  });

  it('gives the instance’s value to every inner input that it is shown for, sockets too', () => {
    const shown = definition(
      'shown',
      [BLUR, { id: 4, type: 'PreviewAny', in: ['source:*'] }],
      [
        [-10, 0, 3, 'image'],
        [-10, 1, 3, 'blur_radius'],
        [-10, 1, 4, 'source'],
        [3, 0, -20, 0],
      ],
      ['image', 'radius'],
      ['IMAGE'],
    );
    const use = { ...soften(5, [9]), type: 'shown' };
    const root = graph([source, use], [[1, 0, 5, 'image']], withSubgraphs(shown));
    const { inputs } = convert(root);
    expect(inputs('5:3')['blur_radius']).toBe(9);
    expect(inputs('5:4')['source']).toBe(9);
    const unset = graph(
      [source, { ...use, values: [] }],
      [[1, 0, 5, 'image']],
      withSubgraphs(shown),
    );
    expect(convert(unset).inputs('5:3')['blur_radius']).toBe(2);
    expect(convert(unset).inputs('5:4')['source']).toBe(2);
  });

  it('gives what the first inner setting holds to the others on its wire when it holds none', () => {
    const pair = definition(
      'pair',
      [
        { ...BLUR, in: ['blur_radius:INT:widget'], values: [5, 1] },
        { ...BLUR, id: 4, in: ['blur_radius:INT:widget'], values: [6, 1] },
      ],
      [
        [-10, 0, 3, 'blur_radius'],
        [-10, 0, 4, 'blur_radius'],
      ],
      ['radius'],
      [],
    );
    const use: GraphNode = { id: 1, type: 'pair', in: ['radius:INT:widget'] };
    const { inputs, report } = convert(graph([use], [], withSubgraphs(pair)));
    expect([inputs('1:3')['blur_radius'], inputs('1:4')['blur_radius']]).toEqual([5, 5]);
    expect(report).toEqual([]);
  });

  it('lets what is linked to the instance win over its value', () => {
    const number: GraphNode = { id: 2, type: 'PrimitiveInt', out: ['INT'], values: [4, 'fixed'] };
    const { inputs } = convert(
      graph(
        [source, number, soften(5, [7]), soften(9, [11]), save],
        [...CHAIN, [2, 0, 5, 'radius']],
        withSubgraphs(SOFTEN),
      ),
    );
    expect(inputs('5:3')['blur_radius']).toEqual(['2', 0]);
  });

  it('treats a bypassed instance as one node and does not enter a muted one', () => {
    const nodes = [source, soften(5, [7], { mode: 4 }), soften(9, [11]), save];
    const bypassed = convert(graph(nodes, CHAIN, withSubgraphs(SOFTEN)));
    expect(bypassed.inputs('9:3')['image']).toEqual(['1', 0]);
    expect(bypassed.payload['5:3']).toBeUndefined();
    const muted = convert(
      graph(
        [source, soften(5, [7], { mode: 2 }), soften(9, [11]), save],
        CHAIN,
        withSubgraphs(SOFTEN),
      ),
    );
    expect(muted.inputs('9:3')['image']).toBeUndefined();
    expect(muted.payload['5:3']).toBeUndefined();
  });

  it('hands the outer value through a nested subgraph', () => {
    const outer = definition(
      'outer',
      [soften(4, [3])],
      [
        [-10, 0, 4, 'image'],
        [-10, 1, 4, 'radius'],
        [4, 0, -20, 0],
      ],
      ['image', 'radius'],
      ['IMAGE'],
    );
    const { inputs, payload } = convert(
      graph(
        [source, soften(7, [9], { type: 'outer' }), save],
        [
          [1, 0, 7, 'image'],
          [7, 0, 20, 'images'],
        ],
        withSubgraphs(SOFTEN, outer),
      ),
    );
    expect(inputs('7:4:3')).toEqual({ blur_radius: 9, sigma: 1, image: ['1', 0] });
    expect(inputs('20')['images']).toEqual(['7:4:3', 0]);
    expect(Object.keys(payload)).toHaveLength(3);
  });

  it('reads the older list of promoted settings, with a control value behind a seed', () => {
    const render = definition(
      'render',
      [
        { id: 2, type: 'RandomNoise', out: ['NOISE'], values: [1, 'fixed'] },
        { ...BLUR, in: ['image:IMAGE'] },
      ],
      [
        [-10, 0, 3, 'image'],
        [3, 0, -20, 0],
      ],
      ['image'],
      ['IMAGE'],
    );
    const instance: GraphNode = {
      id: 6,
      type: 'render',
      in: ['image:IMAGE'],
      out: ['IMAGE'],
      values: [42, 'randomize', 0.5],
      extra: {
        properties: {
          proxyWidgets: [
            ['2', 'noise_seed'],
            ['3', '$$canvas-image-preview'],
            ['3', 'sigma'],
          ],
        },
      },
    };
    const root = graph(
      [source, instance, save],
      [
        [1, 0, 6, 'image'],
        [6, 0, 20, 'images'],
      ],
      withSubgraphs(render),
    );
    const { inputs } = convert(root);
    expect(inputs('6:2')['noise_seed']).toBe(42);
    expect(inputs('6:3')).toMatchObject({ sigma: 0.5, blur_radius: 2 });
    const view = viewWorkflow({ format: 'graph', root }, coreCatalog());
    expect(view.node('6')?.widgets.map(({ name, value }) => [name, value])).toEqual([
      ['noise_seed', 42],
      ['sigma', 0.5],
    ]);
    expect(view.node('6')?.widgets[1]?.spec?.max).toBe(10);
    expect(view.node('6:3')?.classType).toBe('ImageBlur');
  });

  it('survives a definition that contains itself', () => {
    const loop = definition(
      'loop',
      [
        { id: 1, type: 'loop', out: ['IMAGE'] },
        { ...save, id: 2 },
      ],
      [],
      [],
      [],
    );
    const { payload } = convert(graph([{ id: 8, type: 'loop' }, save], [], withSubgraphs(loop)));
    expect(payload['20']).toBeDefined();
  });

  it('takes the link that an output lists before the one that is drawn to its place', () => {
    const two = definition(
      'two',
      [
        { ...BLUR, in: ['image:IMAGE'] },
        { ...BLUR, id: 4, in: ['image:IMAGE'] },
      ],
      [
        [3, 0, -20, 0],
        [4, 0, -20, 0],
        [3, 0, 4, 'image'],
      ],
      [],
      ['IMAGE'],
    );
    const fed = (linkIds: JsonValue) => {
      const outputs = [{ name: 'IMAGE', linkIds }];
      const use: GraphNode = { id: 5, type: 'two', out: ['IMAGE'] };
      const root = graph([use, save], [[5, 0, 20, 'images']], withSubgraphs({ ...two, outputs }));
      return convert(root).inputs('20')['images'];
    };
    expect(fed([2])).toEqual(['5:4', 0]);
    expect(fed([2, 1])).toEqual(['5:4', 0]);
    expect(fed([null, 3, 99, '2'])).toEqual(['5:4', 0]);
    expect(fed([3])).toEqual(['5:3', 0]);
    expect(fed('none')).toEqual(['5:3', 0]);
    expect(fed([])).toEqual(['5:3', 0]);
  });

  it('finds a definition in the subgraph that carries it, and the nearer one of two', () => {
    const inner = (value: number): JsonObject =>
      definition('inner', [{ ...BLUR, in: [], values: [value, 1] }], [], [], []);
    const outer = (rest: JsonObject): JsonObject => ({
      ...definition('outer', [{ id: 4, type: 'inner' }], [], [], []),
      ...rest,
    });
    const nodes: readonly GraphNode[] = [
      { id: 1, type: 'outer' },
      { id: 2, type: 'inner' },
    ];
    const carried = outer(withSubgraphs(inner(7)));
    const both = convert(graph(nodes, [], withSubgraphs(carried, inner(8))));
    expect(both.inputs('1:4:3')['blur_radius']).toBe(7);
    expect(both.inputs('2:3')['blur_radius']).toBe(8);
    const outside = convert(graph(nodes, [], withSubgraphs(outer({}), inner(8))));
    expect(outside.inputs('1:4:3')['blur_radius']).toBe(8);
  });

  it('lets the use around it set what an inner use shows by name, each use for itself', () => {
    const inner = definition('inner', [{ ...BLUR, in: [] }], [], [], []);
    const shows = (id: number, node: string, values: JsonValue): GraphNode => ({
      id,
      type: id === 4 ? 'inner' : 'outer',
      values,
      extra: { properties: { proxyWidgets: [[node, 'sigma']] } },
    });
    const outer = definition('outer', [shows(4, '3', [0.25])], [], [], []);
    const { inputs } = convert(
      graph([shows(1, '4', [0.75]), shows(2, '4', [])], [], withSubgraphs(inner, outer)),
    );
    expect(inputs('1:4:3')).toEqual({ blur_radius: 2, sigma: 0.75 });
    expect(inputs('2:4:3')).toEqual({ blur_radius: 2, sigma: 0.25 });
  });
});
