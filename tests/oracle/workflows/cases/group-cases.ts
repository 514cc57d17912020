import type { JsonObject } from '../../../../core/base/json.ts';
import { type DrawnNode, node, reroute } from '../parts/draw-graph.ts';
import { around } from '../parts/parts.ts';

/** Nodes and the old group nodes (`extra.groupNodes`) that they use. */
export interface GroupCase {
  readonly nodes: readonly DrawnNode[];
  readonly groups: JsonObject;
}

const member = (
  index: number,
  type: string,
  inputs: readonly JsonObject[],
  outputs: readonly string[],
  values: readonly (string | number)[] = [],
): JsonObject => ({
  index,
  type,
  pos: [40 * index, 40],
  size: [200, 100],
  flags: {},
  order: index,
  mode: 0,
  inputs: [...inputs],
  outputs: outputs.map((each) => ({ name: each, type: each, links: [] })),
  properties: { 'Node name for S&R': type },
  widgets_values: [...values],
});
const socket = (name: string, type: string, link: number | null = null): JsonObject => ({
  name,
  type,
  link,
});

const twice: JsonObject = {
  nodes: [
    member(0, 'ImageInvert', [socket('image', 'IMAGE')], ['IMAGE']),
    member(
      1,
      'ImageScale',
      [socket('image', 'IMAGE', 1)],
      ['IMAGE'],
      ['nearest-exact', 640, 480, 'disabled'],
    ),
  ],
  links: [[0, 0, 1, 0, 1, 'IMAGE']],
  external: [[1, 0, 'IMAGE']],
};

const use = (
  id: number,
  values: readonly (string | number)[],
  from: DrawnNode['from'],
  more: Partial<DrawnNode> = {},
): DrawnNode =>
  node(id, 'workflow>Twice', [...values], from, {
    sockets: ['image:IMAGE'],
    outputs: ['IMAGE:IMAGE'],
    ...more,
  });

/** The page's old group nodes. */
export const groupCases: Readonly<Record<string, GroupCase>> = {
  'a group node': {
    nodes: around([use(5, ['nearest-exact', 320, 240, 'disabled'], { image: [1, 0] })], [5, 0]),
    groups: { Twice: twice },
  },
  'two of a group node': {
    nodes: around(
      [
        use(5, ['nearest-exact', 320, 240, 'disabled'], { image: [1, 0] }),
        use(6, ['bilinear', 32, 24, 'center'], { image: [5, 0] }),
      ],
      [6, 0],
    ),
    groups: { Twice: twice },
  },
  'a group node behind a reroute': {
    nodes: around(
      [
        reroute(4, [1, 0]),
        use(5, ['nearest-exact', 320, 240, 'disabled'], { image: [4, 0] }),
        reroute(6, [5, 0]),
      ],
      [6, 0],
    ),
    groups: { Twice: twice },
  },
  'a group node bypassed': {
    nodes: around(
      [use(5, ['nearest-exact', 320, 240, 'disabled'], { image: [1, 0] }, { mode: 4 })],
      [5, 0],
    ),
    groups: { Twice: twice },
  },
  'a group node muted': {
    nodes: around(
      [use(5, ['nearest-exact', 320, 240, 'disabled'], { image: [1, 0] }, { mode: 2 })],
      [5, 0],
    ),
    groups: { Twice: twice },
  },
  'a group node with nothing wired': {
    nodes: around([use(5, ['nearest-exact', 320, 240, 'disabled'], {})], [5, 0]),
    groups: { Twice: twice },
  },
};
