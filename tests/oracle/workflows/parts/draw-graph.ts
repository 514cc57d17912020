import type { JsonObject, JsonValue } from '../../../../core/base/json.ts';
import type { NodeCatalog } from '../../../../core/domain/workflow/catalog.ts';

/** Where a wire starts: node and output; `in` is a subgraph's own input. */
export type Start = readonly [from: number | 'in', slot: number];

/** A node as a case tells it: class, settings, what feeds it. */
export interface DrawnNode {
  readonly id: number;
  readonly type: string;
  readonly values?: JsonValue;
  readonly from?: Readonly<Record<string, Start>>;
  readonly mode?: number;
  readonly title?: string;
  /** Sockets that only the file has, beside what the class says: "name:TYPE". */
  readonly sockets?: readonly string[];
  /** Outputs of a page-only node or a subgraph instance: "name:TYPE". */
  readonly outputs?: readonly string[];
  readonly rest?: JsonObject;
}

/** One subgraph definition: its inside, and which inner outputs it shows. */
export interface DrawnSubgraph {
  readonly id: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly DrawnNode[];
  readonly outs: readonly Start[];
  readonly rest?: JsonObject;
}

/** A node in short. */
export function node(
  id: number,
  type: string,
  values: JsonValue = [],
  from: Readonly<Record<string, Start>> = {},
  more: Partial<DrawnNode> = {},
): DrawnNode {
  return { id, type, values, from, ...more };
}

/** A plain reroute. */
export function reroute(id: number, from?: Start, more: Partial<DrawnNode> = {}): DrawnNode {
  const sockets = { sockets: [':*'], outputs: [':*'] };
  return node(id, 'Reroute', [], from === undefined ? {} : { '': from }, { ...sockets, ...more });
}

/** A primitive node that hands its value to what it is wired to. */
export function primitive(
  id: number,
  type: string,
  widget: string,
  values: JsonValue,
  more: Partial<DrawnNode> = {},
): DrawnNode {
  const rest = { properties: { 'Run widget replace on values': false } };
  return node(
    id,
    'PrimitiveNode',
    values,
    {},
    {
      outputs: [`${type}:${type}:${widget}`],
      rest,
      ...more,
    },
  );
}

/** Draws a save-format 0.4 graph as the page would have saved it. */
export function drawGraph(
  catalog: NodeCatalog,
  nodes: readonly DrawnNode[],
  subgraphs: readonly DrawnSubgraph[] = [],
  rest: JsonObject = {},
): JsonObject {
  const wires = wiresOf(nodes);
  const types = outputTypes(catalog, nodes, []);
  return {
    id: '5e1f0a1c-0000-4000-8000-000000000001',
    revision: 0,
    last_node_id: Math.max(0, ...nodes.map(({ id }) => id)),
    last_link_id: wires.length,
    nodes: nodes.map((each, order) => drawNode(catalog, each, order, wires)),
    links: wires.map((wire): JsonValue => {
      const slot = slotOf(catalog, nodes, wire);
      return [wire.id, wire.from, wire.slot, wire.to, slot, types(wire.from, wire.slot)];
    }),
    groups: [],
    config: {},
    extra: {},
    version: 0.4,
    ...(subgraphs.length === 0
      ? {}
      : { definitions: { subgraphs: subgraphs.map((each) => drawSubgraph(catalog, each)) } }),
    ...rest,
  };
}

/** Newer pages renumber inner nodes whose number the outside has too; real files have no such pairs. */
function drawSubgraph(catalog: NodeCatalog, drawn: DrawnSubgraph): JsonObject {
  const subgraph = renumber(drawn, 100 * Number(drawn.id.slice(-2)));
  const { nodes } = subgraph;
  const wires = wiresOf(nodes);
  const types = outputTypes(catalog, nodes, subgraph.inputs);
  const outs = subgraph.outs.map(([from, slot], target) => ({
    id: wires.length + 1 + target,
    origin_id: from === 'in' ? -10 : from,
    origin_slot: slot,
    target_id: -20,
    target_slot: target,
    type: types(from === 'in' ? -10 : from, slot),
  }));
  const port = (text: string, index: number, kind: string, linkIds: readonly number[]) => ({
    id: `${subgraph.id.slice(0, 24)}${kind}${String(index).padStart(8, '0')}`,
    name: text.split(':')[0] ?? '',
    type: text.split(':')[1] ?? '*',
    linkIds,
    pos: [0, 20 * index],
  });
  return {
    id: subgraph.id,
    version: 1,
    state: { lastGroupId: 0, lastNodeId: 100, lastLinkId: 100, lastRerouteId: 0 },
    revision: 0,
    config: {},
    name: `Part ${subgraph.id.slice(-2)}`,
    inputNode: { id: -10, bounding: [-300, 0, 120, 60] },
    outputNode: { id: -20, bounding: [900, 0, 120, 60] },
    inputs: subgraph.inputs.map((text, index) => {
      const linked = [
        ...wires.filter(({ from, slot }) => from === -10 && slot === index),
        ...outs.filter((out) => out.origin_id === -10 && out.origin_slot === index),
      ];
      return port(
        text,
        index,
        '1aaa',
        linked.map(({ id }) => id),
      );
    }),
    outputs: subgraph.outputs.map((text, index) =>
      port(
        text,
        index,
        '2bbb',
        outs.filter((out) => out.target_slot === index).map(({ id }) => id),
      ),
    ),
    widgets: [],
    nodes: nodes.map((each, order) => drawNode(catalog, each, order, wires)),
    groups: [],
    links: [
      ...wires.map(({ id, from, slot, to, input }) => ({
        id,
        origin_id: from,
        origin_slot: slot,
        target_id: to,
        target_slot: slotOf(catalog, nodes, { to, input }),
        type: types(from, slot),
      })),
      ...outs,
    ],
    extra: {},
    ...subgraph.rest,
  };
}

