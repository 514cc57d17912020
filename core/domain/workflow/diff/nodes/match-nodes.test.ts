import { describe, expect, it } from 'vitest';
import { type NodeView } from '../../view/view.ts';
import { matchNodes } from './match-nodes.ts';

/** "3 KSampler", or "3 KSampler Mine" with its own title. */
function nodesOf(...texts: readonly string[]): { readonly nodes: readonly NodeView[] } {
  const nodes = texts.map((text): NodeView => {
    const [id = '', classType = '', title = classType] = text.split(' ');
    return {
      id,
      classType,
      title,
      mode: 'active',
      widgets: [],
      inputs: [],
      outputs: [],
      isVirtual: false,
    };
  });
  return { nodes };
}

function matched(
  before: { readonly nodes: readonly NodeView[] },
  after: { readonly nodes: readonly NodeView[] },
  isOneFile?: boolean,
) {
  const told = ({ id, classType }: NodeView): string => `${id} ${classType}`;
  const match = matchNodes(before, after, isOneFile);
  return {
    pairs: match.pairs.map((pair) => `${told(pair.before)} = ${told(pair.after)}`),
    added: match.added.map(told),
    removed: match.removed.map(told),
  };
}

describe('matchNodes', () => {
  it('pairs by number and class, and takes another class under a number for a replacement', () => {
    expect(
      matched(nodesOf('1 A', '2 B', '3 C', '4 D'), nodesOf('4 D', '2 X', '1 A', '5 C')),
    ).toEqual({
      pairs: ['1 A = 1 A', '4 D = 4 D', '2 B = 2 X'],
      added: ['5 C'],
      removed: ['3 C'],
    });
  });

  it('takes two files for versions of one when half of the smaller one is in both', () => {
    expect(matched(nodesOf('1 A', '2 B', '9 C'), nodesOf('1 A', '2 X'))).toEqual({
      pairs: ['1 A = 1 A', '2 B = 2 X'],
      added: [],
      removed: ['9 C'],
    });
    expect(matched(nodesOf('1 A', '2 X'), nodesOf('1 A', '2 B', '9 C'))).toEqual({
      pairs: ['1 A = 1 A', '2 X = 2 B'],
      added: ['9 C'],
      removed: [],
    });
  });

  it('pairs nodes of unlike files by class and title in the order of the files', () => {
    expect(
      matched(
        nodesOf('1 A', '2 B', '3 B', '4 C Mine', '5 D', '6 E', '7 A'),
        nodesOf('1 A', '2 X', '3 Y', '13 B', '14 C', '12 B', '11 B', '17 A'),
      ),
    ).toEqual({
      pairs: ['1 A = 1 A', '2 B = 13 B', '3 B = 12 B', '7 A = 17 A'],
      added: ['2 X', '3 Y', '14 C', '11 B'],
      removed: ['4 C', '5 D', '6 E'],
    });
  });

  it('replaces by number in files that are known to be versions of one', () => {
    const [before, after] = [nodesOf('1 A', '2 B', '3 C'), nodesOf('1 X', '2 C', '4 B')];
    expect(matched(before, after, true)).toEqual({
      pairs: ['1 A = 1 X', '2 B = 2 C'],
      added: ['4 B'],
      removed: ['3 C'],
    });
    expect(matched(before, after)).toEqual({
      pairs: ['2 B = 4 B', '3 C = 2 C'],
      added: ['1 X'],
      removed: ['1 A'],
    });
  });

  it('pairs no node twice when a file has two of one number', () => {
    expect(matched(nodesOf('1 A', '1 A', '1 B'), nodesOf('1 A'))).toEqual({
      pairs: ['1 A = 1 A'],
      added: [],
      removed: ['1 A', '1 B'],
    });
    expect(matched(nodesOf('1 A'), nodesOf('1 A', '1 A'))).toEqual({
      pairs: ['1 A = 1 A'],
      added: ['1 A'],
      removed: [],
    });
  });
});
