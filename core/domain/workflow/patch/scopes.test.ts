import { describe, expect, it } from 'vitest';
import { type JsonObject, type JsonValue } from '../../../base/json.ts';
import { scopesOf, subgraphsOf, withScopes } from './scopes.ts';

const graph = (id: JsonValue, ...subgraphs: readonly JsonValue[]): JsonObject => ({
  id,
  nodes: [],
  definitions: { subgraphs, more: 1 },
});
const leaf = (id: JsonValue, mark = 0): JsonObject => ({ id, mark });

describe('scopesOf', () => {
  it('finds the root and every definition by its id, nested ones too', () => {
    const inner = leaf('inner');
    const outer = graph('outer', inner);
    const other = leaf('other');
    const root = graph('root', outer, other);
    expect([...scopesOf(root)]).toEqual([
      ['', root],
      ['outer', outer],
      ['inner', inner],
      ['other', other],
    ]);
  });

  it('takes the first of two definitions with one id, and none without a name', () => {
    const first = leaf('a', 1);
    const root = graph('root', first, graph('a', leaf('hidden')), leaf(5), null, leaf(''));
    expect([...scopesOf(root)]).toEqual([
      ['', root],
      ['a', first],
    ]);
  });

  it.each<[string, JsonObject]>([
    ['no definitions', {}],
    ['definitions that are no object', { definitions: [leaf('a')] }],
    ['definitions without a list', { definitions: { subgraphs: leaf('a') } }],
  ])('finds only the root where there are %s', (_, root) => {
    expect([...scopesOf(root)]).toEqual([['', root]]);
    expect(subgraphsOf(root)).toEqual([]);
  });
});

describe('withScopes', () => {
  const inner = leaf('inner');
  const other = graph('other', leaf('deep'));
  const outer = graph('outer', inner);
  const root = graph('root', outer, null, other, leaf(5));

  it('gives the same graph when nothing changed, or what changed is not in it', () => {
    expect(withScopes(root, new Map())).toBe(root);
    expect(withScopes(root, new Map([['gone', leaf('gone')]]))).toBe(root);
  });

  it('puts a nested definition in its place, and keeps everything beside it the same object', () => {
    const next = withScopes(root, new Map([['inner', leaf('inner', 2)]]));
    expect(next).toEqual(graph('root', graph('outer', leaf('inner', 2)), null, other, leaf(5)));
    expect(subgraphsOf(next)[1]).toBe(other);
    expect(next['nodes']).toBe(root['nodes']);
  });

  it('puts a changed root and a changed definition together', () => {
    const changed = new Map([
      ['', { ...root, nodes: [1] }],
      ['inner', leaf('inner', 3)],
    ]);
    expect(withScopes(root, changed)).toEqual({
      ...graph('root', graph('outer', leaf('inner', 3)), null, other, leaf(5)),
      nodes: [1],
    });
  });

  it.each<[string, JsonObject]>([
    ['no definitions', { nodes: [1] }],
    ['definitions that are no object', { definitions: 3 }],
    ['definitions without a list', { definitions: { subgraphs: {} } }],
  ])('takes a changed root with %s as it is', (_, changed) => {
    expect(withScopes(root, new Map([['', changed]]))).toBe(changed);
  });
});
