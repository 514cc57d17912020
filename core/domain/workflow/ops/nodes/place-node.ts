import { type Op } from '../../../../contract/workflow.schema.ts';
import { type NodeClass } from '../../catalog.ts';
import { type Draft } from '../../draft/draft.ts';
import { estimateSize } from '../../draft/new-node.ts';
import { placeBeside } from '../../layout/beside.ts';
import { foreignFrames } from '../../layout/place-nodes.ts';

/** A free place for a new node beside the nodes that the other ops will connect it to; nothing else is moved. */
export function placeNode(
  draft: Draft,
  nodeId: string,
  nodeClass: NodeClass,
  ops: readonly Op[],
): readonly [number, number] {
  const boxes = draft.boxes(nodeId);
  const links = ops.filter((op) => op.op === 'connect');
  const feeding = new Set(
    links.filter((op) => op.to.nodeId === nodeId).map((op) => op.from.nodeId),
  );
  const taking = new Set(links.filter((op) => op.from.nodeId === nodeId).map((op) => op.to.nodeId));
  const feeders = boxes.filter((box) => feeding.has(box.id));
  const fed = boxes.filter((box) => taking.has(box.id));
  const frames = foreignFrames(draft.frames(nodeId), feeders.length > 0 ? feeders : fed);
  return placeBeside(estimateSize(nodeClass), { feeders, fed, boxes: [...boxes, ...frames] });
}
