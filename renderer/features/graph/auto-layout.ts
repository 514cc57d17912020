import type { WorkflowView } from '../../../core/domain/workflow/view.ts';

export type Point = readonly [x: number, y: number];

const COLUMN = 300;
const GAP = 48;

/**
 * Places for nodes that have none (files in the API format, nodes just added): columns from left to right
 * along the links; a single new node goes beside what feeds it, below whatever is already there.
 */
export function placeNodes(
  view: WorkflowView,
  heightOf: (nodeId: string) => number,
): ReadonlyMap<string, Point> {
  const places = new Map<string, Point>();
  const homeless: string[] = [];
  for (const node of view.nodes) {
    if (node.position === undefined) homeless.push(node.id);
    else places.set(node.id, node.position);
  }
  if (homeless.length === 0) return places;
  const originX = Math.min(0, ...[...places.values()].map(([x]) => x));
  const bottoms = columnBottoms(places, heightOf, originX);
  const depths = depthsOf(view);
  for (const id of homeless.sort((a, b) => (depths.get(a) ?? 0) - (depths.get(b) ?? 0))) {
    const fed = view.links.find((link) => link.to.nodeId === id && places.has(link.from.nodeId));
    const source = fed === undefined ? undefined : places.get(fed.from.nodeId);
    const isAlone = homeless.length < view.nodes.length;
    const column =
      isAlone && source !== undefined
        ? Math.round((source[0] - originX) / COLUMN) + 1
        : (depths.get(id) ?? 0);
    const y = bottoms.get(column) ?? 0;
    places.set(id, [originX + column * COLUMN, y]);
    bottoms.set(column, y + heightOf(id) + GAP);
  }
  return places;
}

function columnBottoms(
  places: ReadonlyMap<string, Point>,
  heightOf: (nodeId: string) => number,
  originX: number,
): Map<number, number> {
  const bottoms = new Map<number, number>();
  for (const [id, [x, y]] of places) {
    const column = Math.round((x - originX) / COLUMN);
    bottoms.set(column, Math.max(bottoms.get(column) ?? 0, y + heightOf(id) + GAP));
  }
  return bottoms;
}

/** Longest way from a node without inputs; a loop counts once. */
function depthsOf(view: WorkflowView): ReadonlyMap<string, number> {
  const sources = new Map<string, string[]>();
  for (const link of view.links) {
    const list = sources.get(link.to.nodeId);
    if (list === undefined) sources.set(link.to.nodeId, [link.from.nodeId]);
    else list.push(link.from.nodeId);
  }
  const depths = new Map<string, number>();
  const visit = (id: string): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    depths.set(id, 0);
    const depth = Math.max(0, ...(sources.get(id) ?? []).map((source) => visit(source) + 1));
    depths.set(id, depth);
    return depth;
  };
  for (const node of view.nodes) visit(node.id);
  return depths;
}
