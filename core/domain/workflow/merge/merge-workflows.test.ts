import { describe, expect, it } from 'vitest';
import { coreCatalog, textToImage } from '../../../../tests/fixtures/edit-workflows.ts';
import { apiDocument } from '../../../../tests/fakes/tool-context.ts';
import { type JsonObject } from '../../../base/json.ts';
import { type Op } from '../../../contract/workflow.schema.ts';
import { applyOps } from '../ops/apply-ops.ts';
import { describeDiff } from '../describe/describe-diff.ts';
import { diffWorkflows } from '../diff/diff-workflows.ts';
import { type WorkflowDocument } from '../document.ts';
import { describeConflict } from '../rebase/conflict.ts';
import { viewWorkflow } from '../view/view-workflow.ts';
import { mergeWorkflows } from './merge-workflows.ts';

const catalog = coreCatalog();

function after(document: WorkflowDocument, ...ops: readonly Op[]): WorkflowDocument {
  const result = applyOps(document, ops, catalog);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value.document;
}

function set(nodeId: string, widget: string, value: number | string): Op {
  return { op: 'set_widget', nodeId, widget, value };
}

function merge(base: WorkflowDocument, ours: readonly Op[], theirs: readonly Op[]) {
  const merged = mergeWorkflows(base, after(base, ...ours), after(base, ...theirs), catalog);
  if (!merged.ok) throw new Error(merged.error.code);
  const { document, conflicts } = merged.value;
  return {
    document,
    changes: describeDiff(diffWorkflows(base, document, catalog)),
    conflicts: conflicts.map(describeConflict),
  };
}

const upscale: readonly Op[] = [
  { op: 'add_node', nodeId: '20', classType: 'ImageScaleBy' },
  { op: 'connect', from: { nodeId: '8', output: 0 }, to: { nodeId: '20', input: 'image' } },
  { op: 'connect', from: { nodeId: '20', output: 0 }, to: { nodeId: '9', input: 'images' } },
];
const preview: readonly Op[] = [
  { op: 'add_node', nodeId: '20', classType: 'PreviewImage' },
  { op: 'connect', from: { nodeId: '8', output: 0 }, to: { nodeId: '20', input: 'images' } },
];

describe.each([
  ['saved', textToImage()],
  ['exported', apiDocument()],
])('merging what two made of one %s workflow', (_format, base) => {
  it('takes the settings of both, on one node too', () => {
    const { changes, conflicts } = merge(base, [set('3', 'steps', 30)], [set('3', 'cfg', 5)]);
    expect(changes).toEqual(['Steps 20 → 30 on KSampler', 'CFG 8 → 5 on KSampler']);
    expect(conflicts).toEqual([]);
  });

  it('keeps both new nodes where they have one id, each with its links', () => {
    const { document, conflicts } = merge(base, upscale, preview);
    expect(conflicts).toEqual([]);
    const view = viewWorkflow(document, catalog);
    const previewed = view.nodes.find((node) => node.classType === 'PreviewImage');
    expect(previewed?.id).not.toBe('20');
    expect(previewed?.inputs.find(({ name }) => name === 'images')?.link?.nodeId).toBe('8');
    expect(view.node('20')?.inputs.find(({ name }) => name === 'image')?.link?.nodeId).toBe('8');
    expect(view.node('9')?.inputs.find(({ name }) => name === 'images')?.link?.nodeId).toBe('20');
  });

  it('names both sides where they clash, and keeps ours', () => {
    const { changes, conflicts } = merge(base, [set('3', 'steps', 30)], [set('3', 'steps', 40)]);
    expect(changes).toEqual(['Steps 20 → 30 on KSampler']);
    expect(conflicts).toEqual([
      'Steps on KSampler: here “Steps 20 → 30 on KSampler”, meanwhile “Steps 20 → 40 on KSampler”.',
    ]);
  });

  it('keeps a node that one removed and the other works with', () => {
    const remove: readonly Op[] = [{ op: 'delete_node', nodeId: '9' }];
    const rename: readonly Op[] = [set('9', 'filename_prefix', 'final')];
    for (const [ours, theirs] of [
      [remove, rename],
      [rename, remove],
    ] as const) {
      const { document, conflicts } = merge(base, ours, theirs);
      expect(viewWorkflow(document, catalog).node('9')).toBeDefined();
      expect(conflicts).toHaveLength(1);
    }
  });

  it('removes what one removed', () => {
    const { document, conflicts } = merge(
      base,
      [{ op: 'delete_node', nodeId: '9' }],
      [set('3', 'steps', 30)],
    );
    expect(viewWorkflow(document, catalog).node('9')).toBeUndefined();
    expect(conflicts).toEqual([]);
  });

  it('does not mix the settings of two classes', () => {
    const replace: Op = { op: 'replace_node', nodeId: '3', classType: 'KSamplerAdvanced' };
    const { document, conflicts } = merge(base, [set('3', 'steps', 30)], [replace]);
    expect(conflicts).toHaveLength(1);
    expect(viewWorkflow(document, catalog).node('3')?.classType).toBe('KSampler');
  });

  it('is the other one where only one changed', () => {
    const theirs = after(base, ...upscale);
    const merged = mergeWorkflows(base, base, theirs, catalog);
    expect(merged.ok && merged.value.document).toBe(theirs);
  });
});

describe('merging saved workflows', () => {
  const base = textToImage();

  it('leaves links that agree on both ends, and counters above every id', () => {
    const { document } = merge(base, upscale, preview);
    const { root } = document;
    const links = root['links'] as readonly (readonly unknown[])[];
    expect(new Set(links.map(([id]) => id)).size).toBe(links.length);
    const nodes = root['nodes'] as readonly JsonObject[];
    for (const [id, from, slot, to, input] of links) {
      const side = (nodeId: unknown, key: string): readonly JsonObject[] =>
        nodes.find((node) => node['id'] === nodeId)?.[key] as readonly JsonObject[];
      expect(side(from, 'outputs')[Number(slot)]?.['links']).toContain(id);
      expect(side(to, 'inputs')[Number(input)]?.['link']).toBe(id);
    }
    expect(root['last_link_id']).toBe(Math.max(...links.map(([id]) => Number(id))));
  });

  it('carries over what no setting stands for, and tells where that clashes', () => {
    const painted = (color: string): WorkflowDocument => ({
      format: 'graph',
      root: {
        ...base.root,
        nodes: (base.root['nodes'] as readonly JsonObject[]).map((node) =>
          node['id'] === 3 ? { ...node, color } : node,
        ),
      },
    });
    const one = mergeWorkflows(base, after(base, set('3', 'steps', 30)), painted('#232'), catalog);
    const sampler = (document: WorkflowDocument): JsonObject | undefined =>
      (document.root['nodes'] as readonly JsonObject[]).find((node) => node['id'] === 3);
    expect(one.ok && sampler(one.value.document)?.['color']).toBe('#232');
    const two = mergeWorkflows(base, painted('#322'), painted('#232'), catalog);
    expect(two.ok && two.value.conflicts).toMatchObject([{ what: 'Look of KSampler' }]);
  });

  it('refuses files of two formats', () => {
    expect(mergeWorkflows(base, base, apiDocument(), catalog)).toMatchObject({
      error: { code: 'change/does-not-fit' },
    });
  });
});
