import { type DrawnNode, type Start, node, reroute } from '../parts/draw-graph.ts';
import { around, base, ending } from '../parts/parts.ts';

const set = (id: number, name: string, from: Start, more: Partial<DrawnNode> = {}): DrawnNode =>
  node(
    id,
    'SetNode',
    [name],
    { IMAGE: from },
    { sockets: ['IMAGE:IMAGE'], outputs: ['*:*'], ...more },
  );
const get = (id: number, name: string, more: Partial<DrawnNode> = {}): DrawnNode =>
  node(id, 'GetNode', [name], {}, { outputs: ['IMAGE:IMAGE'], ...more });

/** Values sent under a name instead of along a wire. */
export const getSetCases: Readonly<Record<string, readonly DrawnNode[]>> = {
  'a picture set and got': around([set(2, 'plate', [1, 0]), get(3, 'plate')], [3, 0]),
  'a picture got twice': around(
    [
      set(2, 'plate', [1, 0]),
      get(3, 'plate'),
      get(4, 'plate'),
      node(5, 'ImageBatch', [], { image1: [3, 0], image2: [4, 0] }),
    ],
    [5, 0],
  ),
  'set behind a reroute, got before one': around(
    [reroute(2, [1, 0]), set(3, 'plate', [2, 0]), get(4, 'plate'), reroute(5, [4, 0])],
    [5, 0],
  ),
  'set what was got under another name': around(
    [set(2, 'one', [1, 0]), get(3, 'one'), set(4, 'two', [3, 0]), get(5, 'two')],
    [5, 0],
  ),
  'set from a bypassed node': around(
    [
      node(2, 'ImageInvert', [], { image: [1, 0] }, { mode: 4 }),
      set(3, 'plate', [2, 0]),
      get(4, 'plate'),
    ],
    [4, 0],
  ),
  'set from a muted node': around(
    [
      node(2, 'ImageInvert', [], { image: [1, 0] }, { mode: 2 }),
      set(3, 'plate', [2, 0]),
      get(4, 'plate'),
    ],
    [4, 0],
  ),
  'got under a name that nobody sets': around([set(2, 'plate', [1, 0]), get(3, 'other')], [3, 0]),
  'two senders of different names': [
    node(1, 'LoadImage', ['plate.png', 'image']),
    node(2, 'LoadImage', ['second.png', 'image']),
    set(3, 'first', [1, 0]),
    set(4, 'second', [2, 0]),
    get(5, 'second'),
    get(6, 'first'),
    node(7, 'ImageBatch', [], { image1: [5, 0], image2: [6, 0] }),
    node(9, 'SaveImage', ['shot'], { images: [7, 0] }),
  ],
  'a number got into a setting': [
    ...base,
    node(10, 'PrimitiveInt', [33, 'fixed']),
    node(11, 'SetNode', ['steps'], { INT: [10, 0] }, { sockets: ['INT:INT'], outputs: ['*:*'] }),
    node(12, 'GetNode', ['steps'], {}, { outputs: ['INT:INT'] }),
    ...ending({ steps: [12, 0] }),
  ],
};
