import { describe, expect, it } from 'vitest';
import { coreCatalog } from '../../../../tests/fixtures/edit-workflows.ts';
import { type LinkRow, graphOf, source, target } from '../../../../tests/fixtures/linked-graphs.ts';
import { type JsonObject, type JsonValue } from '../../../base/json.ts';
import { applyOps } from '../ops/apply-ops.ts';
import { type WorkflowDocument } from '../document.ts';
import { stateOf } from '../store/graph-state.ts';
import { unsettledNodes } from './settled-nodes.ts';

const catalog = coreCatalog();

/** The nodes that are looked at in each version; undefined when that is all of them. */
function lookedAt(before: WorkflowDocument, after: WorkflowDocument) {
  const rest = unsettledNodes(stateOf(before), stateOf(after), catalog);
  return (
    rest && {
      before: [...rest.before.nodes.keys()],
      after: [...rest.after.nodes.keys()],
      settled: ['1', '2', '3', '4', '5', 'none'].filter(rest.isSettled),
    }
  );
}

describe('unsettledNodes', () => {
  const links: readonly LinkRow[] = [
    [7, 1, 0, 3],
    [8, 2, 0, 4],
  ];
  const before = graphOf([source(1), source(2), target(3, 7), target(4, 8)], links);
  const edit = (at: number, node: JsonValue, rows = links): WorkflowDocument =>
    graphOf((before.root['nodes'] as readonly JsonValue[]).with(at, node), rows);

  it('leaves out every node of an equal file, whatever the order of its keys', () => {
    const nodes = (before.root['nodes'] as readonly JsonObject[]).map((node) =>
      Object.fromEntries(Object.entries(node).toReversed()),
    );
    expect(lookedAt(before, graphOf(nodes, links))).toEqual({
      before: [],
      after: [],
      settled: ['1', '2', '3', '4'],
    });
  });

  it('looks at a changed node only, not at those that it feeds as before', () => {
    const other = { before: ['1'], after: ['1'], settled: ['2', '3', '4'] };
    expect(lookedAt(before, edit(0, { ...source(1), mode: 4 }))).toEqual(other);
  });

  it('looks at what was edited in memory, and not at what was edited back', () => {
    const file = edit(0, { ...source(1), mode: 0 });
    const inMode = (document: WorkflowDocument, mode: 'bypassed' | 'active'): WorkflowDocument => {
      const applied = applyOps(document, [{ op: 'set_mode', nodeId: '1', mode }], catalog);
      if (!applied.ok) throw new Error(applied.error.code);
      return applied.value.document;
    };
    const bypassed = inMode(file, 'bypassed');
    expect(lookedAt(file, bypassed)).toEqual({
      before: ['1'],
      after: ['1'],
      settled: ['2', '3', '4'],
    });
    expect(lookedAt(file, inMode(bypassed, 'active'))).toMatchObject({ before: [], after: [] });
  });

  it('looks at what is fed by a node that has other outputs or another class, or is gone', () => {
    const fed = { before: ['1', '3'], after: ['1', '3'], settled: ['2', '4'] };
    expect(lookedAt(before, edit(0, source(1, ['X', 'Z'])))).toEqual(fed);
    expect(lookedAt(before, edit(0, source(1, ['X'])))).toEqual(fed);
    expect(lookedAt(before, edit(0, source(1, ['X', 'Y'], 'Other')))).toEqual(fed);
    expect(lookedAt(before, edit(0, null))).toEqual({ ...fed, after: ['3'] });
  });

  it('looks at what a moved link leads to, and at the file’s new nodes', () => {
    expect(
      lookedAt(
        before,
        graphOf(
          [target(3, 7), source(5), target(4, 8), source(2), source(1)],
          [
            [7, 1, 1, 3],
            [8, 2, 0, 4],
          ],
        ),
      ),
    ).toEqual({ before: ['3'], after: ['3', '5'], settled: ['1', '2', '4'] });
  });

  it('looks at a node with several inputs when one of them is concerned', () => {
    const inputs = [7, 8].map((link): JsonObject => ({
      name: `in${String(link)}`,
      type: '*',
      link,
    }));
    const both: JsonObject = { id: 3, type: 'T', inputs };
    const rows = links.map(([id, from, slot]): LinkRow => [id, from, slot, 3]);
    const moved = rows.with(1, [8, 2, 1, 3]);
    const nodes = [source(1), source(2), both];
    expect(lookedAt(graphOf(nodes, rows), graphOf(nodes, moved))).toMatchObject({
      after: ['3'],
    });
  });

  it('looks at the nodes that show a subgraph which is another now, and at no others', () => {
    const instance = { id: 5, type: 'inner' };
    const file = (name: string): WorkflowDocument => {
      const { root } = before;
      const nodes = [...(root['nodes'] as readonly JsonValue[]), instance];
      const definitions = { subgraphs: [{ id: 'inner', name, nodes: [], links: [] }] };
      return { format: 'graph', root: { ...root, nodes, definitions } };
    };
    expect(lookedAt(file('A'), file('B'))).toEqual({
      before: ['5'],
      after: ['5'],
      settled: ['1', '2', '3', '4'],
    });
    expect(lookedAt(file('A'), file('A'))).toMatchObject({ after: [] });
  });

  it('gives up on two files of unlike origin, and on numbers that stand for two nodes', () => {
    const half = graphOf([source(1), source(2), source(3), source(4)]);
    expect(lookedAt(before, half)).toBeDefined();
    expect(lookedAt(before, edit(0, source(1, [], 'Other')))).toBeDefined();
    expect(lookedAt(before, graphOf([source(1), source(3), source(4)]))).toBeUndefined();
    expect(
      lookedAt(before, graphOf([source(1), source(6), source(7), source(8), source(9)])),
    ).toBeUndefined();
    expect(lookedAt(before, graphOf([source(1)]))).toBeDefined();
    const twins = graphOf([source(1), source(1), source(2), source(3)]);
    expect(lookedAt(twins, half)).toBeUndefined();
    expect(lookedAt(half, twins)).toBeUndefined();
  });
});
