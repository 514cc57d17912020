import { node, primitive, reroute } from '../parts/draw-graph.ts';
import { around, base } from '../parts/parts.ts';
import {
  type SubgraphCase,
  id,
  OFF,
  MUTED,
  invert,
  sampler,
  samplerSockets,
  samplerFrom,
  use,
  inverted,
  sampled,
  outer,
  outerSampler,
  mixed,
  mixedAround,
  withInner,
  two,
} from '../parts/subgraph-parts.ts';

/** Subgraphs: shared, nested, promoted, switched off, passed through. */
export const subgraphCases: Readonly<Record<string, SubgraphCase>> = {
  'a subgraph': { nodes: inverted(), subgraphs: [invert] },
  'a subgraph bypassed': { nodes: inverted(OFF), subgraphs: [invert] },
  'a subgraph muted': { nodes: inverted(MUTED), subgraphs: [invert] },
  'a subgraph with nothing wired': {
    nodes: around([use(5, invert, {})], [5, 0]),
    subgraphs: [invert],
  },
  'file name with a node inside of a subgraph': {
    nodes: sampled([node(5, sampler.id, [101, 12], samplerFrom, samplerSockets)]).map((each) =>
      each.type === 'SaveImage' ? { ...each, values: ['%KSampler.cfg%_%KSampler.nothing%'] } : each,
    ),
    subgraphs: [sampler],
  },
  'two uses of one subgraph': {
    nodes: around([use(5, invert, { image: [1, 0] }), use(6, invert, { image: [5, 0] })], [6, 0]),
    subgraphs: [invert],
  },
  'two uses, the first bypassed': {
    nodes: around(
      [use(5, invert, { image: [1, 0] }, OFF), use(6, invert, { image: [5, 0] })],
      [6, 0],
    ),
    subgraphs: [invert],
  },
  'two uses, the second muted': {
    nodes: around(
      [use(5, invert, { image: [1, 0] }), use(6, invert, { image: [5, 0] }, MUTED)],
      [6, 0],
    ),
    subgraphs: [invert],
  },
  'nested, the inner one twice': {
    nodes: around([use(5, outer, { image: [1, 0] })], [5, 0]),
    subgraphs: [invert, outer],
  },
  'nested, the outer one twice': {
    nodes: around([use(5, outer, { image: [1, 0] }), use(6, outer, { image: [5, 0] })], [6, 0]),
    subgraphs: [invert, outer],
  },
  'nested, an inner use bypassed': {
    nodes: around([use(5, outer, { image: [1, 0] })], [5, 0]),
    subgraphs: [
      { ...outer, nodes: outer.nodes.map((each) => (each.id === 1 ? { ...each, ...OFF } : each)) },
      invert,
    ],
  },
  'nested, an inner use muted': {
    nodes: around([use(5, outer, { image: [1, 0] })], [5, 0]),
    subgraphs: [
      {
        ...outer,
        nodes: outer.nodes.map((each) => (each.id === 1 ? { ...each, ...MUTED } : each)),
      },
      invert,
    ],
  },
  'nested, the outer use bypassed': {
    nodes: around([use(5, outer, { image: [1, 0] }, OFF)], [5, 0]),
    subgraphs: [invert, outer],
  },
  'an inner node bypassed': {
    nodes: inverted(),
    subgraphs: withInner([node(1, 'ImageInvert', [], { image: ['in', 0] }, OFF)], [[1, 0]]),
  },
  'an inner node muted': {
    nodes: inverted(),
    subgraphs: withInner([node(1, 'ImageInvert', [], { image: ['in', 0] }, MUTED)], [[1, 0]]),
  },
  'straight through': {
    nodes: inverted(),
    subgraphs: withInner([node(1, 'ImageInvert', [], { image: ['in', 0] })], [['in', 0]]),
  },
  'an output that nothing feeds': {
    nodes: inverted(),
    subgraphs: withInner([node(1, 'ImageInvert', [], { image: ['in', 0] })], []),
  },
  'reroutes inside': {
    nodes: inverted(),
    subgraphs: withInner(
      [reroute(4, ['in', 0]), node(1, 'ImageInvert', [], { image: [4, 0] }), reroute(6, [1, 0])],
      [[6, 0]],
    ),
  },
  'a saver inside': {
    nodes: inverted(),
    subgraphs: withInner(
      [
        node(1, 'ImageInvert', [], { image: ['in', 0] }),
        node(2, 'SaveImage', ['inner'], { images: [1, 0] }),
      ],
      [[1, 0]],
    ),
  },
  'a saver inside, bypassed use': {
    nodes: inverted(OFF),
    subgraphs: withInner(
      [
        node(1, 'ImageInvert', [], { image: ['in', 0] }),
        node(2, 'SaveImage', ['inner'], { images: [1, 0] }),
      ],
      [[1, 0]],
    ),
  },
  'a reroute outside on both sides': {
    nodes: around(
      [reroute(2, [1, 0]), use(5, invert, { image: [2, 0] }), reroute(6, [5, 0])],
      [6, 0],
    ),
    subgraphs: [invert],
  },
  'mask first, picture second, bypassed': { nodes: mixedAround(OFF), subgraphs: [mixed] },
  'mask first, picture second': { nodes: mixedAround({}), subgraphs: [mixed] },
  'shown settings with values': {
    nodes: sampled([node(5, sampler.id, [101, 12], samplerFrom, samplerSockets)]),
    subgraphs: [sampler],
  },
  'shown settings, two uses with their own': {
    nodes: sampled([
      node(5, sampler.id, [101, 12], samplerFrom, samplerSockets),
      node(6, sampler.id, [202, 24], samplerFrom, samplerSockets),
    ]),
    subgraphs: [sampler],
  },
  'shown settings without values': {
    nodes: sampled([node(5, sampler.id, [], samplerFrom, samplerSockets)]),
    subgraphs: [sampler],
  },
  'shown settings, only the first stored': {
    nodes: sampled([node(5, sampler.id, [101], samplerFrom, samplerSockets)]),
    subgraphs: [sampler],
  },
  'a shown seed with its control stored': {
    nodes: sampled([node(5, sampler.id, [101, 'fixed', 12], samplerFrom, samplerSockets)]),
    subgraphs: [sampler],
  },
  'a shown setting that is wired': {
    nodes: sampled([
      node(8, 'PrimitiveInt', [31, 'fixed']),
      node(
        5,
        sampler.id,
        [101, 12],
        { ...samplerFrom, steps: [8, 0] },
        {
          ...samplerSockets,
          sockets: [...sampler.inputs.slice(0, 5), 'steps:INT:steps'],
        },
      ),
    ]),
    subgraphs: [sampler],
  },
  'both shown settings wired': {
    nodes: sampled([
      node(8, 'PrimitiveInt', [31, 'fixed']),
      node(
        5,
        sampler.id,
        [101, 12],
        { ...samplerFrom, seed: [8, 0], steps: [8, 0] },
        {
          ...samplerSockets,
          sockets: [...sampler.inputs.slice(0, 5), 'seed:INT:seed', 'steps:INT:steps'],
        },
      ),
    ]),
    subgraphs: [sampler],
  },
  'a primitive on a shown setting': {
    nodes: sampled([
      primitive(8, 'INT', 'steps', [19, 'fixed']),
      node(
        5,
        sampler.id,
        [101, 12],
        { ...samplerFrom, steps: [8, 0] },
        {
          ...samplerSockets,
          sockets: [...sampler.inputs.slice(0, 5), 'steps:INT:steps'],
        },
      ),
    ]),
    subgraphs: [sampler],
  },
  'a shown setting of a nested subgraph': {
    nodes: [
      ...base,
      node(5, outerSampler.id, [303], samplerFrom, {
        sockets: outerSampler.inputs.slice(0, 5),
        outputs: outerSampler.outputs,
      }),
      node(9, 'SaveImage', ['x'], { images: [5, 0] }),
    ],
    subgraphs: [sampler, outerSampler],
  },
  'a shown setting of a nested subgraph without a value': {
    nodes: [
      ...base,
      node(5, outerSampler.id, [], samplerFrom, {
        sockets: outerSampler.inputs.slice(0, 5),
        outputs: outerSampler.outputs,
      }),
      node(9, 'SaveImage', ['x'], { images: [5, 0] }),
    ],
    subgraphs: [sampler, outerSampler],
  },
  'a shown setting with a sampler bypassed': {
    nodes: sampled([node(5, sampler.id, [101, 12], samplerFrom, { ...samplerSockets, ...OFF })]),
    subgraphs: [sampler],
  },
  'one shown text for two nodes': {
    nodes: [
      node(1, 'CheckpointLoaderSimple', ['a.safetensors']),
      node(
        5,
        two.id,
        ['said outside'],
        { clip: [1, 1] },
        { sockets: ['clip:CLIP'], outputs: two.outputs },
      ),
      node(6, 'ConditioningCombine', [], { conditioning_1: [5, 0], conditioning_2: [5, 1] }),
      node(7, 'PreviewAny', [], { source: [6, 0] }),
    ],
    subgraphs: [two],
  },
  'one shown text with choices': {
    nodes: [
      node(1, 'CheckpointLoaderSimple', ['a.safetensors']),
      node(
        5,
        two.id,
        ['a {red|blue} car // note'],
        { clip: [1, 1] },
        { sockets: ['clip:CLIP'], outputs: two.outputs },
      ),
      node(6, 'ConditioningCombine', [], { conditioning_1: [5, 0], conditioning_2: [5, 1] }),
      node(7, 'PreviewAny', [], { source: [6, 0] }),
    ],
    subgraphs: [two],
  },
  'one shown text for two nodes, wired': {
    nodes: [
      node(1, 'CheckpointLoaderSimple', ['a.safetensors']),
      node(2, 'PrimitiveString', ['wired']),
      node(
        5,
        two.id,
        ['said outside'],
        { clip: [1, 1], text: [2, 0] },
        { sockets: ['text:STRING:text', 'clip:CLIP'], outputs: two.outputs },
      ),
      node(6, 'ConditioningCombine', [], { conditioning_1: [5, 0], conditioning_2: [5, 1] }),
      node(7, 'PreviewAny', [], { source: [6, 0] }),
    ],
    subgraphs: [two],
  },
  'a primitive inside': {
    nodes: inverted(),
    subgraphs: withInner(
      [
        primitive(3, 'INT', 'width', [320, 'fixed']),
        node(1, 'ImageScale', ['nearest-exact', 64, 64, 'disabled'], {
          image: ['in', 0],
          width: [3, 0],
        }),
      ],
      [[1, 0]],
    ),
  },
  'an unwired optional input inside': {
    nodes: [
      ...base,
      node(
        5,
        id(16),
        [],
        { positive: [2, 0], negative: [3, 0] },
        {
          sockets: ['positive:CONDITIONING', 'negative:CONDITIONING', 'vae:VAE'],
          outputs: ['P:CONDITIONING'],
        },
      ),
      node(7, 'PreviewAny', [], { source: [5, 0] }),
    ],
    subgraphs: [
      {
        id: id(16),
        inputs: ['positive:CONDITIONING', 'negative:CONDITIONING', 'vae:VAE'],
        outputs: ['P:CONDITIONING'],
        nodes: [
          node(1, 'ControlNetApplyAdvanced', [1, 0, 1], {
            positive: ['in', 0],
            negative: ['in', 1],
            vae: ['in', 2],
          }),
        ],
        outs: [[1, 0]],
      },
    ],
  },
};
