import { type DrawnNode, type DrawnSubgraph, node } from './draw-graph.ts';
import { around, base, ending } from './parts.ts';
import { type SubgraphCase, id, invert, use } from './subgraph-parts.ts';

/** Scales a picture: width and height shown, the method kept inside. */
export const scaler: DrawnSubgraph = {
  id: id(20),
  inputs: ['image:IMAGE', 'width:INT', 'height:INT'],
  outputs: ['IMAGE:IMAGE'],
  nodes: [
    node(1, 'ImageScale', ['bilinear', 64, 48, 'disabled'], {
      image: ['in', 0],
      width: ['in', 1],
      height: ['in', 2],
    }),
  ],
  outs: [[1, 0]],
};
/** A use of the scaler. */
export const scale = (
  nodeId: number,
  values: readonly (number | string)[],
  from: DrawnNode['from'],
  more: Partial<DrawnNode> = {},
): DrawnNode =>
  node(nodeId, scaler.id, [...values], from, {
    sockets: ['image:IMAGE'],
    outputs: scaler.outputs,
    ...more,
  });
/** Its sockets when the width is wired. */
export const WIDTH_SOCKET = { sockets: ['image:IMAGE', 'width:INT:width'] };

/** Two scalers in a row, the width of both shown as one. */
export const twoScalers: DrawnSubgraph = {
  id: id(21),
  inputs: ['image:IMAGE', 'both:INT'],
  outputs: ['IMAGE:IMAGE'],
  nodes: [
    scale(1, [11, 12], { image: ['in', 0], width: ['in', 1] }, WIDTH_SOCKET),
    scale(2, [21, 22], { image: [1, 0], width: ['in', 1] }, WIDTH_SOCKET),
  ],
  outs: [[2, 0]],
};
/** Two scalers one level deeper. */
export const threeDeep: DrawnSubgraph = {
  id: id(22),
  inputs: ['picture:IMAGE', 'size:INT'],
  outputs: ['OUT:IMAGE'],
  nodes: [
    node(
      1,
      twoScalers.id,
      [500],
      { image: ['in', 0], both: ['in', 1] },
      {
        sockets: ['image:IMAGE', 'both:INT:both'],
        outputs: twoScalers.outputs,
      },
    ),
  ],
  outs: [[1, 0]],
};
/** A subgraph of one picture in and out with another inside. */
export const withInside = (
  end: number,
  nodes: readonly DrawnNode[],
  outs: DrawnSubgraph['outs'],
): DrawnSubgraph => ({ ...invert, id: id(end), nodes, outs });
/** A picture through one use of a subgraph. */
export const one = (
  definition: DrawnSubgraph,
  more: Partial<DrawnNode> = {},
): readonly DrawnNode[] => around([use(5, definition, { image: [1, 0] }, more)], [5, 0]);
/** A node that turns a picture over. */
export const inner = (
  nodeId: number,
  from: DrawnNode['from'],
  more: Partial<DrawnNode> = {},
): DrawnNode => node(nodeId, 'ImageInvert', [], from, more);

/** A value set by one inner node and got by another. */
export const sentInside = withInside(
  28,
  [
    inner(1, { image: ['in', 0] }),
    node(
      2,
      'SetNode',
      ['plate'],
      { IMAGE: [1, 0] },
      { sockets: ['IMAGE:IMAGE'], outputs: ['*:*'] },
    ),
    node(3, 'GetNode', ['plate'], {}, { outputs: ['IMAGE:IMAGE'] }),
    inner(4, { image: [3, 0] }),
  ],
  [[4, 0]],
);

/** Two texts that are shown as one; choices in braces in both. */
const twoTexts: DrawnSubgraph = {
  id: id(30),
  inputs: ['clip:CLIP', 'text:STRING'],
  outputs: ['A:CONDITIONING', 'B:CONDITIONING'],
  nodes: [
    node(1, 'CLIPTextEncode', ['{ "mood": "{calm|wild}" } // of the sea'], {
      clip: ['in', 0],
      text: ['in', 1],
    }),
    node(2, 'CLIPTextEncode', ['{one|two}'], { clip: ['in', 0], text: ['in', 1] }),
  ],
  outs: [
    [1, 0],
    [2, 0],
  ],
};
/** A render from these texts, with what their instance holds. */
export const fromTwoTexts = (values: readonly string[]): SubgraphCase => ({
  nodes: [
    ...base,
    node(
      8,
      twoTexts.id,
      [...values],
      { clip: [1, 1] },
      { sockets: ['clip:CLIP'], outputs: twoTexts.outputs },
    ),
    ...ending({ positive: [8, 0], negative: [8, 1] }),
  ],
  subgraphs: [twoTexts],
});
