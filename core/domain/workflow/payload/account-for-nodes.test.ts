import { describe, expect, it } from 'vitest';
import { coreCatalog } from '../../../../tests/fixtures/edit-workflows.ts';
import { loadImage, saveImage } from '../../../../tests/fixtures/convert-workflow.ts';
import { type GraphNode, type GraphWire, graph } from '../../../../tests/fixtures/graph.ts';
import type { WorkflowDocument } from '../document.ts';
import { toExecutionPayload } from './to-execution-payload.ts';
import { accountForNodes } from './account-for-nodes.ts';

const core = coreCatalog();

function account(nodes: readonly GraphNode[], wires: readonly GraphWire[] = [], rest = {}) {
  const document: WorkflowDocument = { format: 'graph', root: graph(nodes, wires, rest) };
  const made = toExecutionPayload(document, core);
  if (!made.ok) throw new Error(made.error.code);
  return accountForNodes(document, core, made.value);
}

describe('accountForNodes', () => {
  it('says of each node what became of it and why', () => {
    const accounts = account([
      { ...saveImage(1), title: 'Result' },
      { ...saveImage(2), mode: 2 },
      { ...saveImage(3), mode: 4 },
      { id: 4, type: 'Fast Muter (rgthree)' },
    ]);
    const shared = { type: 'SaveImage', nodeTitle: 'Save Image' };
    const leftOut = { outcome: 'left-out', confidence: 0 };
    expect(accounts).toEqual([
      { ...shared, nodeId: '1', nodeTitle: 'Result', outcome: 'sent', confidence: 1, because: [] },
      { ...shared, nodeId: '2', ...leftOut, because: ['It is muted, so it does not run.'] },
      {
        ...shared,
        nodeId: '3',
        ...leftOut,
        because: ['It is bypassed: what goes in is passed on.'],
      },
      {
        nodeId: '4',
        nodeTitle: 'Fast Muter (rgthree)',
        type: 'Fast Muter (rgthree)',
        ...leftOut,
        because: [
          'This node works only inside ComfyUI’s own page and was left out.',
          'It is for ComfyUI’s own page only.',
        ],
      },
    ]);
  });

  it.each([
    ['Note', 'It is a note.'],
    ['MarkdownNote', 'It is a note.'],
    ['PrimitiveNode', 'Its value was copied into the settings that it feeds.'],
    ['Reroute', 'It is a wire: what it leads to was joined directly.'],
    ['Reroute (rgthree)', 'It is a wire: what it leads to was joined directly.'],
    ['GetNode', 'It stands for a wire: what it leads to was joined directly.'],
    ['SetNode', 'It stands for a wire: what it leads to was joined directly.'],
    ['easy getNode', 'It stands for a wire: what it leads to was joined directly.'],
    ['easy setNode', 'It stands for a wire: what it leads to was joined directly.'],
    ['Label (rgthree)', 'It is for ComfyUI’s own page only.'],
  ])('explains a %s by what it is for', (type, why) => {
    const [, of] = account([saveImage(1), { id: 2, type }]);
    expect(of).toEqual({
      nodeId: '2',
      nodeTitle: type,
      type,
      outcome: 'left-out',
      confidence: 0,
      because: [why],
    });
  });

  it('is less sure with each guess, and half as sure of a node whose class is not known', () => {
    const guessed = (type: string): GraphNode => ({
      id: type,
      type,
      in: ['images:IMAGE', 'other:IMAGE'],
    });
    const accounts = account(
      [loadImage(1), guessed('SaveImage'), guessed('Unknown')],
      [
        [1, 4, 'SaveImage', 'images'],
        [1, 5, 'SaveImage', 'other'],
        [1, 4, 'Unknown', 'images'],
      ],
    );
    expect(accounts.map(({ outcome, confidence }) => [outcome, confidence])).toEqual([
      ['sent', 1],
      ['guessed', 0.81],
      ['guessed', 0.45],
    ]);
    expect(accounts[1]?.because).toEqual([
      '“images” is linked to output 5 of node 1, which has not so many; it was passed on as it is.',
      '“other” is linked to output 6 of node 1, which has not so many; it was passed on as it is.',
    ]);
  });

  it('opens a subgraph in use, but not one that is muted or contains itself', () => {
    const inner = graph([saveImage(7), { id: 8, type: 'sub' }], [], { id: 'sub' }, 'objects');
    const accounts = account(
      [
        { id: 1, type: 'sub' },
        { id: 2, type: 'sub', mode: 2 },
      ],
      [],
      { definitions: { subgraphs: [inner] } },
    );
    expect(
      accounts.map(({ nodeId, outcome, confidence, because }) => [
        nodeId,
        outcome,
        confidence,
        ...because,
      ]),
    ).toEqual([
      ['1', 'opened', 1, 'What is inside it was sent in its place.'],
      ['1:7', 'sent', 1],
      ['1:8', 'left-out', 0, 'This subgraph contains itself, so it has no end; it was left out.'],
      ['2', 'left-out', 0, 'It is muted, so it does not run.'],
    ]);
  });

  it('does not open a class of the server that is called like a subgraph, nor call it the page’s', () => {
    const inner = graph([saveImage(7)], [], { id: 'SaveImage' }, 'objects');
    const rest = { definitions: { subgraphs: [inner] } };
    expect(account([saveImage(1)], [], rest).map(({ nodeId }) => nodeId)).toEqual(['1']);
  });

  it('has nothing to say of an API-format workflow', () => {
    const root = {
      '3': { class_type: 'SaveImage', inputs: {} },
      nodes: [{ id: 1, type: 'SaveImage' }],
    };
    expect(accountForNodes({ format: 'api', root }, core, { payload: root, report: [] })).toEqual(
      [],
    );
  });
});
