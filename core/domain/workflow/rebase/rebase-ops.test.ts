import { describe, expect, it } from 'vitest';
import { coreCatalog, textToImage } from '../../../../tests/fixtures/edit-workflows.ts';
import { type Op } from '../../../contract/workflow.schema.ts';
import { applyOps } from '../ops/apply-ops.ts';
import { type WorkflowDocument } from '../document.ts';
import { viewWorkflow } from '../view/view-workflow.ts';
import { describeConflict } from './conflict.ts';
import { rebaseOps } from './rebase-ops.ts';

const catalog = coreCatalog();
const base = textToImage();

function after(document: WorkflowDocument, ...ops: readonly Op[]): WorkflowDocument {
  const result = applyOps(document, ops, catalog);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value.document;
}

function set(nodeId: string, widget: string, value: number | string): Op {
  return { op: 'set_widget', nodeId, widget, value };
}

const vaeDecode: readonly Op[] = [
  { op: 'add_node', nodeId: '20', classType: 'VAEDecode' },
  {
    op: 'connect',
    from: { nodeId: '3', output: 'LATENT' },
    to: { nodeId: '20', input: 'samples' },
  },
];

describe('a change rebased on a workflow that moved meanwhile', () => {
  it.each<[string, readonly Op[], readonly Op[]]>([
    ['another setting of the node', [set('3', 'steps', 30)], [set('3', 'cfg', 6)]],
    [
      'the same setting to the same value',
      [set('3', 'steps', 30), set('3', 'cfg', 6)],
      [set('3', 'steps', 30)],
    ],
    ['another node', [set('3', 'steps', 30)], [{ op: 'set_title', nodeId: '3', title: 'Main' }]],
    ['a node beside', [...vaeDecode], [set('3', 'steps', 30)]],
    [
      'a node that this one does not name',
      [set('3', 'steps', 30)],
      [{ op: 'set_mode', nodeId: '9', mode: 'muted' }],
    ],
  ])('stays as it is where the other edit is about %s', (_what, ops, other) => {
    const current = after(base, ...other);
    const rebased = rebaseOps(ops, base, current, catalog);
    expect(rebased).toMatchObject({ ok: true });
    if (rebased.ok) expect(applyOps(current, rebased.value, catalog).ok).toBe(true);
  });

  it('gives a new node another id where the old one is taken by now, and keeps its place', () => {
    const current = after(base, { op: 'add_node', nodeId: '20', classType: 'VAEEncode' });
    const rebased = rebaseOps(vaeDecode, base, current, catalog);
    expect(rebased).toMatchObject({
      ok: true,
      value: [{ nodeId: '21' }, { to: { nodeId: '21', input: 'samples' } }],
    });
    const shown = viewWorkflow(after(base, ...vaeDecode), catalog).node('20')?.position;
    expect(rebased.ok && rebased.value[0]).toMatchObject({ position: shown });
  });

  it.each<[string, readonly Op[], readonly Op[], RegExp]>([
    [
      'the same setting',
      [set('3', 'steps', 30)],
      [set('3', 'steps', 25)],
      /Steps on KSampler: here “Steps 20 → 30 on KSampler”, meanwhile “Steps 20 → 25/,
    ],
    [
      'a setting that was right already',
      [set('3', 'steps', 20), set('3', 'cfg', 3)],
      [set('3', 'steps', 25)],
      /Steps on KSampler/,
    ],
    [
      'a node that is gone',
      [set('9', 'filename_prefix', 'a')],
      [{ op: 'delete_node', nodeId: '9' }],
      /Removed/,
    ],
    [
      'a node that this one removes',
      [{ op: 'delete_node', nodeId: '9' }],
      [set('9', 'filename_prefix', 'a')],
      /Removed/,
    ],
    [
      'an input',
      [{ op: 'disconnect', nodeId: '3', input: 'positive' }],
      [{ op: 'connect', from: { nodeId: '7', output: 0 }, to: { nodeId: '3', input: 'positive' } }],
      /Positive of KSampler/,
    ],
    [
      'what a formula was worked out from',
      [{ op: 'set_widget', nodeId: '5', widget: 'width', formula: 'height * 2' }],
      [set('5', 'height', 768)],
      /Worked out from it: height \* 2/,
    ],
    ['all of it, and did the same', [set('3', 'steps', 30)], [set('3', 'steps', 30)], /so already/],
  ])(
    'is a conflict with both sides where the other edit is about %s',
    (_what, ops, other, words) => {
      const rebased = rebaseOps(ops, base, after(base, ...other), catalog);
      expect(rebased.ok).toBe(false);
      if (!rebased.ok) expect(rebased.error.map(describeConflict).join(' ')).toMatch(words);
    },
  );
});
