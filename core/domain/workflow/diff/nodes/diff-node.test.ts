import { describe, expect, it } from 'vitest';
import { coreCatalog, withSubgraph } from '../../../../../tests/fixtures/edit-workflows.ts';
import { type JsonObject, type JsonValue } from '../../../../base/json.ts';
import { type DiffEntry } from '../../../../contract/workflow.schema.ts';
import { diffWorkflows } from '../diff-workflows.ts';
import { type NodeView, type WidgetView } from '../../view/view.ts';
import { diffNode } from './diff-node.ts';

const catalog = coreCatalog();

function node(more: Partial<NodeView> = {}): NodeView {
  return {
    id: '3',
    classType: 'KSampler',
    title: 'Mine',
    mode: 'active',
    widgets: [],
    inputs: [],
    outputs: [],
    isVirtual: false,
    ...more,
  };
}

const setting = (name: string, value: JsonValue, isLinked = false): WidgetView => ({
  name,
  value,
  isLinked,
});
const ref = { nodeId: '3', nodeTitle: 'Mine' };

/** What is told between two states of one node. */
function between(before: Partial<NodeView>, after: Partial<NodeView>): readonly DiffEntry[] {
  return diffNode({ before: node(before), after: node(after) });
}

describe('diffNode', () => {
  it('tells title, mode, settings and place, in this order', () => {
    expect(
      between(
        { title: 'Old', widgets: [setting('steps', 20)], position: [1, 2] },
        { mode: 'muted', widgets: [setting('steps', 30)], position: [1, 3] },
      ),
    ).toEqual([
      { kind: 'title-changed', nodeId: '3', from: 'Old', to: 'Mine' },
      { kind: 'mode-changed', ...ref, from: 'active', to: 'muted' },
      { kind: 'widget-changed', ...ref, widget: 'steps', from: 20, to: 30 },
      { kind: 'node-moved', ...ref, from: [1, 2], to: [1, 3] },
    ]);
  });

  it('names a replaced node by its classes, as they are displayed where that is known, not by titles', () => {
    const known = catalog.get('KSampler');
    expect(known).toBeDefined();
    expect(
      between(
        { classType: 'Other', title: 'Old' },
        known === undefined ? {} : { nodeClass: known },
      ),
    ).toEqual([{ kind: 'node-replaced', ...ref, from: 'Other', to: 'KSampler' }]);
    const loader = catalog.get('CheckpointLoaderSimple');
    expect(
      between(
        { classType: 'CheckpointLoaderSimple', ...(loader && { nodeClass: loader }) },
        { classType: 'Other' },
      ),
    ).toEqual([{ kind: 'node-replaced', ...ref, from: 'Load Checkpoint', to: 'Other' }]);
  });

  it('tells a move to the side, and none of a node that has no place in one of the two', () => {
    expect(between({ position: [1, 2] }, { position: [2, 2] })).toEqual([
      { kind: 'node-moved', ...ref, from: [1, 2], to: [2, 2] },
    ]);
    expect(between({ position: [1, 2] }, { position: [1, 2] })).toEqual([]);
    expect(between({}, { position: [2, 2] })).toEqual([]);
    expect(between({ position: [2, 2] }, {})).toEqual([]);
  });

  it('tells settings that came in the order of the node, then those that went', () => {
    expect(
      between(
        { widgets: [setting('gone', 1), setting('kept', 2)] },
        { widgets: [setting('kept', 2), setting('new', null)] },
      ),
    ).toEqual([
      { kind: 'widget-changed', ...ref, widget: 'new', to: null },
      { kind: 'widget-changed', ...ref, widget: 'gone', from: 1 },
    ]);
  });

  it('tells of a replaced node only the settings that both classes have', () => {
    expect(
      between(
        { classType: 'Other', widgets: [setting('gone', 1), setting('steps', 20)] },
        { widgets: [setting('steps', 30), setting('new', 3)] },
      ),
    ).toEqual([
      { kind: 'node-replaced', ...ref, from: 'Other', to: 'KSampler' },
      { kind: 'widget-changed', ...ref, widget: 'steps', from: 20, to: 30 },
    ]);
  });

  it('leaves out what is stored under a link, unless the link came or went', () => {
    const linked = { widgets: [setting('steps', 20, true)] };
    expect(between(linked, { widgets: [setting('steps', 30, true)] })).toEqual([]);
    const told = [{ kind: 'widget-changed', ...ref, widget: 'steps', from: 20, to: 30 }];
    expect(between(linked, { widgets: [setting('steps', 30)] })).toEqual(told);
    expect(
      between({ widgets: [setting('steps', 20)] }, { widgets: [setting('steps', 30, true)] }),
    ).toEqual(told);
  });
});

describe('two settings of one name on a subgraph', () => {
  const instance = (more: JsonObject): JsonObject => ({
    id: 12,
    type: '0a0a0a0a-0000-4000-8000-000000000001',
    properties: {
      proxyWidgets: [
        ['34', 'blur_radius'],
        ['35', 'blur_radius'],
      ],
    },
    inputs: [],
    ...more,
  });
  const diffInstances = (before: JsonObject, after: JsonObject): readonly DiffEntry[] => {
    const { root } = withSubgraph();
    return diffWorkflows(
      { format: 'graph', root: { ...root, nodes: [instance(before)] } },
      { format: 'graph', root: { ...root, nodes: [instance(after)] } },
      catalog,
    );
  };

  it('are not taken for each other', () => {
    const values = { widgets_values: [1, 2, 5] };
    expect(diffInstances({ mode: 0, ...values }, { mode: 4, ...values })).toEqual([
      { kind: 'mode-changed', nodeId: '12', nodeTitle: 'Soften', from: 'active', to: 'bypassed' },
    ]);
    expect(diffInstances(values, { widgets_values: [1, 3, 5] })).toEqual([
      {
        kind: 'widget-changed',
        nodeId: '12',
        nodeTitle: 'Soften',
        widget: 'blur_radius',
        from: 2,
        to: 3,
      },
    ]);
  });
});
