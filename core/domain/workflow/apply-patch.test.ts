import { describe, expect, it } from 'vitest';
import { type JsonObject } from '../../base/json.ts';
import { type DocumentPatch } from '../../contract/workflow.schema.ts';
import { applyPatch, reversePatch } from './apply-patch.ts';
import { type WorkflowDocument } from './document.ts';
import { createPatch } from './patch/create-patch.ts';
import { serializeWorkflow } from './serialize-workflow.ts';

const graph = (root: JsonObject): WorkflowDocument => ({ format: 'graph', root });
const node = (id: number, steps = 1): JsonObject => ({ id, type: 'X', widgets_values: [steps] });

function roundTrip(before: WorkflowDocument, after: WorkflowDocument): DocumentPatch {
  const patch = createPatch(before, after);
  const forth = applyPatch(before, patch);
  expect(forth.ok && serializeWorkflow(forth.value)).toBe(serializeWorkflow(after));
  const back = applyPatch(after, reversePatch(patch));
  expect(back.ok && serializeWorkflow(back.value)).toBe(serializeWorkflow(before));
  return patch;
}

describe('a patch replays and reverses to the letter', () => {
  it.each<[string, JsonObject, JsonObject, number]>([
    ['nothing', { nodes: [node(1)] }, { nodes: [node(1)] }, 0],
    ['a changed node', { nodes: [node(1), node(2)] }, { nodes: [node(1), node(2, 5)] }, 1],
    [
      'nodes taken from and put into the middle',
      { nodes: [node(1), node(2), node(3)] },
      { nodes: [node(4), node(1), node(5), node(6), node(3)] },
      4,
    ],
    ['all nodes gone', { nodes: [node(1), node(2)] }, { nodes: [] }, 2],
    ['another order', { nodes: [node(1), node(2)] }, { nodes: [node(2), node(1)] }, 2],
    [
      'links with a hole, as one key',
      { nodes: [], links: [null, [1, 2, 0, 3, 0, 'X']] },
      { nodes: [], links: [null] },
      1,
    ],
    ['two nodes of one id', { nodes: [node(1), node(1)] }, { nodes: [node(1)] }, 1],
    [
      'keys added, taken and in another order',
      { a: 1, nodes: [], b: 2 },
      { b: 3, c: null, nodes: [] },
      4,
    ],
    ['a new array', { version: 0.4 }, { version: 0.4, nodes: [node(1)] }, 1],
    ['1 and 1.5', { groups: [{ id: 1, title: 'a' }] }, { groups: [{ id: 1, title: 'b' }] }, 1],
    ['big integers', { last_node_id: 1n }, { last_node_id: 9007199254740993n }, 1],
  ])('%s', (_, before, after, entries) => {
    expect(roundTrip(graph(before), graph(after)).entries).toHaveLength(entries);
  });

  it('in subgraph definitions, nested ones too, and not elsewhere', () => {
    const make = (steps: number): JsonObject => ({
      nodes: [node(1)],
      definitions: {
        subgraphs: [
          {
            id: 'a',
            nodes: [],
            definitions: { subgraphs: [{ id: 'b', nodes: [node(9, steps)] }] },
          },
          { id: 'c', nodes: [] },
        ],
      },
    });
    const patch = roundTrip(graph(make(1)), graph(make(2)));
    expect(patch.entries).toMatchObject([{ collection: 'node', scope: 'b', id: '9' }]);
  });

  it('when a definition comes or goes', () => {
    const before = graph({ nodes: [], definitions: { subgraphs: [{ id: 'a', nodes: [] }] } });
    const after = graph({ nodes: [], definitions: { subgraphs: [] } });
    expect(roundTrip(before, after).entries).toMatchObject([
      { collection: 'key', scope: '', id: 'definitions' },
    ]);
  });

  it('in the API format', () => {
    const before: WorkflowDocument = {
      format: 'api',
      root: { '3': { class_type: 'A', inputs: {} }, x: { class_type: 'B', inputs: {} } },
    };
    const after: WorkflowDocument = {
      format: 'api',
      root: { '3': { class_type: 'A', inputs: { a: 1 } }, y: { class_type: 'C', inputs: {} } },
    };
    expect(roundTrip(before, after).entries).toHaveLength(3);
  });
});

describe('applyPatch', () => {
  const patch = createPatch(graph({ nodes: [node(1, 1)] }), graph({ nodes: [node(1, 2)] }));

  it('refuses what it was not made for', () => {
    expect(applyPatch(graph({ nodes: [node(1, 7)] }), patch)).toEqual({
      ok: false,
      error: { code: 'change/does-not-fit', data: { what: 'node 1 is not as it was' } },
    });
    expect(applyPatch(graph({}), patch).ok).toBe(false);
  });

  it('refuses to add what is already there, or into a subgraph that is not', () => {
    const add = createPatch(graph({ nodes: [] }), graph({ nodes: [node(1)] }));
    expect(applyPatch(graph({ nodes: [node(1)] }), add).ok).toBe(false);
    const elsewhere = { entries: add.entries.map((entry) => ({ ...entry, scope: 'gone' })) };
    expect(applyPatch(graph({ nodes: [] }), elsewhere).ok).toBe(false);
  });

  it('gives the same document for an empty patch, and keeps untouched nodes', () => {
    const document = graph({ nodes: [node(1, 1), node(2)] });
    expect(applyPatch(document, { entries: [] })).toEqual({ ok: true, value: document });
    const applied = applyPatch(document, patch);
    const nodes = (root: JsonObject): readonly unknown[] => root['nodes'] as readonly unknown[];
    expect(applied.ok && nodes(applied.value.root)[1]).toBe(nodes(document.root)[1]);
  });
});
