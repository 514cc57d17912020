import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../../base/exact-json.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import {
  convert,
  convertGraph,
  loadImage,
  saveImage,
} from '../../../../tests/fixtures/convert-workflow.ts';
import { coreCatalog } from '../../../../tests/fixtures/edit-workflows.ts';
import { type GraphNode, type GraphWire, graph } from '../../../../tests/fixtures/graph.ts';
import { createNodeCatalog } from '../create-catalog.ts';
import { parseWorkflow, workflowFromJson } from '../parse-workflow.ts';
import { toExecutionPayload } from './to-execution-payload.ts';
import { validateWorkflow } from '../validation/validate-workflow.ts';

const core = coreCatalog();

const picture = loadImage(1);
const save = (id = 9): GraphNode => saveImage(id);
/** A subgraph that scales a picture, its width shown outside. */
const scaler = (
  nodes: readonly GraphNode[],
  wires: readonly GraphWire[],
  id = 'scaler',
): JsonObject =>
  graph(
    nodes,
    wires,
    {
      id,
      name: id,
      inputs: [
        { name: 'image', type: 'IMAGE' },
        { name: 'width', type: 'INT' },
      ],
      outputs: [{ name: 'IMAGE', type: 'IMAGE' }],
    },
    'objects',
  );
const SCALE: GraphNode = {
  id: 3,
  type: 'ImageScale',
  in: ['image:IMAGE', 'width:INT:width'],
  out: ['IMAGE'],
  values: ['bilinear', 64, 48, 'disabled'],
};
const PASSED_IN = (id: number): readonly GraphWire[] => [
  [-10, 0, id, 'image'],
  [-10, 1, id, 'width'],
  [id, 0, -20, 0],
];
const SCALER = scaler([SCALE], PASSED_IN(3));
const use = (id: number, width: number, rest: Partial<GraphNode> = {}): GraphNode => ({
  id,
  type: 'scaler',
  in: ['image:IMAGE', 'width:INT:width'],
  out: ['IMAGE'],
  values: [width],
  ...rest,
});

