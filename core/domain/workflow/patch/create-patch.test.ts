import { describe, expect, it } from 'vitest';
import { type JsonObject, type JsonValue } from '../../../base/json.ts';
import { type PatchEntry } from '../../../contract/workflow.schema.ts';
import { applyPatch } from './apply-patch.ts';
import { type WorkflowDocument } from '../document.ts';
import { withNodes } from '../store/graph-state.ts';
import { createPatch } from './create-patch.ts';

const graph = (root: JsonObject): WorkflowDocument => ({ format: 'graph', root });
const api = (root: JsonObject): WorkflowDocument => ({ format: 'api', root });
const node = (id: number, steps = 1): JsonObject => ({ id, type: 'X', widgets_values: [steps] });
const nodes = (...ids: readonly number[]): JsonObject => ({ nodes: ids.map((id) => node(id)) });
const definitions = (...subgraphs: readonly JsonValue[]): JsonObject => ({
  definitions: { subgraphs },
});

/** The entries, of which each must be needed: without any one of them the patch does not lead to `after`. */
function entriesOf(before: WorkflowDocument, after: WorkflowDocument): readonly PatchEntry[] {
  const { entries } = createPatch(before, after);
  const applied = applyPatch(before, { entries });
  expect(applied.ok && applied.value.root).toStrictEqual(after.root);
  expect(applied.ok && JSON.stringify(applied.value.root)).toBe(JSON.stringify(after.root));
  return entries;
}

