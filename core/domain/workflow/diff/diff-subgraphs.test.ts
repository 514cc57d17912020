import { describe, expect, it } from 'vitest';
import { coreCatalog } from '../../../../tests/fixtures/edit-workflows.ts';
import { type JsonObject, type JsonValue } from '../../../base/json.ts';
import { type DiffEntry } from '../../../contract/workflow.schema.ts';
import { diffWorkflows } from './diff-workflows.ts';
import { type WorkflowDocument } from '../document.ts';

const catalog = coreCatalog();

/** A node of a class that the server does not list, or an instance of a subgraph. */
const node = (id: number, type: string, more: JsonObject = {}): JsonObject => ({
  id,
  type,
  ...more,
});
const sampler = (id: number, steps: number, control = 'fixed'): JsonObject =>
  node(id, 'KSampler', { widgets_values: [1, control, steps, 8, 'euler', 'normal', 1] });
const linked = (link: number): JsonObject => ({
  inputs: [{ name: 'model', type: 'MODEL', link }],
});

function subgraph(id: string, nodes: readonly JsonObject[], more: JsonObject = {}): JsonObject {
  return { id, name: `The ${id}`, nodes, links: [], ...more };
}

function workflow(
  nodes: readonly JsonObject[],
  ...subgraphs: readonly JsonObject[]
): WorkflowDocument {
  const links: JsonValue = [];
  return { format: 'graph', root: { nodes, links, definitions: { subgraphs } } };
}

const diff = (before: WorkflowDocument, after: WorkflowDocument): readonly DiffEntry[] =>
  diffWorkflows(before, after, catalog);
const steps = (nodeId: string, from: number, to: number): DiffEntry => ({
  kind: 'widget-changed',
  nodeId,
  nodeTitle: 'KSampler',
  widget: 'steps',
  from,
  to,
});

describe('what differs inside subgraphs', () => {
  it('is told once, under the first node that shows the subgraph', () => {
    const around = [node(1, 'Note'), node(12, 'inner'), node(13, 'inner')];
    expect(
      diff(
        workflow(around, subgraph('inner', [sampler(5, 20)])),
        workflow(around, subgraph('inner', [sampler(5, 30)])),
      ),
    ).toEqual([steps('12:5', 20, 30)]);
  });

  it('is told for subgraphs inside of others, the outer first, wherever they are defined', () => {
    const file = (count: number, isNested: boolean): WorkflowDocument => {
      const inner = subgraph('inner', [sampler(5, count)]);
      const outer = [node(7, 'inner'), sampler(8, count)];
      return isNested
        ? workflow(
            [node(12, 'outer')],
            subgraph('outer', outer, { definitions: { subgraphs: [inner] } }),
          )
        : workflow([node(12, 'outer')], inner, subgraph('outer', outer));
    };
    const told = [steps('12:8', 20, 30), steps('12:7:5', 20, 30)];
    expect(diff(file(20, true), file(30, true))).toEqual(told);
    expect(diff(file(20, false), file(30, false))).toEqual(told);
  });

  it('is told with the path at both ends of links, and of what came, went or was renamed', () => {
    const around = [node(12, 'inner')];
    expect(
      diff(
        workflow(
          around,
          subgraph('inner', [node(1, 'A'), node(2, 'B', linked(1)), node(3, 'C')], {
            links: [
              { id: 1, origin_id: 1, origin_slot: 0, target_id: 2, target_slot: 0, type: '*' },
            ],
          }),
        ),
        workflow(
          around,
          subgraph(
            'inner',
            [node(1, 'A'), node(2, 'B', { ...linked(2), title: 'Mine' }), node(4, 'D')],
            {
              links: [
                { id: 2, origin_id: -10, origin_slot: 0, target_id: 2, target_slot: 0, type: '*' },
              ],
            },
          ),
        ),
      ),
    ).toEqual([
      { kind: 'title-changed', nodeId: '12:2', from: 'B', to: 'Mine' },
      {
        kind: 'link-removed',
        from: { nodeId: '12:1', nodeTitle: 'A', output: '#0' },
        to: { nodeId: '12:2', nodeTitle: 'B', input: 'model' },
      },
      {
        kind: 'link-added',
        from: { nodeId: '12:-10', nodeTitle: 'the subgraph’s inputs', output: '#0' },
        to: { nodeId: '12:2', nodeTitle: 'Mine', input: 'model' },
      },
      { kind: 'node-added', nodeId: '12:4', nodeTitle: 'D', classType: 'D' },
      { kind: 'node-removed', nodeId: '12:3', nodeTitle: 'C', classType: 'C' },
    ]);
  });

  it('includes what the page does with a seed after each run', () => {
    const around = [node(12, 'inner')];
    expect(
      diff(
        workflow(around, subgraph('inner', [sampler(5, 20, 'fixed')])),
        workflow(around, subgraph('inner', [sampler(5, 20, 'randomize')])),
      ),
    ).toEqual([
      {
        kind: 'widget-changed',
        nodeId: '12:5',
        nodeTitle: 'KSampler',
        widget: 'control_after_generate',
        from: 'fixed',
        to: 'randomize',
      },
    ]);
  });

  it('is not told of subgraphs that no node shows, or that only one of the two has', () => {
    const note = node(1, 'Note');
    expect(
      diff(
        workflow([note], subgraph('inner', [sampler(5, 20)])),
        workflow([note], subgraph('inner', [sampler(5, 30)])),
      ),
    ).toEqual([]);
    expect(
      diff(
        workflow([note]),
        workflow([note, node(12, 'inner')], subgraph('inner', [sampler(5, 20)])),
      ),
    ).toEqual([{ kind: 'node-added', nodeId: '12', nodeTitle: 'The inner', classType: 'inner' }]);
  });

  it('has an end when a subgraph shows itself, and a node without a class shows nothing', () => {
    const nodes = (count: number): readonly JsonObject[] => [
      node(7, 'inner'),
      node(6, ''),
      sampler(5, count),
    ];
    const around = (count: number): readonly JsonObject[] => [
      node(12, 'inner'),
      node(13, ''),
      sampler(14, count),
    ];
    expect(
      diff(
        workflow(around(1), subgraph('inner', nodes(20))),
        workflow(around(2), subgraph('inner', nodes(30))),
      ),
    ).toEqual([steps('14', 1, 2), steps('12:5', 20, 30)]);
  });

  it('names the nodes around when a subgraph has another name or another setting outside', () => {
    const around = [node(1, 'Note'), node(12, 'inner')];
    expect(
      diff(
        workflow(around, subgraph('inner', [])),
        workflow(around, subgraph('inner', [], { name: 'Soften' })),
      ),
    ).toEqual([{ kind: 'title-changed', nodeId: '12', from: 'The inner', to: 'Soften' }]);
    expect(diff(workflow(around, subgraph('inner', [])), workflow(around))).toEqual([
      { kind: 'title-changed', nodeId: '12', from: 'The inner', to: 'inner' },
    ]);
    expect(diff(workflow(around), workflow(around, subgraph('inner', [])))).toEqual([
      { kind: 'title-changed', nodeId: '12', from: 'inner', to: 'The inner' },
    ]);
  });
});
