import { describe, expect, it } from 'vitest';
import { edit, link, raw, refusal, set, source, widget } from '../../../../tests/fakes/edits.ts';
import { coreCatalog, withSubgraph } from '../../../../tests/fixtures/edit-workflows.ts';
import type { JsonObject } from '../../../base/json.ts';
import { applyOps } from './apply-ops.ts';
import { applyPatch, reversePatch } from '../patch/apply-patch.ts';
import type { WorkflowDocument } from '../document.ts';
import { serializeWorkflow } from '../serialize-workflow.ts';

const catalog = coreCatalog();

describe('applyOps inside subgraphs', () => {
  const inner = (document: WorkflowDocument): JsonObject =>
    (document.root['definitions'] as { subgraphs: JsonObject[] }).subgraphs[0]!;

  it('edits a node of the definition when one node uses it', () => {
    const before = withSubgraph();
    const after = edit(before, set('12:35', 'sigma', 2));
    expect(widget(after, '12:35', 'sigma')).toBe(2);
    expect(after.root['nodes']).toBe(before.root['nodes']);
  });

  it('refuses when several nodes use it, and says so', () => {
    expect(refusal(withSubgraph(2), set('12:35', 'sigma', 2))).toMatchObject({
      code: 'op/read-only',
      data: { nodeId: '12:35' },
    });
  });

  it('sets a setting that the subgraph shows on the node that shows it', () => {
    const after = edit(withSubgraph(2), set('13', 'blur_radius', 9));
    expect(raw(after, 13)['widgets_values']).toEqual([9]);
    expect(raw(after, 12)['widgets_values']).toEqual([7]);
    expect(refusal(withSubgraph(), set('12', 'blur_radius', 'wide')).code).toBe('op/invalid-value');
  });

  it('adds, links and deletes inside, keeping the edge of the subgraph in step', () => {
    const after = edit(
      withSubgraph(),
      { op: 'add_node', nodeId: '12:40', classType: 'ImageInvert' },
      link('12:34', 'IMAGE', '12:40', 'image'),
      { op: 'delete_node', nodeId: '12:35' },
    );
    expect(source(after, '12:40', 'image')).toEqual({ nodeId: '34', output: 0 });
    expect(inner(after)['outputs']).toEqual([
      { id: 'c', name: 'IMAGE', type: 'IMAGE', linkIds: [] },
    ]);
    expect(inner(after)['state']).toMatchObject({ lastNodeId: 40, lastLinkId: 5 });
  });

  it('no longer shows a setting when the node behind it is gone', () => {
    const error = refusal(
      withSubgraph(),
      { op: 'delete_node', nodeId: '12:34' },
      set('12', 'blur_radius', 3),
    );
    expect(error.code).toBe('op/unknown-widget');
  });

  it('refuses a link across the edge', () => {
    const error = refusal(
      withSubgraph(),
      { op: 'add_node', nodeId: '50', classType: 'ImageInvert' },
      link('12:35', 'IMAGE', '50', 'image'),
    );
    expect(error.code).toBe('op/read-only');
  });

  it('is undone to the letter', () => {
    const before = withSubgraph();
    const result = applyOps(before, [{ op: 'delete_node', nodeId: '12:34' }], catalog);
    if (!result.ok) throw new Error(result.error.code);
    const undone = applyPatch(result.value.document, reversePatch(result.value.patch));
    expect(undone.ok && serializeWorkflow(undone.value)).toBe(serializeWorkflow(before));
  });
});
