import { fromTwoTexts, scaler, scale, twoScalers, threeDeep } from '../parts/deep-parts.ts';
import { node } from '../parts/draw-graph.ts';
import { around } from '../parts/parts.ts';
import { type SubgraphCase } from '../parts/subgraph-parts.ts';

/** Settings shown on subgraphs, one to three levels deep. */
export const shownCases: Readonly<Record<string, SubgraphCase>> = {
  'shown sizes of two uses in a row': {
    nodes: around(
      [scale(5, [100, 110], { image: [1, 0] }), scale(6, [200, 210], { image: [5, 0] })],
      [6, 0],
    ),
    subgraphs: [scaler],
  },
  'one shown size for two inner uses': {
    nodes: around(
      [
        node(
          5,
          twoScalers.id,
          [333],
          { image: [1, 0] },
          { sockets: ['image:IMAGE'], outputs: twoScalers.outputs },
        ),
      ],
      [5, 0],
    ),
    subgraphs: [scaler, twoScalers],
  },
  'one shown text in braces for two inner uses': fromTwoTexts(['{dawn|dusk}']),
  'one shown text in braces for two inner uses, no value outside': fromTwoTexts([]),
  'one shown size for two inner uses, wired': {
    nodes: around(
      [
        node(4, 'PrimitiveInt', [640, 'fixed']),
        node(
          5,
          twoScalers.id,
          [333],
          { image: [1, 0], both: [4, 0] },
          {
            sockets: ['image:IMAGE', 'both:INT:both'],
            outputs: twoScalers.outputs,
          },
        ),
      ],
      [5, 0],
    ),
    subgraphs: [scaler, twoScalers],
  },
  'a size handed through three levels': {
    nodes: around(
      [
        node(
          5,
          threeDeep.id,
          [720],
          { picture: [1, 0] },
          { sockets: ['picture:IMAGE'], outputs: threeDeep.outputs },
        ),
      ],
      [5, 0],
    ),
    subgraphs: [scaler, twoScalers, threeDeep],
  },
  'a size handed through three levels, no value outside': {
    nodes: around(
      [
        node(
          5,
          threeDeep.id,
          [],
          { picture: [1, 0] },
          { sockets: ['picture:IMAGE'], outputs: threeDeep.outputs },
        ),
      ],
      [5, 0],
    ),
    subgraphs: [scaler, twoScalers, threeDeep],
  },
  'a size handed through three levels, wired': {
    nodes: around(
      [
        node(4, 'PrimitiveInt', [640, 'fixed']),
        node(
          5,
          threeDeep.id,
          [720],
          { picture: [1, 0], size: [4, 0] },
          {
            sockets: ['picture:IMAGE', 'size:INT:size'],
            outputs: threeDeep.outputs,
          },
        ),
      ],
      [5, 0],
    ),
    subgraphs: [scaler, twoScalers, threeDeep],
  },
  'three levels, twice': {
    nodes: around(
      [
        node(
          5,
          threeDeep.id,
          [720],
          { picture: [1, 0] },
          { sockets: ['picture:IMAGE'], outputs: threeDeep.outputs },
        ),
        node(
          6,
          threeDeep.id,
          [72],
          { picture: [5, 0] },
          { sockets: ['picture:IMAGE'], outputs: threeDeep.outputs },
        ),
      ],
      [6, 0],
    ),
    subgraphs: [scaler, twoScalers, threeDeep],
  },
};
