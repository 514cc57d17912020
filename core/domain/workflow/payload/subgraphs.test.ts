import { describe, expect, it } from 'vitest';
import { type JsonObject, isJsonObject } from '../../../base/json.ts';
import { coreCatalog } from '../../../../tests/fixtures/edit-workflows.ts';
import { type GraphNode, type GraphWire, graph } from '../../../../tests/fixtures/graph.ts';
import { toExecutionPayload } from '../to-execution-payload.ts';
import { viewWorkflow } from '../view-workflow.ts';

const catalog = coreCatalog();

function convert(root: JsonObject) {
  const made = toExecutionPayload({ format: 'graph', root }, catalog);
  if (!made.ok) throw new Error(made.error.code);
  const inputs = (id: string): JsonObject => {
    const node = made.value.payload[id];
    return isJsonObject(node) && isJsonObject(node['inputs']) ? node['inputs'] : {};
  };
  return { payload: made.value.payload, report: made.value.report, inputs };
}

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
    const view = viewWorkflow({ format: 'graph', root }, catalog);
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
});

describe('old group nodes', () => {
  const group: JsonObject = {
    nodes: [
      {
        type: 'EmptyImage',
        index: 0,
        inputs: [],
        outputs: [{ name: 'IMAGE', type: 'IMAGE' }],
        widgets_values: [1, 1, 1, 0],
      },
      {
        type: 'ImageBlend',
        index: 1,
        inputs: [
          { name: 'image1', type: 'IMAGE', link: 1 },
          { name: 'image2', type: 'IMAGE', link: null },
        ],
        outputs: [{ name: 'IMAGE', type: 'IMAGE' }],
        widgets_values: [0.1, 'normal'],
      },
    ],
    links: [[0, 0, 1, 0, 1, 'IMAGE']],
    external: [],
  };
  const instance: GraphNode = {
    id: 30,
    type: 'workflow>Blend in',
    in: ['image2:IMAGE'],
    out: ['IMAGE'],
    values: [64, 32, 1, 255, 0.7, 'screen'],
  };
  const nodes = [source, instance, save];
  const wires: readonly GraphWire[] = [
    [1, 0, 30, 'image2'],
    [30, 0, 20, 'images'],
  ];

  it('are expanded with the values that the outside shows', () => {
    const root = graph(nodes, wires, { extra: { groupNodes: { 'Blend in': group } } });
    const { inputs } = convert(root);
    expect(inputs('30:0')).toEqual({ width: 64, height: 32, batch_size: 1, color: 255 });
    expect(inputs('30:1')).toEqual({
      image1: ['30:0', 0],
      image2: ['1', 0],
      blend_factor: 0.7,
      blend_mode: 'screen',
    });
    expect(inputs('20')['images']).toEqual(['30:1', 0]);
  });

  it('are passed on and reported when their definition is not in the file', () => {
    const { report } = convert(graph(nodes, wires));
    expect(report.filter((note) => note.nodeId === '30').length).toBeGreaterThan(0);
  });
});
