import { describe, expect, it } from 'vitest';
import { type DiffEntry } from '../../../../contract/workflow.schema.ts';
import { type FoldedDiff, foldDiff } from './fold-diff.ts';

type Link = Extract<DiffEntry, { kind: 'link-added' | 'link-removed' }>;
type Setting = Extract<DiffEntry, { kind: 'widget-changed' }>;

/** From output OUT of one node to an input of another, titled by their numbers. */
function link(kind: Link['kind'], from: string, to: string, input = 'in'): Link {
  return {
    kind,
    from: { nodeId: from, nodeTitle: `N${from}`, output: 'OUT' },
    to: { nodeId: to, nodeTitle: `N${to}`, input },
  };
}

function setting(
  widget: string,
  nodeId = '3',
  values: Partial<Setting> = { from: 1, to: 2 },
): Setting {
  return { kind: 'widget-changed', nodeId, nodeTitle: `N${nodeId}`, widget, ...values };
}

const removed = (nodeId: string, nodeTitle = `N${nodeId}`): DiffEntry => ({
  kind: 'node-removed',
  nodeId,
  nodeTitle,
  classType: 'X',
});
const alone = (...entries: readonly DiffEntry[]): readonly FoldedDiff[] =>
  entries.map((entry) => ({ kind: 'entry', entry }));

describe('foldDiff', () => {
  it('keeps what belongs to nothing else, in its order', () => {
    const entries: readonly DiffEntry[] = [
      setting('steps'),
      link('link-removed', '1', '3', 'a'),
      link('link-added', '1', '3', 'b'),
      link('link-removed', '1', '4', 'b'),
      { kind: 'document-changed', key: 'groups' },
      { kind: 'title-changed', nodeId: '7', from: 'A', to: 'B' },
      removed('8'),
    ];
    expect(foldDiff(entries)).toEqual(alone(...entries));
  });

  it('tells a link that took the place of another as one', () => {
    const [gone, come] = [link('link-removed', '1', '3'), link('link-added', '2', '3')];
    expect(foldDiff([gone, come])).toEqual([{ kind: 'rewired', removed: gone, added: come }]);
    expect(foldDiff([come, gone])).toEqual([{ kind: 'rewired', removed: gone, added: come }]);
  });

  it('tells only the new link when the node before it is gone, and leaves out links of what is gone', () => {
    const come = link('link-added', '2', '3');
    expect(
      foldDiff([
        link('link-removed', '1', '3'),
        come,
        link('link-removed', '1', '4'),
        link('link-removed', '5', '1'),
        removed('1'),
      ]),
    ).toEqual(alone(come, removed('1')));
  });

  it('tells width and height of one node as one size, where the width stands', () => {
    const [width, height, other] = [setting('width'), setting('height'), setting('steps')];
    expect(foldDiff([height, other, width])).toEqual([
      ...alone(other),
      { kind: 'resized', width, height },
    ]);
  });

  it.each([
    ['only one of them changed', setting('width'), setting('depth')],
    ['they are of two nodes', setting('width'), setting('height', '4')],
    ['the width is new', setting('width', '3', { to: 2 }), setting('height')],
    ['the height is gone', setting('width'), setting('height', '3', { from: 1 })],
  ])('tells width and height each for itself when %s', (_, ...entries) => {
    expect(foldDiff(entries)).toEqual(alone(...entries));
  });

  it('adds the numbers to the titles of nodes that share one, at both ends of links too', () => {
    const twin = { nodeTitle: 'Twin' };
    const come = link('link-added', '1', '2');
    const gone = link('link-removed', '2', '5');
    const twins: Link[] = [
      { ...come, from: { ...come.from, ...twin }, to: { ...come.to, ...twin } },
      { ...gone, from: { ...gone.from, ...twin } },
    ];
    expect(foldDiff(twins)).toEqual(
      alone(
        {
          ...come,
          from: { ...come.from, nodeTitle: 'Twin #1' },
          to: { ...come.to, nodeTitle: 'Twin #2' },
        },
        { ...gone, from: { ...gone.from, nodeTitle: 'Twin #2' } },
      ),
    );
    const settings = [
      { ...setting('steps', '1'), ...twin },
      { ...setting('cfg', '1'), ...twin },
    ];
    expect(foldDiff(settings)).toEqual(alone(...settings));
    expect(foldDiff([...settings, removed('2', 'Twin')])).toEqual(
      alone(
        { ...setting('steps', '1'), nodeTitle: 'Twin #1' },
        { ...setting('cfg', '1'), nodeTitle: 'Twin #1' },
        removed('2', 'Twin #2'),
      ),
    );
    const lost = (to: string, nodeTitle: string): DiffEntry => {
      const entry = link('link-removed', '1', to);
      return { ...entry, to: { ...entry.to, nodeTitle } };
    };
    expect(foldDiff([lost('2', 'Twin'), lost('5', 'Twin')])).toEqual(
      alone(lost('2', 'Twin #2'), lost('5', 'Twin #5')),
    );
  });
});
