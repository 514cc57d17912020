import { describe, expect, it } from 'vitest';
import { type DiffEntry } from '../../../../contract/workflow.schema.ts';
import { type NodeView, type WorkflowView } from '../../view/view.ts';
import { diffViews } from './diff-views.ts';

type Shown = Pick<WorkflowView, 'nodes' | 'node'>;

/** A node with inputs like `image: '3#0'`, the first output of node 3. */
function node(
  id: string,
  classType: string,
  links: Readonly<Record<string, string | undefined>> = {},
  outputs: readonly string[] = ['OUT'],
): NodeView {
  return {
    id,
    classType,
    title: `My ${classType}`,
    mode: 'active',
    widgets: [],
    inputs: Object.entries(links).map(([name, link]) => {
      const [nodeId = '', output] = link?.split('#') ?? [];
      return { name, type: '*', ...(link && { link: { nodeId, output: Number(output) } }) };
    }),
    outputs: outputs.map((name) => ({ name, type: '*' })),
    isVirtual: false,
  };
}

function view(...nodes: readonly NodeView[]): Shown {
  return { nodes, node: (id) => nodes.find((each) => each.id === id) };
}

/** Each entry on one line. */
function told(before: Shown, after: Shown, isSettled?: (id: string) => boolean): readonly string[] {
  return diffViews(before, after, isSettled).map((entry: DiffEntry) => {
    if (entry.kind !== 'link-added' && entry.kind !== 'link-removed') {
      return `${entry.kind} ${'nodeId' in entry ? entry.nodeId : ''}`;
    }
    const { from, to } = entry;
    return `${entry.kind} ${from.nodeId} ${from.output} > ${to.nodeId} ${to.input}`;
  });
}

describe('diffViews', () => {
  it('tells the whole of what came and went, with titles and classes', () => {
    expect(
      diffViews(
        view(node('1', 'A'), node('2', 'B', { in: '1#0' }), node('4', 'D')),
        view(node('1', 'A'), node('3', 'C', { in: '1#0' }), node('4', 'D')),
      ),
    ).toEqual([
      { kind: 'node-added', nodeId: '3', nodeTitle: 'My C', classType: 'C' },
      {
        kind: 'link-added',
        from: { nodeId: '1', nodeTitle: 'My A', output: 'OUT' },
        to: { nodeId: '3', nodeTitle: 'My C', input: 'in' },
      },
      { kind: 'node-removed', nodeId: '2', nodeTitle: 'My B', classType: 'B' },
      {
        kind: 'link-removed',
        from: { nodeId: '1', nodeTitle: 'My A', output: 'OUT' },
        to: { nodeId: '2', nodeTitle: 'My B', input: 'in' },
      },
    ]);
  });

  it('tells on each node what went before what came, and inputs without a link not at all', () => {
    expect(
      told(
        view(node('1', 'A'), node('2', 'A'), node('3', 'B', { a: '1#0', b: '2#0', c: undefined })),
        view(node('1', 'A'), node('2', 'A'), node('3', 'B', { a: '2#0', b: '2#0', c: '1#0' })),
      ),
    ).toEqual(['link-removed 1 OUT > 3 a', 'link-added 2 OUT > 3 a', 'link-added 1 OUT > 3 c']);
  });

  it('tells outputs of one name apart by their place, and a nameless one by its place alone', () => {
    const source = node('1', 'A', {}, ['IMAGE', 'IMAGE', '', 'MASK']);
    expect(
      told(
        view(source, node('2', 'B', { a: '1#0', b: '1#3' })),
        view(source, node('2', 'B', { a: '1#1', b: '1#2', c: '1#7' })),
      ),
    ).toEqual([
      'link-removed 1 IMAGE#0 > 2 a',
      'link-removed 1 MASK > 2 b',
      'link-added 1 IMAGE#1 > 2 a',
      'link-added 1 #2 > 2 b',
      'link-added 1 #7 > 2 c',
    ]);
  });

  it('takes a link from an output that has another place now for the same', () => {
    expect(
      told(
        view(node('1', 'A', {}, ['X', 'Y']), node('2', 'B', { in: '1#1' })),
        view(node('1', 'A', {}, ['Y', 'X']), node('2', 'B', { in: '1#0' })),
      ),
    ).toEqual([]);
  });

  it('names the subgraph’s own inputs, and a source that is missing by its number', () => {
    expect(diffViews(view(node('2', 'B')), view(node('2', 'B', { a: '-10#1', b: '8#0' })))).toEqual(
      [
        {
          kind: 'link-added',
          from: { nodeId: '-10', nodeTitle: 'the subgraph’s inputs', output: '#1' },
          to: { nodeId: '2', nodeTitle: 'My B', input: 'a' },
        },
        {
          kind: 'link-added',
          from: { nodeId: '8', nodeTitle: '8', output: '#0' },
          to: { nodeId: '2', nodeTitle: 'My B', input: 'b' },
        },
      ],
    );
    const inside = view(node('2', 'B', { a: '-10#1' }));
    expect(told(inside, view(node('2', 'B', { a: '-10#1' })))).toEqual([]);
  });

  it('does not mistake a new node for the removed one that had its number', () => {
    const unlike = [node('5', 'E'), node('6', 'F'), node('7', 'G')];
    expect(
      told(
        view(node('1', 'A'), node('2', 'B', { in: '1#0' }), node('3', 'C'), node('4', 'D')),
        view(node('1', 'X'), node('2', 'B', { in: '1#0' }), ...unlike),
      ),
    ).toEqual([
      'node-added 1',
      'link-removed 1 OUT > 2 in',
      'link-added 1 OUT > 2 in',
      'node-added 5',
      'node-added 6',
      'node-added 7',
      'node-removed 1',
      'node-removed 3',
      'node-removed 4',
    ]);
  });

  it('finds links between nodes that have other numbers now', () => {
    expect(
      told(
        view(node('1', 'A'), node('2', 'B', { in: '1#0' })),
        view(node('11', 'A'), node('12', 'B', { in: '11#0' })),
      ),
    ).toEqual([]);
  });

  it('takes a settled node for itself when only parts of two versions are compared', () => {
    const settled = node('1', 'A');
    const part = (...nodes: readonly NodeView[]): Shown => ({
      nodes,
      node: (id) => view(settled, ...nodes).node(id),
    });
    const isSettled = (id: string): boolean => id === '1';
    const open = part(node('2', 'B', { a: '1#0' }));
    expect(told(open, part(node('2', 'B', { a: '1#0', b: '1#0' })), isSettled)).toEqual([
      'link-added 1 OUT > 2 b',
    ]);
    expect(told(part(node('2', 'B', { a: '3#0' }), node('3', 'C')), open, isSettled)).toEqual([
      'link-removed 3 OUT > 2 a',
      'link-added 1 OUT > 2 a',
      'node-removed 3',
    ]);
    expect(told(open, part(node('2', 'X', { a: '1#0' })), isSettled)).toEqual(['node-replaced 2']);
  });
});
