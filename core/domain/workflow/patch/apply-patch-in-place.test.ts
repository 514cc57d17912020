import { describe, expect, it } from 'vitest';
import { type JsonObject, type JsonValue } from '../../../base/json.ts';
import { type PatchEntry } from '../../../contract/workflow.schema.ts';
import { applyPatch } from './apply-patch.ts';
import { type WorkflowDocument } from '../document.ts';
import { stateOf } from '../store/graph-state.ts';

const graph = (root: JsonObject): WorkflowDocument => ({ format: 'graph', root });
const node = (id: number, steps = 1): JsonObject => ({ id, type: 'X', widgets_values: [steps] });
const misfit = (what: string) => ({
  ok: false,
  error: { code: 'change/does-not-fit', data: { what } },
});

describe('applyPatch on a graph whose nodes are replaced in their places', () => {
  const read = graph({ nodes: [node(1), node(2), node(3)], extra: {} });
  const swap = (
    id: string,
    before: JsonValue | undefined,
    after: JsonValue | undefined,
  ): PatchEntry => ({
    collection: 'node',
    scope: '',
    id,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  });
  const applied = (...entries: readonly PatchEntry[]): WorkflowDocument => {
    const result = applyPatch(read, { entries });
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return result.value;
  };

  it('shares everything else with the version before', () => {
    const next = applied(swap('1', node(1), node(1, 5)), swap('3', node(3), node(3, 6)));
    expect(next.root['nodes']).toStrictEqual([node(1, 5), node(2), node(3, 6)]);
    expect(stateOf(next).index).toBe(stateOf(read).index);
    expect(stateOf(next).shell).toBe(stateOf(read).shell);
  });

  it('follows a node that one patch replaces twice', () => {
    const next = applied(swap('1', node(1), node(1, 5)), swap('1', node(1, 5), node(1, 6)));
    expect(next.root['nodes']).toStrictEqual([node(1, 6), node(2), node(3)]);
  });

  it.each<[string, readonly PatchEntry[], JsonObject]>([
    [
      'another key is changed too',
      [swap('1', node(1), node(1, 5)), { ...swap('extra', {}, { a: 1 }), collection: 'key' }],
      { nodes: [node(1, 5), node(2), node(3)], extra: { a: 1 } },
    ],
    ['a node goes', [swap('2', node(2), undefined)], { nodes: [node(1), node(3)], extra: {} }],
    [
      'a node comes',
      [swap('4', undefined, node(4))],
      { nodes: [node(1), node(2), node(3), node(4)], extra: {} },
    ],
    [
      'a node becomes something that is no node',
      [swap('2', node(2), { id: 2 })],
      { nodes: [node(1), { id: 2 }, node(3)], extra: {} },
    ],
    [
      'a node gets another id',
      [swap('2', node(2), node(7))],
      { nodes: [node(1), node(7), node(3)], extra: {} },
    ],
    [
      'a node becomes nothing',
      [swap('2', node(2), null)],
      { nodes: [node(1), null, node(3)], extra: {} },
    ],
  ])('and is put together anew, with an index that is true, when %s', (_, entries, expected) => {
    const next = applied(...entries);
    expect(next.root).toStrictEqual(expected);
    const { index } = stateOf(graph(structuredClone(next.root)));
    expect(stateOf(next).index).toStrictEqual(index);
  });

  it.each([
    ['is not as it was', swap('2', node(2, 8), node(2, 9)), 'node 2 is not as it was'],
    ['is not there', swap('9', node(9), node(9, 2)), 'node 9 is not there'],
    ['is there already', swap('2', undefined, node(2, 9)), 'node 2 is there already'],
  ])('refuses a node that %s', (_, entry, what) => {
    const result = applyPatch(read, { entries: [swap('1', node(1), node(1, 5)), entry] });
    expect(result).toMatchObject({ ok: false, error: { data: { what } } });
    expect(read.root['nodes']).toStrictEqual([node(1), node(2), node(3)]);
  });

  it('refuses to choose between two nodes with one id', () => {
    const twins = graph({ nodes: [node(1), node(1, 2)] });
    expect(applyPatch(twins, { entries: [swap('1', node(1, 2), node(1, 3))] })).toEqual(
      misfit('its nodes are missing or cannot be told apart'),
    );
  });

  it.each<[string, Partial<PatchEntry>, JsonObject]>([
    ['a node of a subgraph', { scope: 'a' }, { nodes: [node(1)], groups: [node(1)] }],
    ['a frame', { collection: 'group' }, { nodes: [node(1)], groups: [node(1, 5)] }],
  ])('leaves a node alone that is written like %s', (_, address, left) => {
    const make = (inner: JsonObject, rest: JsonObject): JsonObject => ({
      ...rest,
      definitions: { subgraphs: [{ id: 'a', nodes: [inner] }] },
    });
    const twin = graph(make(node(1), { nodes: [node(1), node(2)], groups: [node(1)] }));
    const entry = { ...swap('1', node(1), node(1, 5)), ...address };
    const inner = entry.scope === 'a' ? node(1, 5) : node(1);
    const first = (root: JsonObject, second: JsonObject): JsonObject =>
      make(inner, { ...root, nodes: [node(1), second] });
    const alone = applyPatch(twin, { entries: [entry] });
    expect(alone.ok && alone.value.root).toEqual(first(left, node(2)));
    const both = applyPatch(twin, { entries: [swap('2', node(2), node(2, 6)), entry] });
    expect(both.ok && both.value.root).toEqual(first(left, node(2, 6)));
  });

  it('goes by what each of two versions has when they share an id and an index', () => {
    const entries = [swap('1', node(1, 5), node(1, 6))];
    expect(applyPatch(read, { entries })).toEqual(misfit('node 1 is not as it was'));
    const next = applyPatch(applied(swap('1', node(1), node(1, 5))), { entries });
    expect(next.ok && next.value.root['nodes']).toStrictEqual([node(1, 6), node(2), node(3)]);
  });
});