describe('where converters go wrong (rows 12 to 24 of the domain reference §1.13)', () => {
  it('row 12: two uses of a subgraph each have their own value', () => {
    const { inputs } = convertGraph(
      [picture, use(5, 100), use(9, 200)],
      [
        [1, 0, 5, 'image'],
        [5, 0, 9, 'image'],
      ],
      { definitions: { subgraphs: [SCALER] } },
    );
    expect(inputs('5:3')).toMatchObject({ width: 100, image: ['1', 0] });
    expect(inputs('9:3')).toMatchObject({ width: 200, image: ['5:3', 0] });
  });

  it('row 13: a nested subgraph takes the outer use’s value where nothing is wired', () => {
    const outer = scaler([use(7, 77)], PASSED_IN(7), 'outer');
    const { inputs } = convertGraph(
      [picture, { ...use(5, 300), type: 'outer' }],
      [[1, 0, 5, 'image']],
      {
        definitions: { subgraphs: [SCALER, outer] },
      },
    );
    expect(inputs('5:7:3')).toMatchObject({ width: 300, image: ['1', 0] });
  });

  it('row 14: a bypassed use of a subgraph is one node with its own inputs and outputs', () => {
    const { inputs, payload } = convertGraph(
      [picture, use(5, 100, { mode: 4 }), save()],
      [
        [1, 0, 5, 'image'],
        [5, 0, 9, 'images'],
      ],
      { definitions: { subgraphs: [SCALER] } },
    );
    expect(inputs('9')['images']).toEqual(['1', 0]);
    expect(Object.keys(payload)).toEqual(['1', '9']);
  });

  it('row 15: a list is wrapped, so that it is not read as a link', () => {
    const catalog = createNodeCatalog({
      Curve: { input: { required: { points: ['STRING', {}] } } },
    });
    const { inputs } = convert(graph([{ id: 1, type: 'Curve', values: [[0.1, 0.2]] }]), catalog);
    expect(inputs('1')).toEqual({ points: { __value__: [0.1, 0.2] } });
  });

  it('row 16: a node of an unknown class is kept and named, no settings made up', () => {
    const { payload, report } = convertGraph([{ id: 1, type: 'From a pack', values: [1, 'two'] }]);
    expect(payload['1']).toMatchObject({ class_type: 'From a pack', inputs: {} });
    expect(report).toContainEqual(
      expect.objectContaining({ nodeId: '1', message: expect.stringContaining('From a pack') }),
    );
  });

  it('row 17: a file name with other slashes or case is suggested, and sent as it is', () => {
    const catalog = createNodeCatalog({
      Loader: {
        input: { required: { name: [['SD15/Model.safetensors', 'b'], {}] } },
        output_node: true,
      },
    });
    const root = graph([{ id: 1, type: 'Loader', values: ['sd15\\model.safetensors'] }]);
    expect(convert(root, catalog).inputs('1')).toEqual({ name: 'sd15\\model.safetensors' });
    const problems = validateWorkflow({ format: 'graph', root }, catalog);
    expect(JSON.stringify(problems)).toContain('SD15/Model.safetensors');
  });

  it('row 18: a dynamic choice and a growing group send dotted names', () => {
    const options = [
      { key: 'size', inputs: { required: { width: ['INT', {}], height: ['INT', {}] } } },
      { key: 'not', inputs: {} },
    ];
    const template = { input: { required: { image: ['IMAGE'] } }, prefix: 'image', min: 1 };
    const catalog = createNodeCatalog({
      Resize: {
        input: {
          required: {
            how: ['COMFY_DYNAMICCOMBO_V3', { options }],
            images: ['COMFY_AUTOGROW_V3', { template }],
            after: ['INT', {}],
          },
        },
      },
      LoadImage: { input: { required: { image: ['STRING', {}] } }, output: ['IMAGE', 'MASK'] },
    });
    const node = { id: 2, type: 'Resize', in: ['images.image0:IMAGE'] };
    const of = (values: JsonValue) =>
      convert(graph([picture, { ...node, values }], [[1, 0, 2, 'images.image0']]), catalog);
    expect(of(['size', 640, 480, 7]).inputs('2')).toEqual({
      how: 'size',
      'how.width': 640,
      'how.height': 480,
      after: 7,
      'images.image0': ['1', 0],
    });
    expect(of(['not', 7]).inputs('2')).toMatchObject({ how: 'not', after: 7 });
  });

  it('row 19: holes among the links, slots as text and ids as text are read', () => {
    const root = graph([{ ...picture, id: 'a' }, save()], [['a', 0, 9, 'images']]);
    const links: JsonValue = [null, [1, 'a', '0', '9', '0', 'IMAGE']];
    expect(convert({ ...root, links }).inputs('9')['images']).toEqual(['a', 0]);
  });

  it('row 20: NaN and Infinity in a picture’s text are read', () => {
    const text =
      '{"version":0.4,"links":[],"nodes":[{"id":1,"type":"KSampler","widgets_values":[5,"fixed",20,NaN,"euler","normal",-Infinity]}]}';
    expect(parseExactJson(text).ok).toBe(true);
    const document = parseWorkflow(text);
    expect(document.ok).toBe(true);
    const made = document.ok ? toExecutionPayload(document.value, core) : document;
    expect(made.ok && made.value.payload['1']).toMatchObject({
      inputs: { cfg: NaN, denoise: -Infinity },
    });
  });

  it('row 21: 0 and negative numbers are ids like any other', () => {
    const { inputs } = convertGraph(
      [
        { ...picture, id: 0 },
        { ...save(), id: -3 },
      ],
      [[0, 0, -3, 'images']],
    );
    expect(inputs('-3')['images']).toEqual(['0', 0]);
  });

  it('row 22: a wire from an output that the class no longer has is reported', () => {
    const { inputs, report } = convertGraph([picture, save()], [[1, 4, 9, 'images']]);
    expect(inputs('9')['images']).toEqual(['1', 4]);
    expect(report).toContainEqual(
      expect.objectContaining({ nodeId: '9', input: 'images', kind: 'guessed' }),
    );
  });

  it.each(['Note', 'MarkdownNote'])(
    'row 23: a workflow of nothing but a %s is explained',
    (type) => {
      const document = workflowFromJson(graph([{ id: 1, type, values: ['remember'] }]));
      const made = document.ok ? toExecutionPayload(document.value, core) : document;
      expect(made.ok ? undefined : made.error).toMatchObject({
        code: 'workflow/not-convertible',
        data: { problems: [{ message: expect.stringContaining('only notes') }] },
      });
    },
  );

  it('row 24: an old group node is expanded', () => {
    const group: JsonObject = {
      nodes: [
        {
          type: 'ImageInvert',
          index: 0,
          inputs: [{ name: 'image', type: 'IMAGE', link: null }],
          outputs: [{ name: 'IMAGE', type: 'IMAGE' }],
        },
      ],
      links: [],
      external: [],
    };
    const { inputs } = convertGraph(
      [picture, { id: 5, type: 'workflow>Turn', in: ['image:IMAGE'], out: ['IMAGE'] }, save()],
      [
        [1, 0, 5, 'image'],
        [5, 0, 9, 'images'],
      ],
      { extra: { groupNodes: { Turn: group } } },
    );
    expect(inputs('5:0')).toEqual({ image: ['1', 0] });
    expect(inputs('9')['images']).toEqual(['5:0', 0]);
  });
});
