import type { LayoutBox, LayoutWire, Point } from './canvas.ts';
import { connectedParts, flowOrder } from './flow-order.ts';

/** Pixels between columns. */
const COLUMN_GAP = 60;
/** Pixels between nodes of a column, the title bar of the lower one among them. */
const ROW_GAP = 70;
/** Nodes that are connected to nothing stand in rows of this width at least. */
const ROW_WIDTH = 1600;
/** Sweeps over the columns, by which wires cross less; more change little. */
const SWEEPS = 4;

/**
 * Places for all nodes: columns from left to right along the wires, what is not connected one below the other, nothing
 * over anything else. The same nodes and wires always give the same places; near linear in their number.
 */
export function layOut(
  boxes: readonly LayoutBox[],
  wires: readonly LayoutWire[],
): ReadonlyMap<string, Point> {
  const flow = flowOrder(boxes, wires);
  const places = new Map<string, Point>();
  const alone: number[] = [];
  let top = 0;
  let width = ROW_WIDTH;
  for (const part of connectedParts(flow)) {
    if (part.length === 1) {
      alone.push(...part);
      continue;
    }
    const columns = toColumns(part, flow.depths);
    orderColumns(columns, flow.before, flow.after);
    const tops = stack(columns, boxes, flow.before, flow.after);
    let x = 0;
    let bottom = top;
    for (const column of columns) {
      for (const index of column) {
        const box = boxes[index];
        if (box === undefined) continue;
        const y = top + (tops.get(index) ?? 0);
        places.set(box.id, [x, y]);
        bottom = Math.max(bottom, y + box.height);
      }
      x += widest(column, boxes) + COLUMN_GAP;
    }
    width = Math.max(width, x);
    top = bottom + 2 * ROW_GAP;
  }
  placeInRows(alone, boxes, { top, width }, places);
  return places;
}

function toColumns(part: readonly number[], depths: readonly number[]): number[][] {
  const first = part.reduce((least, index) => Math.min(least, depths[index] ?? 0), Infinity);
  const columns: number[][] = [];
  for (const index of part) {
    const depth = (depths[index] ?? 0) - first;
    while (columns.length <= depth) columns.push([]);
    columns[depth]?.push(index);
  }
  return columns;
}

type Neighbours = readonly (readonly number[])[];

/** Puts every node of a column near the middle of what it is connected to, to and fro. */
function orderColumns(columns: number[][], before: Neighbours, after: Neighbours): void {
  const rank = new Map<number, number>();
  const note = (column: readonly number[]): void => {
    column.forEach((index, at) => rank.set(index, (at + 0.5) / column.length));
  };
  columns.forEach(note);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const isForth = sweep % 2 === 0;
    const neighbours = isForth ? before : after;
    for (const column of isForth ? columns : columns.toReversed()) {
      const middles = new Map(
        column.map((index) => [index, mean(neighbours[index], rank) ?? rank.get(index) ?? 0]),
      );
      column.sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0) || a - b);
      note(column);
    }
  }
}

/** Tops of the nodes, as near to the height of what feeds them as the order of their column lets them. */
function stack(
  columns: readonly (readonly number[])[],
  boxes: readonly LayoutBox[],
  before: Neighbours,
  after: Neighbours,
): ReadonlyMap<number, number> {
  const tops = new Map<number, number>();
  const middles = new Map<number, number>();
  const settle = (column: readonly number[], neighbours: Neighbours): void => {
    let bottom = -Infinity;
    for (const index of column) {
      const height = boxes[index]?.height ?? 0;
      const wanted = (mean(neighbours[index], middles) ?? middles.get(index) ?? 0) - height / 2;
      const y = Math.max(bottom + ROW_GAP, Math.round(wanted));
      tops.set(index, y);
      middles.set(index, y + height / 2);
      bottom = y + height;
    }
  };
  for (const column of columns) settle(column, before);
  for (const column of columns.toReversed()) settle(column, after);
  for (const column of columns) settle(column, before);
  let least = Infinity;
  for (const y of tops.values()) least = Math.min(least, y);
  return new Map([...tops].map(([index, y]) => [index, y - least]));
}

function mean(
  indices: readonly number[] | undefined,
  values: ReadonlyMap<number, number>,
): number | undefined {
  let sum = 0;
  let count = 0;
  for (const index of indices ?? []) {
    const value = values.get(index);
    if (value === undefined) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? undefined : sum / count;
}

function widest(column: readonly number[], boxes: readonly LayoutBox[]): number {
  return column.reduce((most, index) => Math.max(most, boxes[index]?.width ?? 0), 0);
}

function placeInRows(
  alone: readonly number[],
  boxes: readonly LayoutBox[],
  { top, width }: { readonly top: number; readonly width: number },
  places: Map<string, Point>,
): void {
  let x = 0;
  let y = top;
  let rowBottom = top;
  for (const index of alone) {
    const box = boxes[index];
    if (box === undefined) continue;
    if (x > 0 && x + box.width > width) {
      x = 0;
      y = rowBottom + ROW_GAP;
    }
    places.set(box.id, [x, y]);
    rowBottom = Math.max(rowBottom, y + box.height);
    x += box.width + COLUMN_GAP;
  }
}
