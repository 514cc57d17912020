import {
  scaler,
  scale,
  WIDTH_SOCKET,
  withInside,
  one,
  inner,
  sentInside,
} from '../parts/deep-parts.ts';
import { node, primitive, reroute } from '../parts/draw-graph.ts';
import { around, base, sampling } from '../parts/parts.ts';
import {
  MUTED,
  OFF,
  type SubgraphCase,
  id,
  invert,
  outerSampler,
  sampled,
  sampler,
  samplerFrom,
  samplerSockets,
  use,
} from '../parts/subgraph-parts.ts';

/** Notes and a muted saver. */
const notesAndSaver = withInside(
  26,
  [
    inner(1, { image: ['in', 0] }),
    node(2, 'Note', ['remember']),
    node(3, 'SaveImage', ['a'], { images: [1, 0] }, MUTED),
  ],
  [[1, 0]],
);

/** A picture that is set and got inside. */
const busInside = withInside(
  27,
  [
    node(
      2,
      'SetNode',
      ['plate'],
      { IMAGE: ['in', 0] },
      { sockets: ['IMAGE:IMAGE'], outputs: ['*:*'] },
    ),
    node(3, 'GetNode', ['plate'], {}, { outputs: ['IMAGE:IMAGE'] }),
    inner(1, { image: [3, 0] }),
  ],
  [[1, 0]],
);

