import { type Op } from '../../../contract/workflow.schema.ts';
import { type NodeClass } from '../catalog.ts';
import { type Draft, type NodeBox } from '../draft/draft.ts';
import { estimateSize } from '../draft/new-node.ts';

/** Pixels between a new node and its neighbours. */
const GAP = 40;
/** Height of the title bar, which the page draws above a node's position. */
const TITLE_BAR = 30;

/**
 * A free place for a new node: right of the right-most node that will feed it, else left of what it will
 * feed, else right of the graph; below whatever stands there already.
 */
export function placeNode(
  draft: Draft,
  nodeId: string,
  nodeClass: NodeClass,
  ops: readonly Op[],
): readonly [number, number] {
  const boxes = draft.boxes(nodeId);
  const size = estimateSize(nodeClass);
  const links = ops.filter((op) => op.op === 'connect');
  const feeders = new Set(
    links.filter((op) => op.to.nodeId === nodeId).map((op) => op.from.nodeId),
  );
  const fed = new Set(links.filter((op) => op.from.nodeId === nodeId).map((op) => op.to.nodeId));
  const left = rightMost(boxes.filter((box) => feeders.has(box.id)));
  if (left !== undefined) return freePlace(left.x + left.width + GAP, left.y, size, boxes);
  const right = boxes
    .filter((box) => fed.has(box.id))
    .reduce<NodeBox | undefined>((best, box) => (best && best.x <= box.x ? best : box), undefined);
  if (right !== undefined) return freePlace(right.x - size[0] - GAP, right.y, size, boxes);
  const last = rightMost(boxes);
  return last === undefined ? [0, 0] : freePlace(last.x + last.width + GAP, last.y, size, boxes);
}

function rightMost(boxes: readonly NodeBox[]): NodeBox | undefined {
  return boxes.reduce<NodeBox | undefined>(
    (best, box) => (best && best.x + best.width >= box.x + box.width ? best : box),
    undefined,
  );
}

function freePlace(
  x: number,
  top: number,
  size: readonly [number, number],
  boxes: readonly NodeBox[],
): readonly [number, number] {
  const inColumn = boxes
    .filter((box) => box.x < x + size[0] + GAP / 2 && box.x + box.width + GAP / 2 > x)
    .sort((a, b) => a.y - b.y);
  let y = top;
  for (const box of inColumn) {
    const isAbove = box.y + box.height + GAP / 2 <= y - TITLE_BAR;
    const isBelow = box.y - TITLE_BAR >= y + size[1] + GAP / 2;
    if (!isAbove && !isBelow) y = box.y + box.height + GAP + TITLE_BAR;
  }
  return [x, y];
}