describe('createPatch names exactly what differs', () => {
  it('a node that was changed, with both of its versions and no place', () => {
    expect(entriesOf(graph(nodes(1, 2)), graph({ nodes: [node(1), node(2, 5)] }))).toStrictEqual([
      { collection: 'node', scope: '', id: '2', before: node(2), after: node(2, 5) },
    ]);
  });

  it('what went and what came, with the place that each had in its own list', () => {
    expect(entriesOf(graph(nodes(1, 2, 3)), graph(nodes(4, 1, 3)))).toStrictEqual([
      { collection: 'node', scope: '', id: '2', before: node(2), index: 1 },
      { collection: 'node', scope: '', id: '4', after: node(4), index: 0 },
    ]);
  });

  it.each<[string, number[], number[], string[]]>([
    ['the last one moved to the front', [1, 2, 3, 4], [4, 1, 2, 3], ['4']],
    ['the first one moved to the end', [1, 2, 3, 4], [2, 3, 4, 1], ['1']],
    ['two that changed places across others', [1, 2, 3, 4, 5], [5, 2, 3, 4, 1], ['1', '5']],
    ['a block moved over a longer block', [1, 2, 3, 4, 5], [4, 5, 1, 2, 3], ['4', '5']],
    ['a block moved over a shorter block', [1, 2, 3, 4, 5], [3, 4, 5, 1, 2], ['1', '2']],
    [
      'one of the middle moved, others came and went',
      [1, 2, 3, 4, 5],
      [9, 2, 4, 3, 5],
      ['1', '3', '9'],
    ],
    ['a row that starts late', [5, 1, 2, 3], [1, 2, 3, 5], ['5']],
  ])('as few moves as possible: %s', (_, before, after, moved) => {
    const entries = entriesOf(graph(nodes(...before)), graph(nodes(...after)));
    const ids = [...new Set(entries.map(({ id }) => id))].toSorted();
    // Of two equally short rows either may stay, so what counts is how many moved.
    expect(ids).toHaveLength(moved.length);
    for (const entry of entries) expect(entry.index).toBeTypeOf('number');
  });

  it('a row of nodes in reverse order leaves one of them in its place', () => {
    const entries = entriesOf(graph(nodes(1, 2, 3, 4)), graph(nodes(4, 3, 2, 1)));
    expect(new Set(entries.map(({ id }) => id)).size).toBe(3);
    expect(entries).toHaveLength(6);
  });

  it('links and groups as what they are, in either form of a link', () => {
    const before = graph({
      nodes: [],
      links: [[1, 2, 0, 3, 0, 'X']],
      groups: [{ id: 1, title: 'a' }],
    });
    const after = graph({
      nodes: [],
      links: [[1, 2, 1, 3, 0, 'X']],
      groups: [{ id: 1, title: 'b' }],
    });
    expect(entriesOf(before, after).map(({ collection, id }) => [collection, id])).toStrictEqual([
      ['link', '1'],
      ['group', '1'],
    ]);
  });

  it('a list whose members have no ids as one key', () => {
    const before = graph({ nodes: [], groups: [{ title: 'a' }] });
    const after = graph({ nodes: [], groups: [{ title: 'b' }] });
    expect(entriesOf(before, after)).toStrictEqual([
      {
        collection: 'key',
        scope: '',
        id: 'groups',
        before: [{ title: 'a' }],
        after: [{ title: 'b' }],
      },
    ]);
  });

  it('a list that is not there in one version as a key that comes', () => {
    expect(entriesOf(graph({ version: 1 }), graph({ version: 1, groups: [] }))).toStrictEqual([
      { collection: 'key', scope: '', id: 'groups', after: [], index: 1 },
    ]);
  });

  it('a list that is no longer there as a key that goes', () => {
    expect(entriesOf(graph({ version: 1, groups: [] }), graph({ version: 1 }))).toStrictEqual([
      { collection: 'key', scope: '', id: 'groups', before: [], index: 1 },
    ]);
  });

  it('nothing of a list that is equal but another object', () => {
    expect(
      entriesOf(graph({ nodes: [node(1)], a: 1 }), graph({ nodes: [node(1)], a: 2 })),
    ).toStrictEqual([{ collection: 'key', scope: '', id: 'a', before: 1, after: 2 }]);
  });

  it('keys in another order by moving whole keys, members and all', () => {
    const entries = entriesOf(
      graph({ a: 1, nodes: [node(1)] }),
      graph({ nodes: [node(1, 2)], a: 1 }),
    );
    expect(entries.every(({ collection }) => collection === 'key')).toBe(true);
  });

  it('keys of which only the last changed places by whole keys too', () => {
    const before = graph({ a: 1, nodes: [node(1)], b: 1 });
    const entries = entriesOf(before, graph({ a: 1, b: 1, nodes: [node(1, 2)] }));
    expect(entries.map(({ collection, id }) => [collection, id])).toStrictEqual([
      ['key', 'b'],
      ['key', 'b'],
      ['key', 'nodes'],
    ]);
  });

  it('keys that came beside keys that stayed, with their members apart', () => {
    const entries = entriesOf(
      graph({ a: 1, nodes: [node(1)], b: 1 }),
      graph({ nodes: [node(1, 2)], c: 1, b: 1 }),
    );
    expect(entries.map(({ collection, id }) => [collection, id])).toStrictEqual([
      ['node', '1'],
      ['key', 'a'],
      ['key', 'c'],
    ]);
  });

  it('in the API format nodes as nodes, and what is no node as a key', () => {
    const before = api({ '3': { class_type: 'A', inputs: {} }, extra: { a: 1 }, list: [1] });
    const after = api({ '3': { class_type: 'B', inputs: {} }, extra: { a: 2 }, list: [2] });
    expect(entriesOf(before, after)).toStrictEqual([
      {
        collection: 'node',
        scope: '',
        id: '3',
        before: { class_type: 'A', inputs: {} },
        after: { class_type: 'B', inputs: {} },
      },
      { collection: 'key', scope: '', id: 'extra', before: { a: 1 }, after: { a: 2 } },
      { collection: 'key', scope: '', id: 'list', before: [1], after: [2] },
    ]);
  });
});

