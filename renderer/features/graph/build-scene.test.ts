import { describe, expect, it } from 'vitest';
import {
  coreCatalog,
  textToImage,
  textToImageApi,
  withSubgraph,
} from '../../../tests/fixtures/edit-workflows.ts';
import type { Op } from '../../../core/contract/workflow.schema.ts';
import { applyOps } from '../../../core/domain/workflow/ops/apply-ops.ts';
import { diffWorkflows } from '../../../core/domain/workflow/diff/diff-workflows.ts';
import type { WorkflowDocument } from '../../../core/domain/workflow/document.ts';
import { viewWorkflow } from '../../../core/domain/workflow/view/view-workflow.ts';
import { diffScene, sceneOf } from './build-scene.ts';
import { toFlow } from './flow-elements.ts';
import type { Scene } from './scene.ts';

const catalog = coreCatalog();

function sceneAfter(before: WorkflowDocument, ...ops: readonly Op[]): Scene {
  const applied = applyOps(before, ops, catalog);
  if (!applied.ok) throw new Error(JSON.stringify(applied.error));
  const after = applied.value.document;
  const entries = diffWorkflows(before, after, catalog);
  return diffScene(viewWorkflow(before, catalog), viewWorkflow(after, catalog), entries);
}

const nodeOf = (scene: Scene, id: string) => scene.nodes.find((node) => node.id === id);

describe('a change drawn into the workflow', () => {
  it('marks the changed setting with both values and leaves the rest as it is', () => {
    const op: Op = { op: 'set_widget', nodeId: '3', widget: 'steps', value: 30 };
    const scene = sceneAfter(textToImage(), op);
    expect(nodeOf(scene, '3')?.status).toBe('changed');
    expect(nodeOf(scene, '3')?.widgets.find((item) => item.name === 'steps')).toMatchObject({
      before: '20',
      value: '30',
    });
    expect(scene.nodes.filter((node) => node.status === 'same')).toHaveLength(6);
    expect(scene.touched).toEqual(['3']);
    expect(nodeOf(scene, '3')?.x).toBe(800);
  });

  it('keeps a removed node and its links as ghosts where they were', () => {
    const scene = sceneAfter(textToImage(), { op: 'delete_node', nodeId: '8' });
    expect(nodeOf(scene, '8')).toMatchObject({ status: 'removed', x: 1200 });
    expect(scene.links.filter((link) => link.status === 'removed')).toHaveLength(3);
  });

  it('draws a rewired input as one added and one removed link', () => {
    const scene = sceneAfter(
      textToImage(),
      { op: 'add_node', nodeId: '20', classType: 'LoraLoader' },
      {
        op: 'connect',
        from: { nodeId: '20', output: 'MODEL' },
        to: { nodeId: '3', input: 'model' },
      },
    );
    const into = scene.links.filter(({ to }) => to.nodeId === '3' && to.handle === 'in-model');
    expect(into.map((link) => link.status).sort()).toEqual(['added', 'removed']);
    expect(nodeOf(scene, '20')?.status).toBe('added');
    expect([...scene.touched].sort()).toEqual(['20', '3', '4']);
  });

  it('shows a change inside a subgraph on the node that holds it', () => {
    const op: Op = { op: 'set_widget', nodeId: '12:35', widget: 'sigma', value: 2 };
    const scene = sceneAfter(withSubgraph(), op);
    const holder = nodeOf(scene, '12');
    expect(holder?.status).toBe('changed');
    expect(holder?.notes).toEqual([expect.stringMatching(/Sigma 1 → 2/)]);
    expect(scene.nodes.some((node) => node.id.includes(':'))).toBe(false);
  });

  it('gives every link ends that exist on the drawn nodes', () => {
    for (const document of [textToImage(), textToImageApi()]) {
      const { nodes, edges } = toFlow(sceneOf(viewWorkflow(document, catalog)));
      const handles = new Set(
        nodes.flatMap((node) =>
          (node.handles ?? []).map((handle) => `${node.id} ${handle.id ?? ''}`),
        ),
      );
      expect(edges.length).toBeGreaterThan(0);
      for (const edge of edges) {
        expect(handles).toContain(`${edge.source} ${edge.sourceHandle ?? ''}`);
        expect(handles).toContain(`${edge.target} ${edge.targetHandle ?? ''}`);
      }
    }
  });

  it('keeps the keyboard from stopping at hundreds of nodes, but not at the few that change', () => {
    const small = toFlow(sceneOf(viewWorkflow(textToImage(), catalog))).nodes;
    expect(small.filter(({ focusable }) => focusable)).toHaveLength(7);
    const more = Array.from({ length: 100 }, (_, at): Op => {
      return { op: 'add_node', nodeId: String(100 + at), classType: 'VAEDecode' };
    });
    const grown = applyOps(textToImage(), more, catalog);
    if (!grown.ok) throw new Error(grown.error.code);
    const op: Op = { op: 'set_widget', nodeId: '3', widget: 'steps', value: 30 };
    const large = toFlow(sceneAfter(grown.value.document, op)).nodes;
    expect(large.filter(({ focusable }) => focusable).map(({ id }) => id)).toEqual(['3']);
  });

  it('lays out a file without positions from left to right along the links, nothing on top of another', () => {
    const scene = sceneOf(viewWorkflow(textToImageApi(), catalog));
    for (const { from, to } of scene.links) {
      expect(nodeOf(scene, from.nodeId)?.x).toBeLessThan(nodeOf(scene, to.nodeId)?.x ?? 0);
    }
    for (const a of scene.nodes) {
      for (const b of scene.nodes) {
        if (a === b) continue;
        const apart = a.x + a.width <= b.x || b.x + b.width <= a.x;
        expect(apart || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true);
      }
    }
  });
});
