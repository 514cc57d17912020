import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../../base/json.ts';
import {
  convertGraph,
  loadImage,
  saveImage,
} from '../../../../../tests/fixtures/convert-workflow.ts';
import type { GraphNode, GraphWire } from '../../../../../tests/fixtures/graph.ts';

describe('the broadcasts of an older cg-use-everywhere file', () => {
  const link = (
    upstream: JsonValue,
    downstream: JsonValue,
    from: JsonValue = 0,
    to: JsonValue = 0,
  ) => ({
    upstream,
    upstream_slot: from,
    downstream,
    downstream_slot: to,
  });
  const broadcast = (
    links: JsonValue,
    nodes: readonly GraphNode[] = [loadImage(1), saveImage(2)],
    wires: readonly GraphWire[] = [],
  ) => convertGraph(nodes, wires, { extra: { ue_links: links } });

  it('feed an input that no wire ends at, and say so', () => {
    const { inputs, report } = broadcast([null, link(1, 2)]);
    expect(inputs('2')).toEqual({ filename_prefix: 'x', images: ['1', 0] });
    expect(report).toEqual([
      {
        nodeId: '2',
        nodeTitle: 'Save Image',
        kind: 'guessed',
        message: '“images” is fed by a broadcast node and was joined to node 1.',
      },
    ]);
  });

  it('are read with ids and slots as text, and from any output', () => {
    const { inputs } = broadcast([link('1', '2', '1', '0')]);
    expect(inputs('2')['images']).toEqual(['1', 1]);
  });

  it('do not take the place of a wire', () => {
    const nodes = [loadImage(1), saveImage(2), loadImage(3)];
    const { inputs, report } = broadcast([link(1, 2)], nodes, [[3, 0, 2, 'images']]);
    expect(inputs('2')['images']).toEqual(['3', 0]);
    expect(report).toEqual([]);
  });

  it('do not feed settings', () => {
    const size: GraphNode = {
      id: 2,
      type: 'EmptyLatentImage',
      in: ['width:INT:width'],
      values: [8, 8, 1],
    };
    const { inputs, report } = broadcast([link(1, 2)], [loadImage(1), size]);
    expect(inputs('2')).toEqual({ width: 8, height: 8, batch_size: 1 });
    expect(report).toEqual([]);
  });

  it('feed only the slot that they name', () => {
    const two: GraphNode = { id: 2, type: 'Two', in: ['a:IMAGE', 'b:IMAGE'] };
    const { inputs } = broadcast([link(1, 2, 0, 1)], [loadImage(1), two]);
    expect(inputs('2')).toEqual({ b: ['1', 0] });
  });

  it('are followed like wires, to what is behind a reroute and to nothing at a muted node', () => {
    const reroute: GraphNode = { id: 3, type: 'Reroute', in: [':*'], out: ['*'] };
    const behind = broadcast([link(3, 2)], [loadImage(1), saveImage(2), reroute], [[1, 0, 3, '']]);
    expect(behind.inputs('2')['images']).toEqual(['1', 0]);
    const muted = broadcast([link(1, 2)], [{ ...loadImage(1), mode: 2 }, saveImage(2)]);
    expect(muted.inputs('2')).toEqual({ filename_prefix: 'x' });
    expect(muted.report).toMatchObject([
      {
        nodeId: '2',
        kind: 'left-out',
        message: '“images” is linked to a muted node; it was left out.',
      },
    ]);
  });

  it('that miss an end, or are no list, are passed over', () => {
    expect(broadcast([link(null, 2), link(1, null)]).inputs('2')).toEqual({ filename_prefix: 'x' });
    expect(broadcast('none').inputs('2')).toEqual({ filename_prefix: 'x' });
  });
});
