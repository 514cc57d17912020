import { describe, expect, it } from 'vitest';
import { apiRoot, classOf, smallCatalog } from '../../../../../tests/fixtures/small-catalog.ts';
import { type JsonObject, type JsonValue } from '../../../../base/json.ts';
import { type Op } from '../../../../contract/workflow.schema.ts';
import { applyOps } from '../apply-ops.ts';

// A fresh Pass is drawn 210 pixels wide and 34 high.
const catalog = smallCatalog({ Pass: classOf({ image: 'IMAGE' }, { image: 'IMAGE' }) });
const ADD: Op = { op: 'add_node', nodeId: '9', classType: 'Pass' };

const standing = (id: number, x: number, y: number): JsonObject => ({
  id,
  type: 'Pass',
  pos: [x, y],
  size: [200, 100],
  mode: 0,
  inputs: [{ name: 'image', type: 'IMAGE', link: null }],
  outputs: [{ name: 'image', type: 'IMAGE', links: null }],
});

const link = (from: string, to: string): Op => ({
  op: 'connect',
  from: { nodeId: from, output: 0 },
  to: { nodeId: to, input: 'image' },
});

/** Where node 9 goes in a graph with node 1 at the left, 2 in the middle and 3 at the right. */
function placeAmong(frames: readonly JsonValue[], ...ops: readonly Op[]): JsonValue | undefined {
  const nodes = [standing(1, 0, 0), standing(2, 300, 300), standing(3, 1000, 500)];
  const groups = frames.map((bounding, id) => ({ id, title: 'Frame', bounding }));
  const root = { nodes, links: [], groups };
  const result = applyOps({ format: 'graph', root }, ops, catalog);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  const edited = result.value.document.root['nodes'] as readonly JsonObject[];
  return edited.find(({ id }) => id === 9)?.['pos'];
}

describe('a new node is placed', () => {
  it.each<[string, readonly Op[], JsonValue]>([
    ['right of the node that is going to feed it', [ADD, link('1', '9')], [240, 0]],
    [
      'right of the right-most of several that feed it',
      [ADD, link('2', '9'), link('1', '9')],
      [540, 300],
    ],
    ['left of the node that it is going to feed', [ADD, link('9', '3')], [750, 500]],
    [
      'left of the left-most of several that it feeds',
      [ADD, link('9', '3'), link('9', '2')],
      [50, 300],
    ],
    [
      'right of what feeds it rather than left of what it feeds',
      [ADD, link('9', '3'), link('1', '9')],
      [240, 0],
    ],
    ['right of everything when nothing is linked to it', [ADD, link('1', '2')], [1240, 500]],
    [
      'by its links whatever else is done',
      [
        ADD,
        { op: 'set_title', nodeId: '2', title: 'Plate' },
        link('2', '3'),
        link('1', '9'),
        { op: 'set_mode', nodeId: '2', mode: 'muted' },
      ],
      [240, 0],
    ],
    ['where the op says', [{ ...ADD, position: [7, 8] }, link('1', '9')], [7, 8]],
  ])('%s', (_, ops, expected) => {
    expect(placeAmong([], ...ops)).toEqual(expected);
  });

  it('at the origin of an empty canvas', () => {
    const result = applyOps({ format: 'graph', root: { nodes: [], links: [] } }, [ADD], catalog);
    expect(result.ok && result.value.document.root['nodes']).toMatchObject([{ pos: [0, 0] }]);
  });

  it('nowhere in the API format, which has no canvas', () => {
    const root = apiRoot({ '1': ['Pass'] });
    const result = applyOps({ format: 'api', root }, [ADD, link('1', '9')], catalog);
    expect(result.ok && result.value.document.root['9']).toEqual({
      class_type: 'Pass',
      inputs: { image: ['1', 0] },
      _meta: { title: 'Pass' },
    });
  });
});

describe('a new node stays out of a frame', () => {
  const roundOne = [-20, -60, 700, 300];
  const roundThree = [700, 400, 600, 400];

  it('in which the node that feeds it is not', () => {
    expect(placeAmong([[230, -50, 300, 150]], ADD, link('1', '9'))).toEqual([240, 170]);
  });

  it('in which the node that it feeds is not', () => {
    expect(placeAmong([[700, 400, 270, 400]], ADD, link('9', '3'))).toEqual([750, 870]);
  });

  it('in which only what it feeds is, when something outside feeds it', () => {
    const frame = [200, -60, 1000, 700];
    expect(placeAmong([frame], ADD, link('1', '9'), link('9', '3'))).toEqual([240, 710]);
  });

  it('and below a node that stands under the frame in its way', () => {
    expect(placeAmong([[230, -50, 300, 300]], ADD, link('1', '9'))).toEqual([240, 470]);
  });

  it('but not out of the one in which its neighbour is', () => {
    expect(placeAmong([roundOne], ADD, link('1', '9'))).toEqual([240, 0]);
    expect(placeAmong([roundThree], ADD, link('9', '3'))).toEqual([750, 500]);
    expect(placeAmong([roundOne], ADD, link('1', '9'), link('9', '3'))).toEqual([240, 0]);
  });
});
