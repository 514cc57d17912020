import { describe, expect, it } from 'vitest';
import { createHistory, type History } from './history.ts';

function filled(ids: readonly string[]): History {
  const history = createHistory();
  for (const [number, promptId] of ids.entries()) {
    history.add(
      { number, promptId, payload: {}, extraData: {}, outputs: ['7'] },
      { isSuccess: true, messages: [], outputs: new Map([['7', { images: [] }]]) },
    );
  }
  return history;
}

describe('history', () => {
  const history = filled(['a', 'b', 'c', 'd']);
  const ids = (range: Parameters<History['list']>[0]): readonly string[] =>
    Object.keys(history.list(range));

  it('gives the newest when only a number is asked for', () => {
    expect(ids({ maxItems: 2 })).toEqual(['c', 'd']);
  });

  it('gives the oldest from offset 0', () => {
    expect(ids({ maxItems: 2, offset: 0 })).toEqual(['a', 'b']);
    expect(ids({ offset: 3 })).toEqual(['d']);
  });

  it('gives nothing for 0 and less, as recorded', () => {
    expect(ids({ maxItems: 0 })).toEqual([]);
    expect(ids({ maxItems: -1 })).toEqual([]);
  });

  it('says for each output which node it is of', () => {
    expect(history.get('a')).toMatchObject({
      a: {
        prompt: [0, 'a', {}, {}, ['7']],
        status: { status_str: 'success', completed: true, messages: [] },
        meta: { '7': { node_id: '7', display_node: '7', parent_node: null, real_node_id: '7' } },
      },
    });
    expect(history.get('nobody')).toEqual({});
  });

  it('keeps the place of a repeated id', () => {
    const again = filled(['a', 'b', 'a']);
    expect(Object.keys(again.list({}))).toEqual(['a', 'b']);
  });
});
