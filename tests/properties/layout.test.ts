import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/base/json.ts';
import { applyOps } from '../../core/domain/workflow/ops/apply-ops.ts';
import { layOut } from '../../core/domain/workflow/layout/lay-out.ts';
import { placeNodes } from '../../core/domain/workflow/layout/place-nodes.ts';
import type { GroupView, NodeView } from '../../core/domain/workflow/view/view.ts';
import { viewWorkflow } from '../../core/domain/workflow/view/view-workflow.ts';
import { coreCatalog } from '../fixtures/edit-workflows.ts';
import { PROPERTY_RUNS } from './arbitrary-workflow.ts';

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const side = fc.integer({ min: 20, max: 500 });
const graphs = fc.integer({ min: 1, max: 30 }).chain((count) =>
  fc.record({
    sizes: fc.array(fc.tuple(side, side), { minLength: count, maxLength: count }),
    wires: fc.array(fc.tuple(fc.nat(count), fc.nat(count)), { maxLength: 60 }),
    isPlaced: fc.array(fc.boolean(), { minLength: count, maxLength: count }),
    corners: fc.array(fc.tuple(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: -2000, max: 2000 })), {
      minLength: count,
      maxLength: count,
    }),
  }),
); // prettier-ignore

function check<T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => void): void {
  fc.assert(fc.property(arbitrary, property), { numRuns: PROPERTY_RUNS });
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe(`for ${String(PROPERTY_RUNS)} random graphs`, () => {
  it('a layout has a place for every node, nothing over anything else, and is the same every time', () => {
    check(graphs, ({ sizes, wires }) => {
      const boxes = sizes.map(([width, height], id) => ({ id: String(id), width, height }));
      const links = wires.map(([from, to]) => ({ from: String(from), to: String(to) }));
      const places = layOut(boxes, links);
      const rects = boxes.map((box) => {
        const [x, y] = places.get(box.id) ?? [NaN, NaN];
        return { ...box, x, y };
      });
      for (const [at, rect] of rects.entries()) {
        expect(Number.isFinite(rect.x + rect.y)).toBe(true);
        for (const other of rects.slice(at + 1)) expect(overlap(rect, other)).toBe(false);
      }
      expect(layOut(boxes, links)).toEqual(places);
    });
  });

  it('what the artist placed stays, and what is added covers no other node', () => {
    let added = 0;
    check(graphs, ({ sizes, wires, isPlaced, corners }) => {
      const nodes = sizes.map((_, id): NodeView => {
        const position = corners[id];
        return {
          id: String(id),
          classType: 'X',
          title: 'X',
          mode: 'active',
          ...(isPlaced[id] === true && position !== undefined ? { position } : {}),
          widgets: [],
          inputs: [],
          outputs: [],
          isVirtual: false,
        };
      });
      const links = wires
        .filter(([from, to]) => from !== to && from < nodes.length && to < nodes.length)
        .map(([from, to]) => ({
          from: { nodeId: String(from), output: 0 },
          to: { nodeId: String(to), input: 'x' },
          type: '*',
        }));
      const frame: GroupView = { title: 'frame', bounds: [0, 0, 900, 900] };
      const sizeOf = ({ id }: NodeView): readonly [number, number] => sizes[Number(id)] ?? [1, 1];
      const places = placeNodes({ nodes, links, groups: [frame] }, sizeOf);
      const rectOf = (node: NodeView): Rect => {
        const [x, y] = places.get(node.id) ?? [NaN, NaN];
        const [width, height] = sizeOf(node);
        return { x, y, width, height };
      };
      const hasOwn = nodes.some(({ position }) => position !== undefined);
      for (const node of nodes) {
        if (node.position !== undefined) expect(places.get(node.id)).toEqual(node.position);
        else if (hasOwn) {
          added += 1;
          for (const other of nodes) {
            if (other !== node) expect(overlap(rectOf(node), rectOf(other))).toBe(false);
          }
        }
      }
    });
    expect(added).toBeGreaterThan(PROPERTY_RUNS / 2);
  });
});

const catalog = coreCatalog();

describe(`for ${String(PROPERTY_RUNS)} nodes added by an edit`, () => {
  it('the new node covers nothing, frames of others included, and nothing else is moved', () => {
    const scenes = fc.record({
      corners: fc.array(fc.tuple(fc.integer({ min: -1500, max: 1500 }), fc.integer({ min: -1500, max: 1500 })), { minLength: 1, maxLength: 12 }),
      feeder: fc.nat(11),
      fed: fc.nat(11),
      frame: fc.tuple(fc.integer({ min: -1500, max: 1500 }), fc.integer({ min: -1500, max: 1500 })),
    }); // prettier-ignore
    check(scenes, ({ corners, feeder, fed, frame }) => {
      const nodes = corners.map(([x, y], at): JsonObject => ({
        id: at + 1, type: 'ImageInvert', pos: [x, y], size: [210, 80], mode: 0, order: at,
        inputs: [{ name: 'image', type: 'IMAGE', link: null }],
        outputs: [{ name: 'IMAGE', type: 'IMAGE', links: [] }],
        widgets_values: [],
      })); // prettier-ignore
      const root: JsonObject = {
        last_node_id: nodes.length, last_link_id: 0, nodes, links: [], version: 0.4,
        groups: [{ title: 'theirs', bounding: [...frame, 700, 700] }],
      }; // prettier-ignore
      const from = String((feeder % nodes.length) + 1);
      const to = String((fed % nodes.length) + 1);
      const done = applyOps(
        { format: 'graph', root },
        [
          { op: 'add_node', nodeId: '90', classType: 'ImageBlur' },
          { op: 'connect', from: { nodeId: from, output: 0 }, to: { nodeId: '90', input: 'image' } },
          ...(from === to ? [] : [{ op: 'connect' as const, from: { nodeId: '90', output: 0 }, to: { nodeId: to, input: 'image' } }]),
        ],
        catalog,
      ); // prettier-ignore
      if (!done.ok) throw new Error(done.error.code);
      const view = viewWorkflow(done.value.document, catalog);
      const rectOf = ({ position, size }: NodeView): Rect => ({
        x: position?.[0] ?? NaN,
        y: position?.[1] ?? NaN,
        width: size?.[0] ?? NaN,
        height: size?.[1] ?? NaN,
      });
      const fresh = view.node('90');
      if (fresh === undefined) throw new Error('the node is not there');
      for (const [at, [x, y]] of corners.entries()) {
        const other = view.node(String(at + 1));
        expect(other?.position).toEqual([x, y]);
        if (other !== undefined) expect(overlap(rectOf(fresh), rectOf(other))).toBe(false);
      }
      const [left, top] = frame;
      const source = corners[Number(from) - 1] ?? [0, 0];
      const isInside =
        source[0] >= left && source[1] >= top && source[0] < left + 700 && source[1] < top + 700;
      if (!isInside) {
        expect(overlap(rectOf(fresh), { x: left, y: top, width: 700, height: 700 })).toBe(false);
      }
    });
  });
});
