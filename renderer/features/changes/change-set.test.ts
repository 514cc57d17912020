import { describe, expect, it } from 'vitest';
import { coreCatalog, textToImage } from '../../../tests/fixtures/edit-workflows.ts';
import type { ChangeSet, OpenWorkflow } from '../../../core/contract/session.schema.ts';
import type { Op } from '../../../core/contract/workflow.schema.ts';
import { applyOps } from '../../../core/domain/workflow/ops/apply-ops.ts';
import { opDependencies } from '../../../core/domain/workflow/ops/op-dependencies.ts';
import { keptOps, toggleOp } from './choose-ops.ts';
import { describeOps } from './describe-ops.ts';
import { previewChangeSet } from './preview-change-set.ts';

const catalog = coreCatalog();
const ops: readonly Op[] = [
  { op: 'set_widget', nodeId: '3', widget: 'steps', value: 30 },
  { op: 'add_node', nodeId: '20', classType: 'LoraLoader' },
  { op: 'connect', from: { nodeId: '4', output: 'MODEL' }, to: { nodeId: '20', input: 'model' } },
  { op: 'connect', from: { nodeId: '20', output: 'MODEL' }, to: { nodeId: '3', input: 'model' } },
];
const changeSet: ChangeSet = {
  changeSetId: 'c1',
  baseRevision: 0,
  intent: 'More steps and a LoRA',
  ops,
  digest: 'd',
  status: 'proposed',
  proposedBy: { role: 'assistant', name: 'a' },
  proposedAt: 0,
};

function openWorkflow(): OpenWorkflow {
  const { format, root } = textToImage();
  const position = { revision: 0, savedRevision: null, history: [], position: 0 };
  return { name: 'w', path: null, format, document: root, ...position };
}

function appliedWorkflow(later: readonly Op[] = []): OpenWorkflow {
  let open = openWorkflow();
  for (const [label, list] of [['c1', ops] as const, ['later', later] as const]) {
    if (list.length === 0) continue;
    const result = applyOps({ format: open.format, root: open.document }, list, catalog);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    const { document, patch } = result.value;
    open = {
      ...open,
      document: document.root,
      revision: open.revision + 1,
      history: [
        ...open.history,
        {
          entryId: String(open.position + 1),
          parentId: String(open.position),
          label,
          patch,
          changeSetId: label,
          at: 0,
        },
      ],
      position: open.position + 1,
    };
  }
  return open;
}

const kindsOf = (result: ReturnType<typeof previewChangeSet>) =>
  result.ok ? result.value.entries.map((entry) => entry.kind).sort() : result.error.code;

describe('rows of a change set', () => {
  it('says each op in an artist’s words, the effect on links included', () => {
    const rows = describeOps(ops, textToImage(), catalog);
    expect(rows.map((row) => row.sentences[0])).toEqual([
      'Steps 20 → 30 on KSampler',
      expect.stringMatching(/^Added Load LoRA/),
      expect.stringMatching(/^Connected MODEL of Load Checkpoint to model of Load LoRA/),
      expect.stringMatching(/instead of MODEL of Load Checkpoint$/),
    ]);
    expect(rows.map((row) => row.shape)).toEqual(['changed', 'added', 'added', 'added']);
    expect(rows.map((row) => row.nodeId)).toEqual(['3', '20', '20', '3']);
  });

  it('says which one is meant where several nodes have the same name', () => {
    const second: Op = { op: 'add_node', nodeId: '30', classType: 'KSampler' };
    const twice = applyOps(textToImage(), [second], catalog);
    if (!twice.ok) throw new Error(twice.error.code);
    const set = (nodeId: string): Op => ({ op: 'set_widget', nodeId, widget: 'steps', value: 30 });
    const rows = describeOps([set('3'), set('30')], twice.value.document, catalog);
    expect(rows.map((row) => row.sentences)).toEqual([
      ['Steps 20 → 30 on KSampler #3'],
      ['Steps 20 → 30 on KSampler #30'],
    ]);
  });

  it('lets the ops speak for themselves when the workflow has moved on', () => {
    const rows = describeOps(ops, undefined, catalog);
    expect(rows[0]?.sentences).toEqual(['Set Steps to 30 on node 3']);
    const named = describeOps(ops, undefined, catalog, textToImage());
    expect(named[0]?.sentences).toEqual(['Set Steps to 30 on KSampler']);
  });

  it('takes along what needs an unticked op, and brings back what a ticked one needs', () => {
    const needs = opDependencies(ops);
    const without = toggleOp([], 1, needs);
    expect(without).toEqual([1, 2, 3]);
    expect(keptOps(ops.length, without)).toEqual([0]);
    expect(toggleOp(without, 3, needs)).not.toContain(1);
    expect(toggleOp([], 0, needs)).toEqual([0]);
  });
});

describe('preview of a change set', () => {
  it('shows only the ticked ops', () => {
    const all = previewChangeSet(openWorkflow(), changeSet, [], catalog);
    expect(kindsOf(all)).toContain('node-added');
    const some = previewChangeSet(openWorkflow(), changeSet, [1, 2, 3], catalog);
    expect(kindsOf(some)).toEqual(['widget-changed']);
    const none = previewChangeSet(openWorkflow(), changeSet, [0, 1, 2, 3], catalog);
    expect(kindsOf(none)).toEqual([]);
  });

  it('says that it is out of date when the workflow changed and it was never applied', () => {
    const moved = { ...openWorkflow(), revision: 4 };
    expect(kindsOf(previewChangeSet(moved, changeSet, [], catalog))).toBe('change/stale');
  });

  it('finds an applied one in the history, also after later changes and after undo', () => {
    const expected = kindsOf(previewChangeSet(openWorkflow(), changeSet, [], catalog));
    const later: Op[] = [{ op: 'set_widget', nodeId: '3', widget: 'cfg', value: 5 }];
    for (const open of [appliedWorkflow(), appliedWorkflow(later)]) {
      expect(kindsOf(previewChangeSet(open, changeSet, [], catalog))).toEqual(expected);
    }
    const before = openWorkflow();
    const undone = { ...appliedWorkflow(), document: before.document, position: 0, revision: 2 };
    expect(kindsOf(previewChangeSet(undone, changeSet, [], catalog))).toEqual(expected);
  });
});