function renumber(subgraph: DrawnSubgraph, by: number): DrawnSubgraph {
  const move = ([from, slot]: Start): Start => [from === 'in' ? from : from + by, slot];
  return {
    ...subgraph,
    outs: subgraph.outs.map(move),
    nodes: subgraph.nodes.map((each) => ({
      ...each,
      id: each.id + by,
      from: Object.fromEntries(
        Object.entries(each.from ?? {}).map(([input, start]) => [input, move(start)]),
      ),
    })),
  };
}

interface Wire {
  readonly id: number;
  readonly from: number;
  readonly slot: number;
  readonly to: number;
  readonly input: string;
}

function wiresOf(nodes: readonly DrawnNode[]): readonly Wire[] {
  const wires: Wire[] = [];
  for (const { id: to, from = {} } of nodes) {
    for (const [input, [start, slot]] of Object.entries(from)) {
      wires.push({ id: wires.length + 1, from: start === 'in' ? -10 : start, slot, to, input });
    }
  }
  return wires;
}

interface Socket {
  readonly name: string;
  readonly type: string;
  readonly isWidget: boolean;
}

/** The sockets that a page saves: those of the class, settings only when linked, then the file's own. */
function socketsOf(catalog: NodeCatalog, drawn: DrawnNode): readonly Socket[] {
  const linked = new Set(Object.keys(drawn.from ?? {}));
  const own = (drawn.sockets ?? []).map((text): Socket => {
    const [name = '', type = '*', widget] = text.split(':');
    return { name, type, isWidget: widget !== undefined };
  });
  const specs = catalog.get(drawn.type)?.inputs ?? [];
  return [
    ...specs.filter((spec) => !spec.isWidget),
    ...specs.filter((spec) => spec.isWidget && linked.has(spec.name)),
    ...own,
  ].map(({ name, type, isWidget }) => ({ name, type, isWidget }));
}

function slotOf(
  catalog: NodeCatalog,
  nodes: readonly DrawnNode[],
  wire: Pick<Wire, 'to' | 'input'>,
): number {
  const target = nodes.find(({ id }) => id === wire.to);
  if (target === undefined) return 0;
  return socketsOf(catalog, target).findIndex(({ name }) => name === wire.input);
}

function outputsOf(catalog: NodeCatalog, drawn: DrawnNode): readonly (readonly string[])[] {
  const told = drawn.outputs?.map((text) => text.split(':'));
  return told ?? (catalog.get(drawn.type)?.outputs ?? []).map(({ name, type }) => [name, type]);
}

function outputTypes(
  catalog: NodeCatalog,
  nodes: readonly DrawnNode[],
  ends: readonly string[],
): (from: number, slot: number) => string {
  return (from, slot) => {
    if (from === -10) return ends[slot]?.split(':')[1] ?? '*';
    const origin = nodes.find(({ id }) => id === from);
    return (origin && outputsOf(catalog, origin)[slot]?.[1]) ?? '*';
  };
}

function drawNode(
  catalog: NodeCatalog,
  drawn: DrawnNode,
  order: number,
  wires: readonly Wire[],
): JsonObject {
  const { id } = drawn;
  return {
    id,
    type: drawn.type,
    pos: [40 + 340 * (order % 6), 40 + 260 * Math.floor(order / 6)],
    size: [300, 200],
    flags: {},
    order,
    mode: drawn.mode ?? 0,
    inputs: socketsOf(catalog, drawn).map(({ name, type, isWidget }): JsonObject => ({
      name,
      type,
      ...(isWidget ? { widget: { name } } : {}),
      link: wires.find((wire) => wire.to === id && wire.input === name)?.id ?? null,
    })),
    outputs: outputsOf(catalog, drawn).map(([name = '', type = '*', widget], slot): JsonObject => {
      const links = wires.filter((wire) => wire.from === id && wire.slot === slot);
      return {
        name,
        type,
        ...(widget === undefined ? {} : { widget: { name: widget } }),
        links: links.length === 0 ? null : links.map((wire) => wire.id),
      };
    }),
    ...(drawn.title === undefined ? {} : { title: drawn.title }),
    properties: catalog.get(drawn.type) === undefined ? {} : { 'Node name for S&R': drawn.type },
    ...(drawn.values === undefined ? {} : { widgets_values: drawn.values }),
    ...drawn.rest,
  };
}
