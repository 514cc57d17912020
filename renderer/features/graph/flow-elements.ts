import { Position } from '@xyflow/react';
import type { FrameNode } from './group-frame.tsx';
import type { LinkEdgeData } from './link-edge.tsx';
import type { CardNode } from './node-card.tsx';
import { type Scene, type SceneNode, type SceneSlot, metrics } from './scene.ts';

export type FlowNode = CardNode | FrameNode;

const DOT = 9;

/** More nodes than this would stand between the keyboard and what comes after the graph. */
const MOST_STOPS = 60;

/** The scene as @xyflow/react takes it. Sizes and sockets are given, so that only what is in view must be drawn. */
export function toFlow(scene: Scene): { nodes: FlowNode[]; edges: LinkEdgeData[] } {
  const frames = scene.groups.map((group, index): FrameNode => ({
    id: `group ${String(index)}`,
    type: 'frame',
    position: { x: group.x, y: group.y },
    width: group.width,
    height: group.height,
    measured: { width: group.width, height: group.height },
    data: { group },
    zIndex: -1,
    focusable: false,
    selectable: false,
    style: { pointerEvents: 'none' },
  }));
  const touched = new Set(scene.touched);
  const isStop = (node: SceneNode): boolean =>
    scene.nodes.length <= MOST_STOPS || (touched.has(node.id) && touched.size <= MOST_STOPS);
  const cards = scene.nodes.map((node): CardNode => ({
    id: node.id,
    type: 'card',
    position: { x: node.x, y: node.y },
    width: node.width,
    height: node.height,
    // Without it a node out of view counts as not ready, and the view is never fitted.
    measured: { width: node.width, height: node.height },
    handles: [...handlesOf(node, node.inputs, 'in'), ...handlesOf(node, node.outputs, 'out')],
    data: { node, isDiff: scene.isDiff },
    focusable: isStop(node),
    zIndex: node.status === 'same' ? 0 : 1,
  }));
  const edges = scene.links.map((link): LinkEdgeData => ({
    id: link.id,
    type: 'link',
    source: link.from.nodeId,
    sourceHandle: link.from.handle,
    target: link.to.nodeId,
    targetHandle: link.to.handle,
    data: { status: link.status, type: link.type, isDiff: scene.isDiff },
    zIndex: link.status === 'same' ? 0 : 2,
    focusable: false,
  }));
  return { nodes: [...frames, ...cards], edges };
}

function handlesOf(
  node: SceneNode,
  slots: readonly SceneSlot[],
  side: 'in' | 'out',
): NonNullable<CardNode['handles']> {
  return slots.map((slot, index) => ({
    id: slot.handle,
    type: side === 'in' ? 'target' : 'source',
    position: side === 'in' ? Position.Left : Position.Right,
    x: (side === 'in' ? 0 : node.width) - DOT / 2,
    y: metrics.title + (index + 0.5) * metrics.slot - DOT / 2,
    width: DOT,
    height: DOT,
  }));
}
