import { type DrawnNode, type DrawnSubgraph, node } from './draw-graph.ts';
import { around, base, sampling } from './parts.ts';

/** Nodes and the subgraphs that they use. */
export interface SubgraphCase {
  readonly nodes: readonly DrawnNode[];
  readonly subgraphs: readonly DrawnSubgraph[];
}

export const id = (end: number): string => `9c0ffee0-0000-4000-8000-0000000000${String(end)}`;
export const OFF = { mode: 4 };
export const MUTED = { mode: 2 };

/** Picture in, picture out, turned over once. */
export const invert: DrawnSubgraph = {
  id: id(10),
  inputs: ['image:IMAGE'],
  outputs: ['IMAGE:IMAGE'],
  nodes: [node(1, 'ImageInvert', [], { image: ['in', 0] })],
  outs: [[1, 0]],
};

/** Sampler and decoder with seed and steps shown outside. */
export const sampler: DrawnSubgraph = {
  id: id(11),
  inputs: [
    'model:MODEL',
    'positive:CONDITIONING',
    'negative:CONDITIONING',
    'latent:LATENT',
    'vae:VAE',
    'seed:INT',
    'steps:INT',
  ],
  outputs: ['IMAGE:IMAGE', 'LATENT:LATENT'],
  nodes: [
    node(3, 'KSampler', sampling(5), {
      model: ['in', 0],
      positive: ['in', 1],
      negative: ['in', 2],
      latent_image: ['in', 3],
      seed: ['in', 5],
      steps: ['in', 6],
    }),
    node(4, 'VAEDecode', [], { samples: [3, 0], vae: ['in', 4] }),
  ],
  outs: [
    [4, 0],
    [3, 0],
  ],
};
export const samplerSockets = {
  sockets: sampler.inputs.slice(0, 5),
  outputs: sampler.outputs,
};
export const samplerFrom = {
  model: [1, 0],
  positive: [2, 0],
  negative: [3, 0],
  latent: [4, 0],
  vae: [1, 2],
} as const;

export const use = (
  nodeId: number,
  definition: DrawnSubgraph,
  from: DrawnNode['from'],
  more: Partial<DrawnNode> = {},
): DrawnNode =>
  node(nodeId, definition.id, [], from, {
    sockets: definition.inputs,
    outputs: definition.outputs,
    ...more,
  });

export const inverted = (more: Partial<DrawnNode> = {}): readonly DrawnNode[] =>
  around([use(5, invert, { image: [1, 0] }, more)], [5, 0]);

export const sampled = (nodes: readonly DrawnNode[]): readonly DrawnNode[] => [
  ...base,
  ...nodes,
  ...nodes
    .filter(({ type }) => type === sampler.id)
    .map((each) => node(each.id + 50, 'SaveImage', ['s'], { images: [each.id, 0] })),
];

export const outer: DrawnSubgraph = {
  id: id(12),
  inputs: ['image:IMAGE'],
  outputs: ['IMAGE:IMAGE'],
  nodes: [use(1, invert, { image: ['in', 0] }), use(2, invert, { image: [1, 0] })],
  outs: [[2, 0]],
};

export const outerSampler: DrawnSubgraph = {
  id: id(13),
  inputs: [...sampler.inputs.slice(0, 5), 'noise:INT'],
  outputs: ['IMAGE:IMAGE'],
  nodes: [
    use(
      7,
      sampler,
      {
        model: ['in', 0],
        positive: ['in', 1],
        negative: ['in', 2],
        latent: ['in', 3],
        vae: ['in', 4],
        seed: ['in', 5],
      },
      {
        values: [71, 17],
        sockets: [...sampler.inputs.slice(0, 5), 'seed:INT:seed'],
      },
    ),
  ],
  outs: [[7, 0]],
};

export const mixed: DrawnSubgraph = {
  id: id(14),
  inputs: ['mask:MASK', 'image:IMAGE'],
  outputs: ['MASK:MASK', 'IMAGE:IMAGE'],
  nodes: [
    node(1, 'ImageInvert', [], { image: ['in', 1] }),
    node(2, 'InvertMask', [], { mask: ['in', 0] }),
  ],
  outs: [
    [2, 0],
    [1, 0],
  ],
};
export const mixedAround = (more: Partial<DrawnNode>): readonly DrawnNode[] => [
  node(1, 'LoadImage', ['plate.png', 'image']),
  use(5, mixed, { mask: [1, 1], image: [1, 0] }, more),
  node(6, 'MaskToImage', [], { mask: [5, 0] }),
  node(8, 'PreviewImage', [], { images: [6, 0] }),
  node(9, 'SaveImage', ['x'], { images: [5, 1] }),
];

export const withInner = (
  nodes: readonly DrawnNode[],
  outs: DrawnSubgraph['outs'],
): readonly DrawnSubgraph[] => [{ ...invert, nodes, outs }];

export const two: DrawnSubgraph = {
  id: id(15),
  inputs: ['text:STRING', 'clip:CLIP'],
  outputs: ['A:CONDITIONING', 'B:CONDITIONING'],
  nodes: [
    node(1, 'CLIPTextEncode', ['one'], { clip: ['in', 1], text: ['in', 0] }),
    node(2, 'CLIPTextEncode', ['two'], { clip: ['in', 1], text: ['in', 0] }),
  ],
  outs: [
    [1, 0],
    [2, 0],
  ],
};
