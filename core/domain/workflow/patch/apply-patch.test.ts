import { describe, expect, it } from 'vitest';
import { type JsonObject } from '../../../base/json.ts';
import { type DocumentPatch, type PatchEntry } from '../../../contract/workflow.schema.ts';
import { applyPatch, reversePatch } from './apply-patch.ts';
import { type WorkflowDocument } from '../document.ts';
import { createPatch } from './create-patch.ts';
import { serializeWorkflow } from '../serialize-workflow.ts';

const graph = (root: JsonObject): WorkflowDocument => ({ format: 'graph', root });
const node = (id: number, steps = 1): JsonObject => ({ id, type: 'X', widgets_values: [steps] });

const misfit = (what: string) => ({
  ok: false,
  error: { code: 'change/does-not-fit', data: { what } },
});

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
    const unchanged = applyPatch(document, { entries: [] });
    expect(unchanged.ok && unchanged.value).toBe(document);
    const applied = applyPatch(document, patch);
    const nodes = (root: JsonObject): readonly unknown[] => root['nodes'] as readonly unknown[];
    expect(applied.ok && nodes(applied.value.root)[1]).toBe(nodes(document.root)[1]);
  });
});

describe('applyPatch puts what comes where it stood', () => {
  const add = (id: number, index?: number): PatchEntry => ({
    collection: 'node',
    scope: '',
    id: String(id),
    after: node(id),
    ...(index === undefined ? {} : { index }),
  });
  const idsAfter = (before: readonly number[], ...entries: readonly PatchEntry[]): unknown => {
    const result = applyPatch(graph({ nodes: before.map((id) => node(id)) }), { entries });
    if (!result.ok) return result.error.data;
    return (result.value.root['nodes'] as readonly JsonObject[]).map(({ id }) => id);
  };

  it('whatever the order of the entries is', () => {
    expect(idsAfter([1, 2], add(8, 3), add(9, 0))).toStrictEqual([9, 1, 2, 8]);
    expect(idsAfter([1, 2], add(9, 0), add(8, 2))).toStrictEqual([9, 1, 8, 2]);
  });

  it('at the end when its place is not known or too far', () => {
    expect(idsAfter([1, 2], add(9), add(8, 1))).toStrictEqual([1, 8, 2, 9]);
    expect(idsAfter([1, 2], add(9, 40))).toStrictEqual([1, 2, 9]);
  });

  it('one behind the other when two had the same place', () => {
    expect(idsAfter([1, 2], add(8, 0), add(9, 0))).toStrictEqual([8, 9, 1, 2]);
    expect(idsAfter([1, 2], add(8), add(9))).toStrictEqual([1, 2, 8, 9]);
  });

  it('once', () => {
    expect(idsAfter([1], add(9, 0), add(9, 1))).toStrictEqual({ what: 'node 9 is there already' });
  });

  it('beside what goes and what changes', () => {
    const go: PatchEntry = { collection: 'node', scope: '', id: '1', before: node(1), index: 0 };
    expect(idsAfter([1, 2], add(1, 1), go)).toStrictEqual([2, 1]);
    expect(idsAfter([1, 2], go, { ...go, before: node(1) })).toStrictEqual({
      what: 'node 1 is not there',
    });
  });

  it('and takes nothing from an entry that has neither a before nor an after', () => {
    const nothing: PatchEntry = { collection: 'node', scope: '', id: '9' };
    expect(idsAfter([1], nothing, add(2, 0))).toStrictEqual([2, 1]);
  });
});

describe('applyPatch says what does not fit', () => {
  const entry = (more: Partial<PatchEntry>): PatchEntry => ({
    collection: 'node',
    scope: '',
    id: '1',
    ...more,
  });

  it.each<[string, WorkflowDocument, PatchEntry, string]>([
    [
      'the subgraph is gone',
      graph({ nodes: [] }),
      entry({ scope: 'gone', after: node(1) }),
      'the subgraph that it is in is not there',
    ],
    [
      'the format has no subgraphs',
      { format: 'api', root: {} },
      entry({ scope: 'gone', after: { class_type: 'X' } }),
      'the subgraph that it is in is not there',
    ],
    [
      'there is no list of its kind',
      graph({ nodes: {} }),
      entry({ after: node(1) }),
      'its nodes are missing or cannot be told apart',
    ],
    [
      'a member of the list has no id',
      graph({ links: [null] }),
      entry({ collection: 'link', before: [1] }),
      'its links are missing or cannot be told apart',
    ],
    [
      'a key has another value',
      graph({ a: 3 }),
      entry({ collection: 'key', id: 'a', before: 1, after: 2 }),
      'key a is not as it was',
    ],
    [
      'a frame is gone',
      graph({ groups: [{ id: 2 }] }),
      entry({ collection: 'group', before: { id: 1 } }),
      'group 1 is not there',
    ],
    [
      'a node of a file in the API format has other settings',
      { format: 'api', root: { '1': { class_type: 'X', inputs: { a: 1 } } } },
      entry({ before: { class_type: 'X', inputs: {} } }),
      'node 1 is not as it was',
    ],
  ])('when %s', (_, document, change, what) => {
    expect(applyPatch(document, { entries: [change] })).toEqual(misfit(what));
  });
});

it('a patch for the API format does nothing when only a part of it fits that', () => {
  const key: PatchEntry = { collection: 'key', scope: '', id: 'a', before: 1, after: 2 };
  const entries = [key, { ...key, scope: 'gone' }];
  expect(applyPatch({ format: 'api', root: { a: 1 } }, { entries })).toEqual(
    misfit('the subgraph that it is in is not there'),
  );
});

describe('reversePatch', () => {
  it('turns around what each entry has, and adds no empty side', () => {
    const address = { collection: 'node', scope: '', id: '1', index: 2 } as const;
    expect(
      reversePatch({
        entries: [
          { ...address, before: 1 },
          { ...address, after: 2 },
        ],
      }).entries,
    ).toStrictEqual([
      { ...address, after: 1 },
      { ...address, before: 2 },
    ]);
  });
});
