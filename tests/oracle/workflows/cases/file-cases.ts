import { type JsonObject, type JsonValue, isJsonArray } from '../../../../core/base/json.ts';
import type { NodeCatalog } from '../../../../core/domain/workflow/catalog.ts';
import { objectsIn } from '../../../../core/domain/workflow/view/graph-format.ts';
import { type DrawnNode, drawGraph, node, primitive } from '../parts/draw-graph.ts';
import { around, base, ending, sampling } from '../parts/parts.ts';

/** A drawn graph and what is then done to its file. */
interface FileCase {
  readonly nodes: readonly DrawnNode[];
  alter(file: JsonObject): JsonObject;
}

const plain: readonly DrawnNode[] = [...base, ...ending()];

const eachLink = (
  file: JsonObject,
  change: (link: readonly JsonValue[]) => JsonValue,
): JsonObject => ({
  ...file,
  links: (isJsonArray(file['links']) ? file['links'] : []).map((link) =>
    isJsonArray(link) ? change(link) : link,
  ),
});

const eachNode = (file: JsonObject, change: (node: JsonObject) => JsonObject): JsonObject => ({
  ...file,
  nodes: objectsIn(file['nodes']).map(change),
});

const asText = (value: JsonValue): JsonValue => (typeof value === 'number' ? String(value) : value);

const sampler = (values: JsonValue, more: Partial<DrawnNode> = {}): readonly DrawnNode[] =>
  plain.map((each) => (each.id === 5 ? { ...each, values, ...more } : each));