describe('createPatch in subgraph definitions', () => {
  const before = graph({
    nodes: [node(1)],
    ...definitions({ id: 'a', nodes: [node(7)] }, { id: 'b', nodes: [node(8)] }),
  });

  it('goes into the ones that both versions have', () => {
    const after = graph({
      nodes: [node(1)],
      ...definitions({ id: 'a', nodes: [node(7, 2)] }, { id: 'b', nodes: [node(8, 3)] }),
    });
    expect(entriesOf(before, after)).toStrictEqual([
      { collection: 'node', scope: 'a', id: '7', before: node(7), after: node(7, 2) },
      { collection: 'node', scope: 'b', id: '8', before: node(8), after: node(8, 3) },
    ]);
  });

  it.each<[string, JsonObject]>([
    ['one went', definitions({ id: 'a', nodes: [node(7, 2)] })],
    [
      'they changed places',
      definitions({ id: 'b', nodes: [node(8)] }, { id: 'a', nodes: [node(7)] }),
    ],
    [
      'another one has a name that is not text',
      definitions({ id: 5, nodes: [] }, { id: 'b', nodes: [] }),
    ],
    ['two have one id', definitions({ id: 'a', nodes: [] }, { id: 'a', nodes: [node(7)] })],
    ['one is no object', definitions({ id: 'a', nodes: [] }, null)],
    ['they are no list', { definitions: { subgraphs: {} } }],
    [
      'there is something new beside them',
      {
        definitions: { ...(before.root['definitions'] as JsonObject), more: 1 },
      },
    ],
    ['there is nothing where they were', { definitions: 3 }],
    ['the key is gone', {}],
  ])('replaces the whole key when %s', (_, changed) => {
    const after = graph({ nodes: [node(1)], ...changed });
    expect(entriesOf(before, after).map(({ collection, id }) => [collection, id])).toStrictEqual([
      ['key', 'definitions'],
    ]);
    expect(entriesOf(after, before).map(({ collection, id }) => [collection, id])).toStrictEqual([
      ['key', 'definitions'],
    ]);
  });

  it('replaces the whole key when neither version has a list of them', () => {
    expect(entriesOf(graph({ definitions: { a: 1 } }), graph({ definitions: 3 }))).toStrictEqual([
      { collection: 'key', scope: '', id: 'definitions', before: { a: 1 }, after: 3 },
    ]);
  });

  it('says nothing of definitions that did not change', () => {
    const after = graph({ ...before.root, nodes: [node(1, 2)] });
    expect(
      entriesOf(before, after).map(({ collection, scope }) => [collection, scope]),
    ).toStrictEqual([['node', '']]);
  });
});

describe('createPatch of two versions that share their nodes', () => {
  const read = graph({ nodes: [node(1), null, node(2), node(3)], last_node_id: 3 });

  it('names the nodes that were replaced, and does not look at the others', () => {
    const edited = withNodes(read, new Map([['2', node(2, 9)]]));
    expect(createPatch(read, edited).entries).toStrictEqual([
      { collection: 'node', scope: '', id: '2', before: node(2), after: node(2, 9) },
    ]);
  });

  it('does not name a node that was replaced by its equal', () => {
    expect(createPatch(read, withNodes(read, new Map([['2', node(2)]]))).entries).toStrictEqual([]);
  });

  it('finds what else changed when the versions have only some nodes in common', () => {
    const whole = graph({ nodes: [node(1), node(2)], last_node_id: 2 });
    const other = graph({ ...whole.root, last_node_id: 4 });
    const edited = withNodes(whole, new Map([['1', node(1, 4)]]));
    expect(createPatch(edited, other).entries).toStrictEqual([
      { collection: 'node', scope: '', id: '1', before: node(1, 4), after: node(1) },
      { collection: 'key', scope: '', id: 'last_node_id', before: 2, after: 4 },
    ]);
  });

  it('replaces the list when two nodes share an id', () => {
    const twins = graph({ nodes: [node(1), node(1, 2)] });
    const edited = withNodes(twins, new Map([['1', node(1, 3)]]));
    expect(createPatch(twins, edited).entries.map(({ collection }) => collection)).toStrictEqual([
      'key',
    ]);
  });
});
