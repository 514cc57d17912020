import { describe, expect, it } from 'vitest';
import { coreCatalog } from '../../../../tests/fixtures/edit-workflows.ts';
import { type LinkRow, graphOf, source, target } from '../../../../tests/fixtures/linked-graphs.ts';
import { type JsonObject } from '../../../base/json.ts';
import { type DiffEntry } from '../../../contract/workflow.schema.ts';
import { applyOps } from '../ops/apply-ops.ts';
import { applyPatch } from '../patch/apply-patch.ts';
import { diffWorkflows } from './diff-workflows.ts';
import { type WorkflowDocument } from '../document.ts';

const catalog = coreCatalog();

/** Entries on one line each. */
function told(before: WorkflowDocument, after: WorkflowDocument): readonly string[] {
  return diffWorkflows(before, after, catalog).map((entry: DiffEntry) => {
    if (entry.kind !== 'link-added' && entry.kind !== 'link-removed') {
      return `${entry.kind} ${'nodeId' in entry ? entry.nodeId : ''}`;
    }
    const { from, to } = entry;
    return `${entry.kind} ${from.nodeTitle} ${from.output} > ${to.nodeId} ${to.input}`;
  });
}

describe('a node that is the same in two versions', () => {
  const nodes = [source(1), source(2), target(3, 7), target(4, 8)];

  it('is named when its link starts at another node or output now', () => {
    const before = graphOf(nodes, [
      [7, 1, 0, 3],
      [8, 2, 0, 4],
    ]);
    expect(
      told(
        before,
        graphOf(nodes, [
          [7, 2, 0, 3],
          [8, 2, 0, 4],
        ]),
      ),
    ).toEqual(['link-removed S1 X > 3 in', 'link-added S2 X > 3 in']);
    expect(
      told(
        before,
        graphOf(nodes, [
          [7, 1, 0, 3],
          [8, 2, 1, 4],
        ]),
      ),
    ).toEqual(['link-removed S2 X > 4 in', 'link-added S2 Y > 4 in']);
  });

  it('is named when its link is no longer, or only now, in the list of links', () => {
    const [one, both]: readonly (readonly LinkRow[])[] = [
      [[7, 1, 0, 3]],
      [
        [7, 1, 0, 3],
        [8, 2, 0, 4],
      ],
    ];
    expect(told(graphOf(nodes, both), graphOf(nodes, one))).toEqual(['link-removed S2 X > 4 in']);
    expect(told(graphOf(nodes, one), graphOf(nodes, both))).toEqual(['link-added S2 X > 4 in']);
  });

  it('is named when the output that feeds it has another name, or a namesake, now', () => {
    const links: readonly LinkRow[] = [
      [7, 1, 0, 3],
      [8, 2, 0, 4],
    ];
    const before = graphOf(nodes, links);
    const [, second, ...rest] = nodes as [JsonObject, JsonObject, ...JsonObject[]];
    expect(told(before, graphOf([source(1, ['Z', 'Y']), second, ...rest], links))).toEqual([
      'link-removed S1 X > 3 in',
      'link-added S1 Z > 3 in',
    ]);
    expect(told(before, graphOf([source(1, ['X', 'Y', 'X']), second, ...rest], links))).toEqual([
      'link-removed S1 X > 3 in',
      'link-added S1 X#0 > 3 in',
    ]);
    expect(told(before, graphOf([source(1, ['X', 'Z']), second, ...rest], links))).toEqual([]);
  });

  it('is named when the node that feeds it is another, whose outputs have other names', () => {
    const links: readonly LinkRow[] = [
      [7, 1, 0, 3],
      [8, 2, 0, 4],
    ];
    const fed = (type: string): WorkflowDocument =>
      graphOf([source(1, ['X'], type), source(2), target(3, 7), target(4, 8)], links);
    expect(told(fed('VAEEncode'), fed('VAEDecode'))).toEqual([
      'node-replaced 1',
      'link-removed VAE Encode LATENT > 3 in',
      'link-added VAE Decode IMAGE > 3 in',
    ]);
  });

  it('is named when the node that feeds it is gone or new', () => {
    const links: readonly LinkRow[] = [
      [7, 1, 0, 3],
      [8, 2, 0, 4],
    ];
    const [whole, without] = [graphOf(nodes, links), graphOf(nodes.slice(1), links)];
    expect(told(whole, without)).toEqual([
      'link-removed S1 X > 3 in',
      'link-added 1 #0 > 3 in',
      'node-removed 1',
    ]);
    expect(told(without, whole)).toEqual([
      'node-added 1',
      'link-removed 1 #0 > 3 in',
      'link-added S1 X > 3 in',
    ]);
  });
});

describe('what is told of two versions', () => {
  it('follows the order of the new file, what is gone the order of the old', () => {
    const ids = [5, 1, 4, 2, 3];
    const titled = (title: string, id: number): JsonObject => ({ ...source(id), title });
    expect(
      told(
        graphOf([source(9), source(8), ...ids.map((id) => titled('a', id))]),
        graphOf([source(6), ...ids.toReversed().map((id) => titled('b', id)), source(7)]),
      ),
    ).toEqual([
      'node-added 6',
      ...ids.toReversed().map((id) => `title-changed ${String(id)}`),
      'node-added 7',
      'node-removed 9',
      'node-removed 8',
    ]);
  });

  it('is complete when a file has two nodes of one number', () => {
    const [a, b] = [source(1), { ...source(1), title: 'Twin' }];
    expect(told(graphOf([a, b, source(2)]), graphOf([a, source(2)]))).toEqual(['node-removed 1']);
    expect(told(graphOf([a, source(2)]), graphOf([a, b, source(2)]))).toEqual([
      'node-added 1',
      'title-changed 1',
    ]);
  });

  it('is by class and title when less than half of the smaller one is in both', () => {
    const [second, third] = [source(2, [], 'S3'), source(3, [], 'S2')];
    expect(
      told(
        graphOf([source(1), source(2), source(3), source(4)]),
        graphOf([source(1), second, third, source(4)]),
      ),
    ).toEqual(['node-replaced 2', 'node-replaced 3']);
    expect(
      told(graphOf([source(1), source(2), source(3)]), graphOf([source(1), second, third])),
    ).toEqual([]);
  });

  it('is what was edited, forth and back, when they share memory', () => {
    const before = graphOf([null, source(1), 'odd', target(3, 7)], [[7, 1, 0, 3]]);
    const applied = applyOps(
      before,
      [
        { op: 'set_title', nodeId: '3', title: 'Mine' },
        { op: 'set_mode', nodeId: '1', mode: 'muted' },
      ],
      catalog,
    );
    if (!applied.ok) throw new Error(applied.error.code);
    const after = applied.value.document;
    expect(told(before, after)).toEqual(['mode-changed 1', 'title-changed 3']);
    expect(told(after, before)).toEqual(['mode-changed 1', 'title-changed 3']);
    const again = applyPatch(before, applied.value.patch);
    expect(again.ok && told(after, again.value)).toEqual([]);
  });
});
