import type { NodeBox } from '../draft/draft.ts';
import type { Point } from './canvas.ts';

/** Pixels between a new node and its neighbours. */
const GAP = 40;
/** Height of the title bar, which the page draws above a node's position. */
const TITLE_BAR = 30;

/** What a new node goes beside, and what it must not cover. */
export interface Neighbourhood {
  /** Nodes that feed it, and nodes that it feeds. */
  readonly feeders: readonly NodeBox[];
  readonly fed: readonly NodeBox[];
  /** Everything that stands on the canvas: nodes, and frames that the new node does not belong to. */
  readonly boxes: readonly NodeBox[];
}

/**
 * A free place for a new node: right of the right-most node that feeds it, else left of what it feeds, else right of the
 * graph; below whatever stands there already. Nothing else is moved.
 */
export function placeBeside(
  size: readonly [width: number, height: number],
  { feeders, fed, boxes }: Neighbourhood,
): Point {
  const left = rightMost(feeders);
  if (left !== undefined) return freePlace(left.x + left.width + GAP, left.y, size, boxes);
  const right = fed.reduce<NodeBox | undefined>(
    (best, box) => (best && best.x <= box.x ? best : box),
    undefined,
  );
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
): Point {
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
