import type { JsonObject, JsonValue } from '../../core/base/json.ts';

const DEFINITIONS = 5;
const INNER_NODES = 8;

/**
 * A save-format graph of about `count` nodes that run, all inside instances of a few subgraphs, which feed
 * one another through Set and Get nodes and reroutes.
 */
export function generateNestedGraph(count: number): JsonObject {
  const nodes: JsonObject[] = [];
  const links: JsonValue[] = [];
  const add = (type: string, rest: JsonObject): number => {
    const id = nodes.length + 1;
    nodes.push({ id, type, order: id, mode: 0, pos: [id * 10, 0], ...rest });
    return id;
  };
  const feed = (origin: number): JsonObject => {
    const id = links.length + 1;
    links.push([id, origin, 0, nodes.length + 1, 0, 'IMAGE']);
    return { inputs: [{ name: 'image', type: 'IMAGE', link: id }] };
  };
  const outputs = [{ name: 'IMAGE', type: 'IMAGE' }];
  const bus = (at: number): JsonObject => ({ widgets_values: [`bus ${String(at)}`] });
  const load = add('LoadImage', { inputs: [], outputs, widgets_values: ['a.png', 'image'] });
  add('SetNode', { ...feed(load), outputs, ...bus(0) });
  for (let at = 0; at * INNER_NODES < count; at += 1) {
    const get = add('GetNode', { inputs: [], outputs, ...bus(at) });
    const reroute = add('Reroute', { ...feed(get), outputs });
    const instance = add(`blurs ${String(at % DEFINITIONS)}`, { ...feed(reroute), outputs });
    add('SetNode', { ...feed(instance), outputs, ...bus(at + 1) });
  }
  const subgraphs = Array.from({ length: DEFINITIONS }, (_, at) => definitionOf(at));
  return { nodes, links, definitions: { subgraphs }, version: 1 };
}

/** A chain of blurs from the subgraph's input to its output. */
function definitionOf(at: number): JsonObject {
  const link = (id: number, origin: number, target: number): JsonObject => ({
    id,
    origin_id: origin,
    origin_slot: 0,
    target_id: target,
    target_slot: 0,
    type: 'IMAGE',
  });
  return {
    id: `blurs ${String(at)}`,
    name: `Blurs ${String(at)}`,
    inputs: [{ id: 'in', name: 'image', type: 'IMAGE', linkIds: [1] }],
    outputs: [{ id: 'out', name: 'IMAGE', type: 'IMAGE', linkIds: [INNER_NODES + 1] }],
    nodes: Array.from({ length: INNER_NODES }, (_, index) => ({
      id: index + 1,
      type: 'ImageBlur',
      order: index,
      mode: 0,
      inputs: [{ name: 'image', type: 'IMAGE', link: index + 1 }],
      outputs: [{ name: 'IMAGE', type: 'IMAGE', links: [index + 2] }],
      widgets_values: [1 + at, 1 + index / 8],
    })),
    links: [
      link(1, -10, 1),
      ...Array.from({ length: INNER_NODES - 1 }, (_, i) => link(i + 2, i + 1, i + 2)),
      link(INNER_NODES + 1, INNER_NODES, -20),
    ],
  };
}
