import type { NodeBox } from '../draft/draft.ts';
import type { GroupView, NodeView, WorkflowView } from '../view/view.ts';
import { placeBeside } from './beside.ts';
import type { LayoutBox, Point } from './canvas.ts';
import { layOut } from './lay-out.ts';

/**
 * Places for all nodes of a workflow: those that have one keep it, whatever happens. Where none has one (files in the
 * exported form, drafts) all are laid out; single ones go beside what they are connected to, and stay out of frames that
 * their neighbours are not in.
 */
export function placeNodes(
  view: Pick<WorkflowView, 'nodes' | 'links' | 'groups'>,
  sizeOf: (node: NodeView) => readonly [width: number, height: number],
): ReadonlyMap<string, Point> {
  const boxes = view.nodes.map((node): LayoutBox => {
    const [width, height] = sizeOf(node);
    return { id: node.id, width, height };
  });
  const wires = view.links.map(({ from, to }) => ({ from: from.nodeId, to: to.nodeId }));
  const placed = new Map<string, NodeBox>();
  const homeless = new Map<string, LayoutBox>();
  view.nodes.forEach(({ id, position }, index) => {
    const box = boxes[index];
    if (box === undefined) return;
    if (position === undefined) homeless.set(id, box);
    else placed.set(id, { ...box, x: position[0], y: position[1] });
  });
  if (homeless.size === 0 || placed.size === 0) {
    return placed.size === 0 ? layOut(boxes, wires) : pointsOf(placed);
  }
  const feeders = new Map<string, string[]>();
  const fed = new Map<string, string[]>();
  for (const { from, to } of wires) {
    add(feeders, to, from);
    add(fed, from, to);
  }
  const near = (ids: readonly string[] | undefined): readonly NodeBox[] =>
    (ids ?? []).flatMap((id) => placed.get(id) ?? []);
  // In the order in which things flow, so that a chain of new nodes grows from its first one.
  const turns = [...layOut([...homeless.values()], wires)].sort(
    ([, a], [, b]) => a[0] - b[0] || a[1] - b[1],
  );
  for (const [id] of turns) {
    const box = homeless.get(id);
    if (box === undefined) continue;
    const own = { feeders: near(feeders.get(id)), fed: near(fed.get(id)) };
    const anchors = own.feeders.length > 0 ? own.feeders : own.fed;
    const [x, y] = placeBeside([box.width, box.height], {
      ...own,
      boxes: [...placed.values(), ...foreignFrames(view.groups, anchors)],
    });
    placed.set(id, { ...box, x, y });
  }
  return pointsOf(placed);
}

/** Frames that hold none of these nodes. */
export function foreignFrames(
  groups: readonly Pick<GroupView, 'bounds'>[],
  anchors: readonly NodeBox[],
): readonly NodeBox[] {
  return groups.flatMap(({ bounds: [x, y, width, height] }, index) =>
    anchors.some((box) => box.x >= x && box.y >= y && box.x < x + width && box.y < y + height)
      ? []
      : [{ id: `frame ${String(index)}`, x, y, width, height }],
  );
}

function pointsOf(placed: ReadonlyMap<string, NodeBox>): ReadonlyMap<string, Point> {
  return new Map([...placed].map(([id, { x, y }]) => [id, [x, y] as const]));
}

function add(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