/** Files as old and strange pages wrote them. */
const fileCases: Readonly<Record<string, FileCase>> = {
  'slots written as text': {
    nodes: plain,
    alter: (file) =>
      eachLink(file, ([id = 0, from = 0, slot = 0, to = 0, target = 0, type = '*']) => [
        id,
        from,
        asText(slot),
        to,
        asText(target),
        type,
      ]),
  },
  'holes among the links': {
    nodes: plain,
    alter: (file) => ({
      ...file,
      links: [null, ...(isJsonArray(file['links']) ? file['links'] : [])],
    }),
  },
  'wrong target slots': {
    nodes: plain,
    alter: (file) => eachLink(file, (link) => link.with(4, 0)),
  },
  'a link that is not in the table': {
    nodes: plain,
    alter: (file) => ({
      ...file,
      links: (isJsonArray(file['links']) ? file['links'] : []).slice(0, -1),
    }),
  },
  'a wire from a node that is not there': {
    nodes: plain,
    alter: (file) => ({
      ...file,
      nodes: objectsIn(file['nodes']).filter(({ id }) => id !== 4),
    }),
  },
  'no order stored': {
    nodes: plain,
    alter: (file) =>
      eachNode(file, (each) =>
        Object.fromEntries(Object.entries(each).filter(([key]) => key !== 'order')),
      ),
  },
  'no properties, no flags, no sizes': {
    nodes: plain,
    alter: (file) =>
      eachNode(file, (each) =>
        Object.fromEntries(
          Object.entries(each).filter(([key]) => !['properties', 'flags', 'size'].includes(key)),
        ),
      ),
  },
  'types of wires written as numbers': {
    nodes: plain,
    alter: (file) => eachLink(file, (link) => link.with(5, -1)),
  },
  'node 0 and a negative node': {
    nodes: around(
      [
        node(0, 'ImageInvert', [], { image: [1, 0] }),
        node(-4, 'ImageInvert', [], { image: [0, 0] }),
      ],
      [-4, 0],
    ),
    alter: (file) => file,
  },
  'a setting turned into a socket, values missing': {
    nodes: [
      ...base,
      node(10, 'PrimitiveInt', [12, 'fixed']),
      ...ending({ steps: [10, 0] }).map((each) => (each.id === 5 ? { ...each, values: [] } : each)),
    ],
    alter: (file) => file,
  },
  'a seed turned into a socket, values of before 1.16': {
    nodes: [
      ...base,
      primitive(10, 'INT', 'seed', [321, 'fixed']),
      ...ending({ seed: [10, 0], steps: [10, 0] }),
    ],
    alter: (file) => file,
  },
  'a socket of a setting with nothing wired': {
    nodes: sampler(sampling(9), { sockets: ['seed:INT:seed', 'cfg:FLOAT:cfg'] }),
    alter: (file) => file,
  },
  'a socket that the class does not have': {
    nodes: sampler(sampling(9), {
      sockets: ['extra:IMAGE'],
      from: {
        model: [1, 0],
        positive: [2, 0],
        negative: [3, 0],
        latent_image: [4, 0],
        extra: [6, 0],
      },
    }),
    alter: (file) => file,
  },
  'a wired setting that the class does not have': {
    nodes: [
      ...sampler(sampling(9), {
        sockets: ['gone:INT:gone'],
        from: {
          model: [1, 0],
          positive: [2, 0],
          negative: [3, 0],
          latent_image: [4, 0],
          gone: [10, 0],
        },
      }),
      node(10, 'PrimitiveInt', [12, 'fixed']),
    ],
    alter: (file) => file,
  },
  'values named besides': {
    nodes: sampler(sampling(9)),
    alter: (file) =>
      eachNode(file, (each) =>
        each['type'] === 'KSampler'
          ? {
              ...each,
              widgets_values_named: { seed: 9, control_after_generate: 'fixed', steps: 20 },
            }
          : each,
      ),
  },
  'values named otherwise': {
    nodes: sampler(sampling(9)),
    alter: (file) =>
      eachNode(file, (each) =>
        each['type'] === 'KSampler' ? { ...each, widgets_values_named: { steps: 31 } } : each,
      ),
  },
  'null among the values': {
    nodes: sampler([9, 'fixed', null, 7.5, 'euler', null, 1]),
    alter: (file) => file,
  },
  'numbers as texts': {
    nodes: sampler(['9', 'fixed', '20', '7.5', 'euler', 'normal', '1']),
    alter: (file) => file,
  },
  'switches true and false': {
    nodes: [
      ...around([], [1, 0]),
      node(20, 'OracleSwitches', [true, false, 5, true, 'x']),
      node(21, 'PreviewAny', [], { source: [20, 0] }),
    ],
    alter: (file) => file,
  },
  'input names with dots and spaces': {
    nodes: [
      node(1, 'LoadImage', ['plate.png', 'image']),
      node(2, 'OracleDots', [3, 'text'], { 'group.image': [1, 0], 'a mask': [1, 1] }),
      node(3, 'OracleDots', [4, 'more'], { 'group.image': [2, 0] }),
      node(9, 'SaveImage', ['x'], { images: [3, 0] }),
    ],
    alter: (file) => file,
  },
  'a wired setting with a dot in its name': {
    nodes: [
      node(1, 'LoadImage', ['plate.png', 'image']),
      node(8, 'PrimitiveInt', [31, 'fixed']),
      node(2, 'OracleDots', [3, 'text'], { 'group.image': [1, 0], 'size.width': [8, 0] }),
      node(9, 'SaveImage', ['x'], { images: [2, 0] }),
    ],
    alter: (file) => file,
  },
  'an optional setting between sockets': {
    nodes: [
      node(1, 'LoadImage', ['plate.png', 'image']),
      node(2, 'OracleOptional', ['must', 7, 'may'], { late: [1, 0] }),
      node(9, 'SaveImage', ['x'], { images: [2, 0] }),
    ],
    alter: (file) => file,
  },
  'a seed that is a setting of another name': {
    nodes: [
      node(1, 'OracleSeeds', [5, 'fixed', 6, 'randomize', 7, 8]),
      node(2, 'PreviewAny', [], { source: [1, 0] }),
    ],
    alter: (file) => file,
  },
  'an upload behind other settings': {
    nodes: [
      node(1, 'OracleUpload', ['first', 'plate.png', 4, 'image', 'tail']),
      node(9, 'SaveImage', ['x'], { images: [1, 0] }),
    ],
    alter: (file) => file,
  },
  'the same node twice in a file': {
    nodes: plain,
    alter: (file) => ({
      ...file,
      nodes: [...objectsIn(file['nodes']), ...objectsIn(file['nodes']).slice(3, 4)],
    }),
  },
};

/** Every file case as a workflow, by name. */
export function drawFileCases(catalog: NodeCatalog): readonly (readonly [string, JsonObject])[] {
  return Object.entries(fileCases).map(([name, { nodes, alter }]) => [
    name,
    alter(drawGraph(catalog, nodes)),
  ]);
}