/** Subgraphs in subgraphs, chains into them, and what is switched off inside. */
export const deepCases: Readonly<Record<string, SubgraphCase>> = {
  'a chain of reroutes into a subgraph': {
    nodes: around(
      [reroute(2, [1, 0]), reroute(3, [2, 0]), use(5, invert, { image: [3, 0] })],
      [5, 0],
    ),
    subgraphs: [invert],
  },
  'a reroute between two subgraphs': {
    nodes: around(
      [use(5, invert, { image: [1, 0] }), reroute(6, [5, 0]), use(7, invert, { image: [6, 0] })],
      [7, 0],
    ),
    subgraphs: [invert],
  },
  'a reroute into a shown size': {
    nodes: around(
      [
        node(3, 'PrimitiveInt', [640, 'fixed']),
        reroute(4, [3, 0]),
        scale(5, [100, 110], { image: [1, 0], width: [4, 0] }, WIDTH_SOCKET),
      ],
      [5, 0],
    ),
    subgraphs: [scaler],
  },
  'a bypassed node into a shown size': {
    nodes: around(
      [
        node(3, 'GetImageSize', [], { image: [1, 0] }, OFF),
        scale(5, [100, 110], { image: [1, 0], width: [3, 0] }, WIDTH_SOCKET),
      ],
      [5, 0],
    ),
    subgraphs: [scaler],
  },
  'a muted node into a shown size': {
    nodes: around(
      [
        node(3, 'PrimitiveInt', [640, 'fixed'], {}, MUTED),
        scale(5, [100, 110], { image: [1, 0], width: [3, 0] }, WIDTH_SOCKET),
      ],
      [5, 0],
    ),
    subgraphs: [scaler],
  },
  'the first of two inner nodes bypassed': {
    nodes: one(
      withInside(23, [inner(1, { image: ['in', 0] }, OFF), inner(2, { image: [1, 0] })], [[2, 0]]),
    ),
    subgraphs: [
      withInside(23, [inner(1, { image: ['in', 0] }, OFF), inner(2, { image: [1, 0] })], [[2, 0]]),
    ],
  },
  'the last of two inner nodes bypassed': {
    nodes: one(
      withInside(23, [inner(1, { image: ['in', 0] }), inner(2, { image: [1, 0] }, OFF)], [[2, 0]]),
    ),
    subgraphs: [
      withInside(23, [inner(1, { image: ['in', 0] }), inner(2, { image: [1, 0] }, OFF)], [[2, 0]]),
    ],
  },
  'both inner nodes bypassed': {
    nodes: one(
      withInside(
        23,
        [inner(1, { image: ['in', 0] }, OFF), inner(2, { image: [1, 0] }, OFF)],
        [[2, 0]],
      ),
    ),
    subgraphs: [
      withInside(
        23,
        [inner(1, { image: ['in', 0] }, OFF), inner(2, { image: [1, 0] }, OFF)],
        [[2, 0]],
      ),
    ],
  },
  'the first of two inner nodes muted': {
    nodes: one(
      withInside(
        23,
        [inner(1, { image: ['in', 0] }, MUTED), inner(2, { image: [1, 0] })],
        [[2, 0]],
      ),
    ),
    subgraphs: [
      withInside(
        23,
        [inner(1, { image: ['in', 0] }, MUTED), inner(2, { image: [1, 0] })],
        [[2, 0]],
      ),
    ],
  },
  'a bypassed node in front of a subgraph': {
    nodes: around([inner(2, { image: [1, 0] }, OFF), use(5, invert, { image: [2, 0] })], [5, 0]),
    subgraphs: [invert],
  },
  'a bypassed node behind a subgraph': {
    nodes: around([use(5, invert, { image: [1, 0] }), inner(6, { image: [5, 0] }, OFF)], [6, 0]),
    subgraphs: [invert],
  },
  'a muted node in front of a subgraph': {
    nodes: around([inner(2, { image: [1, 0] }, MUTED), use(5, invert, { image: [2, 0] })], [5, 0]),
    subgraphs: [invert],
  },
  'a subgraph between two bypassed nodes': {
    nodes: around(
      [
        inner(2, { image: [1, 0] }, OFF),
        use(5, invert, { image: [2, 0] }),
        inner(6, { image: [5, 0] }, OFF),
      ],
      [6, 0],
    ),
    subgraphs: [invert],
  },
  'one inner output shown twice': {
    nodes: [
      node(1, 'LoadImage', ['plate.png', 'image']),
      node(
        5,
        id(24),
        [],
        { image: [1, 0] },
        { sockets: ['image:IMAGE'], outputs: ['A:IMAGE', 'B:IMAGE'] },
      ),
      node(6, 'ImageBatch', [], { image1: [5, 0], image2: [5, 1] }),
      node(9, 'SaveImage', ['x'], { images: [6, 0] }),
    ],
    subgraphs: [
      {
        id: id(24),
        inputs: ['image:IMAGE'],
        outputs: ['A:IMAGE', 'B:IMAGE'],
        nodes: [inner(1, { image: ['in', 0] })],
        outs: [
          [1, 0],
          [1, 0],
        ],
      },
    ],
  },
  'one input for three inner nodes': {
    nodes: one(
      withInside(
        25,
        [
          inner(1, { image: ['in', 0] }),
          inner(2, { image: ['in', 0] }),
          node(3, 'ImageBatch', [], { image1: [1, 0], image2: [2, 0] }),
        ],
        [[3, 0]],
      ),
    ),
    subgraphs: [
      withInside(
        25,
        [
          inner(1, { image: ['in', 0] }),
          inner(2, { image: ['in', 0] }),
          node(3, 'ImageBatch', [], { image1: [1, 0], image2: [2, 0] }),
        ],
        [[3, 0]],
      ),
    ],
  },
  'a seed made by a number node, the steps shown': {
    nodes: sampled([
      node(8, 'PrimitiveInt', [31, 'fixed']),
      node(
        5,
        sampler.id,
        [101, 12],
        { ...samplerFrom, seed: [8, 0] },
        {
          ...samplerSockets,
          sockets: [...sampler.inputs.slice(0, 5), 'seed:INT:seed'],
        },
      ),
    ]),
    subgraphs: [sampler],
  },
  'a primitive for two uses': {
    nodes: [
      ...sampled([
        primitive(8, 'INT', 'steps', [19, 'fixed']),
        node(5, sampler.id, [101, 12], samplerFrom, samplerSockets),
      ]),
      node(6, 'KSampler', sampling(4), {
        model: [1, 0],
        positive: [2, 0],
        negative: [3, 0],
        latent_image: [5, 1],
        steps: [8, 0],
      }),
      node(7, 'VAEDecode', [], { samples: [6, 0], vae: [1, 2] }),
      node(10, 'PreviewImage', [], { images: [7, 0] }),
    ],
    subgraphs: [sampler],
  },
  'nested with the inner sampler muted': {
    nodes: [
      ...base,
      node(5, outerSampler.id, [303], samplerFrom, {
        sockets: outerSampler.inputs.slice(0, 5),
        outputs: outerSampler.outputs,
      }),
      node(9, 'SaveImage', ['x'], { images: [5, 0] }),
    ],
    subgraphs: [
      {
        ...sampler,
        nodes: sampler.nodes.map((each) => (each.id === 3 ? { ...each, ...MUTED } : each)),
      },
      outerSampler,
    ],
  },
  'notes and a muted saver inside': {
    nodes: one(notesAndSaver),
    subgraphs: [notesAndSaver],
  },
  'get and set inside a subgraph': {
    nodes: one(busInside),
    subgraphs: [busInside],
  },
  'get and set between two inner nodes': {
    nodes: one(sentInside),
    subgraphs: [sentInside],
  },
  'a shown size for a setting and a socket': {
    nodes: around(
      [
        node(
          5,
          id(29),
          [333],
          { image: [1, 0] },
          { sockets: ['image:IMAGE'], outputs: ['IMAGE:IMAGE'] },
        ),
      ],
      [5, 0],
    ),
    subgraphs: [
      {
        id: id(29),
        inputs: ['image:IMAGE', 'width:INT'],
        outputs: ['IMAGE:IMAGE'],
        nodes: [
          node(2, 'PreviewAny', [], { source: ['in', 1] }),
          node(1, 'ImageScale', ['bilinear', 64, 48, 'disabled'], {
            image: ['in', 0],
            width: ['in', 1],
          }),
        ],
        outs: [[1, 0]],
      },
    ],
  },
};
