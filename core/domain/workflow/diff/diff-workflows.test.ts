import { describe, expect, it } from 'vitest';
import {
  coreCatalog,
  textToImage,
  textToImageApi,
  textToImageV1,
  withSubgraph,
} from '../../../../tests/fixtures/edit-workflows.ts';
import { type JsonObject } from '../../../base/json.ts';
import { type DiffEntry, type Op } from '../../../contract/workflow.schema.ts';
import { applyOps } from '../ops/apply-ops.ts';
import { diffWorkflows } from './diff-workflows.ts';
import { type WorkflowDocument } from '../document.ts';

const catalog = coreCatalog();

function after(document: WorkflowDocument, ...ops: readonly Op[]): readonly DiffEntry[] {
  const result = applyOps(document, ops, catalog);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return diffWorkflows(document, result.value.document, catalog);
}

function withNodes(
  document: WorkflowDocument,
  change: (nodes: readonly JsonObject[]) => readonly JsonObject[],
): WorkflowDocument {
  const nodes = change(document.root['nodes'] as readonly JsonObject[]);
  return { ...document, root: { ...document.root, nodes } };
}

describe('diffWorkflows', () => {
  it('finds nothing between equal documents, nor between the two save formats', () => {
    expect(diffWorkflows(textToImage(), textToImage(), catalog)).toEqual([]);
    expect(diffWorkflows(textToImage(), textToImageV1(), catalog)).toEqual([]);
  });

  it('names a changed setting', () => {
    expect(
      after(textToImage(), { op: 'set_widget', nodeId: '3', widget: 'steps', value: 30 }),
    ).toEqual([
      {
        kind: 'widget-changed',
        nodeId: '3',
        nodeTitle: 'KSampler',
        widget: 'steps',
        from: 20,
        to: 30,
      },
    ]);
  });

  it('names what the page does with a seed after each run', () => {
    expect(
      after(textToImage(), {
        op: 'set_widget',
        nodeId: '3',
        widget: 'control_after_generate',
        value: 'fixed',
      }),
    ).toMatchObject([{ kind: 'widget-changed', from: 'randomize', to: 'fixed' }]);
  });

  it('names an added node and its links in the order of the file', () => {
    expect(
      after(
        textToImage(),
        { op: 'add_node', nodeId: '20', classType: 'LoraLoader' },
        { op: 'connect', from: { nodeId: '4', output: 0 }, to: { nodeId: '20', input: 'model' } },
        { op: 'connect', from: { nodeId: '20', output: 0 }, to: { nodeId: '3', input: 'model' } },
      ).map((entry) => entry.kind),
    ).toEqual(['link-removed', 'link-added', 'node-added', 'link-added']);
  });

  it('names removed nodes with their links, modes, titles, moves and replacements', () => {
    const kinds = (...ops: readonly Op[]): readonly string[] =>
      after(textToImage(), ...ops).map((entry) => entry.kind);
    expect(kinds({ op: 'delete_node', nodeId: '7' })).toEqual([
      'link-removed',
      'node-removed',
      'link-removed',
    ]);
    expect(kinds({ op: 'set_mode', nodeId: '7', mode: 'muted' })).toEqual(['mode-changed']);
    expect(kinds({ op: 'set_title', nodeId: '7', title: 'Not this' })).toEqual(['title-changed']);
    expect(kinds({ op: 'move_node', nodeId: '7', position: [1, 2] })).toEqual(['node-moved']);
    expect(kinds({ op: 'replace_node', nodeId: '5', classType: 'EmptySD3LatentImage' })).toEqual([
      'node-replaced',
    ]);
  });

  it('does not mind order, sizes, the viewport, counters and link numbers', () => {
    const before = textToImage();
    const shuffled = withNodes(before, (nodes) =>
      nodes.toReversed().map((node) => ({ ...node, size: [1, 1], order: 0 })),
    );
    const root = { ...shuffled.root, extra: { ds: { scale: 3 } }, last_link_id: 99, revision: 4 };
    expect(diffWorkflows(before, { format: 'graph', root }, catalog)).toEqual([]);
  });

  it('names frames and notes of the workflow', () => {
    const before = textToImage();
    const root = { ...before.root, groups: [], extra: { info: { author: 'me' } } };
    expect(
      diffWorkflows(before, { format: 'graph', root }, catalog).map((entry) =>
        entry.kind === 'document-changed' ? entry.key : entry.kind,
      ),
    ).toEqual(['groups', 'extra.info']);
  });

  it('finds the same nodes in a file with other numbers', () => {
    const before = textToImage();
    const renumbered = withNodes(before, (nodes) =>
      nodes.map((node) => ({ ...node, id: Number(node['id']) + 100 })),
    );
    const links = (before.root['links'] as readonly (readonly (number | string)[])[]).map(
      ([id, from, slot, to, input, type]) =>
        [id, Number(from) + 100, slot, Number(to) + 100, input, type] as (number | string)[],
    );
    const root = { ...renumbered.root, links };
    expect(diffWorkflows(before, { format: 'graph', root }, catalog)).toEqual([]);
  });

  it('does not mistake an added node for a removed one of the same number', () => {
    const before = textToImage();
    const next = withNodes(before, (nodes) =>
      nodes.map((node) => (node['id'] === 5 ? { ...node, type: 'EmptySD3LatentImage' } : node)),
    );
    expect(diffWorkflows(before, next, catalog)).toMatchObject([
      { kind: 'node-replaced', nodeId: '5' },
    ]);
  });

  it('compares the two formats by what they share', () => {
    const kinds = diffWorkflows(textToImage(), textToImageApi(), catalog).map(
      (entry) => entry.kind,
    );
    expect(new Set(kinds)).toEqual(new Set(['widget-changed', 'title-changed']));
  });

  it('compares two files in the API format, and one of them with a saved one, either way round', () => {
    const api = textToImageApi();
    const sampler = api.root['3'] as JsonObject;
    const inputs = { ...(sampler['inputs'] as JsonObject), steps: 30 };
    const edited: WorkflowDocument = {
      format: 'api',
      root: { ...api.root, '3': { ...sampler, inputs } },
    };
    const ref = { nodeId: '3', nodeTitle: 'KSampler', widget: 'steps' };
    expect(diffWorkflows(api, edited, catalog)).toEqual([
      { kind: 'widget-changed', ...ref, from: 20, to: 30 },
    ]);
    expect(diffWorkflows(edited, textToImage(), catalog)).toContainEqual({
      kind: 'widget-changed',
      ...ref,
      from: 30,
      to: 20,
    });
    expect(diffWorkflows(textToImage(), edited, catalog)).toContainEqual({
      kind: 'widget-changed',
      ...ref,
      from: 20,
      to: 30,
    });
  });

  it('looks into subgraphs, once for a shared one', () => {
    expect(
      after(withSubgraph(), { op: 'set_widget', nodeId: '12:35', widget: 'sigma', value: 2 }),
    ).toMatchObject([{ kind: 'widget-changed', nodeId: '12:35', widget: 'sigma', to: 2 }]);
  });
});
