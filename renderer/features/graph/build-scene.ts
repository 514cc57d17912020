import type { DiffEntry } from '../../../core/contract/workflow.schema.ts';
import type { Point } from '../../../core/domain/workflow/layout/canvas.ts';
import { placeNodes } from '../../../core/domain/workflow/layout/place-nodes.ts';
import type { LinkView, NodeView, WorkflowView } from '../../../core/domain/workflow/view/view.ts';

import { type NodeSides, sizeOf, toSceneNode } from './build-scene-node.ts';
import {
  type Scene,
  type SceneGroup,
  type SceneLink,
  type SceneStatus,
  inputHandle,
  outputHandle,
} from './scene.ts';

/** A workflow drawn on its own, nothing compared. */
export function sceneOf(view: WorkflowView): Scene {
  return { ...diffScene(view, view, []), isDiff: false, touched: [] };
}

/**
 * Both sides of a change on one canvas, in the artist's own layout: what is added lies where it will be,
 * what is removed stays as a ghost where it was.
 */
export function diffScene(
  before: WorkflowView,
  after: WorkflowView,
  entries: readonly DiffEntry[],
): Scene {
  const byNode = entriesByNode(entries);
  const removed = new Set(entries.flatMap((e) => (e.kind === 'node-removed' ? [e.nodeId] : [])));
  const added = new Set(entries.flatMap((e) => (e.kind === 'node-added' ? [e.nodeId] : [])));
  const sides: NodeSides[] = after.nodes.filter(isOnTop).map((node) => {
    const old = added.has(node.id) ? undefined : before.node(node.id);
    return old === undefined ? { node } : { node, before: old };
  });
  for (const node of before.nodes.filter(isOnTop)) {
    if (removed.has(node.id) && after.node(node.id) === undefined) sides.push({ node });
  }
  const links = mergeLinks(before, after);
  const places = new Map<string, Point>([
    ...placeNodes(before, sizeOf),
    ...placeNodes(after, sizeOf),
  ]);
  const statusOf = (id: string): SceneStatus => {
    if (added.has(id)) return 'added';
    if (removed.has(id) && after.node(id) === undefined) return 'removed';
    return byNode.has(id) ? 'changed' : 'same';
  };
  const nodes = sides.map((side) =>
    toSceneNode(side, {
      status: statusOf(side.node.id),
      place: places.get(side.node.id) ?? [0, 0],
      entries: byNode.get(side.node.id) ?? [],
    }),
  );
  const isDrawn = new Set(nodes.map((node) => node.id));
  const drawnLinks = links.filter(
    ({ from, to }) => isDrawn.has(from.nodeId) && isDrawn.has(to.nodeId),
  );
  const touched = new Set(nodes.filter((n) => n.status !== 'same').map((n) => n.id));
  for (const link of drawnLinks) {
    if (link.status === 'same') continue;
    touched.add(link.from.nodeId);
    touched.add(link.to.nodeId);
  }
  return {
    nodes,
    links: drawnLinks,
    groups: after.groups.map(toSceneGroup),
    touched: [...touched],
    isDiff: entries.length > 0,
  };
}

/** Nodes inside a subgraph ("12:34") are not on the artist's canvas; their changes show on node 12. */
function isOnTop(node: NodeView): boolean {
  return !node.id.includes(':');
}

function topOf(nodeId: string): string {
  return nodeId.split(':')[0] ?? nodeId;
}

function entriesByNode(entries: readonly DiffEntry[]): ReadonlyMap<string, readonly DiffEntry[]> {
  const map = new Map<string, DiffEntry[]>();
  for (const entry of entries) {
    if (!('nodeId' in entry)) continue;
    const id = topOf(entry.nodeId);
    const list = map.get(id);
    if (list === undefined) map.set(id, [entry]);
    else list.push(entry);
  }
  return map;
}

function linkId(link: LinkView): string {
  const { from, to } = link;
  return `${from.nodeId}.${String(from.output)}>${to.nodeId}.${to.input}`;
}

function mergeLinks(before: WorkflowView, after: WorkflowView): readonly SceneLink[] {
  const old = new Map(before.links.map((link) => [linkId(link), link]));
  const fresh = new Map(after.links.map((link) => [linkId(link), link]));
  const toLink = (id: string, link: LinkView, status: SceneStatus): SceneLink => ({
    id,
    status,
    type: link.type,
    from: { nodeId: link.from.nodeId, handle: outputHandle(link.from.output) },
    to: { nodeId: link.to.nodeId, handle: inputHandle(link.to.input) },
  });
  const links = [...fresh].map(([id, link]) => toLink(id, link, old.has(id) ? 'same' : 'added'));
  for (const [id, link] of old) {
    if (!fresh.has(id)) links.push(toLink(id, link, 'removed'));
  }
  return links;
}

function toSceneGroup(group: WorkflowView['groups'][number]): SceneGroup {
  const [x, y, width, height] = group.bounds;
  const color = group.color === undefined ? {} : { color: group.color };
  return {
    title: group.title,
    x,
    y,
    width,
    height,
    ...color,
  };
}
