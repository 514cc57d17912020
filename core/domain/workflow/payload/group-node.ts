import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { NodeCatalog, NodeClass } from '../catalog.ts';
import {
  objectsIn,
  storedInputs,
  storedOutputs,
  toIdText,
  toSlot,
} from '../reading/graph-format.ts';
import { SUBGRAPH_INPUT_ID, SUBGRAPH_OUTPUT_ID } from '../widgets/promoted-widgets.ts';
import { mapPositions } from '../widgets/map-positions.ts';
import { type LayoutEntry, widgetEntries, widgetLayout } from '../widgets/widget-layout.ts';

/** A group node read as if it were a subgraph, and the settings that the outside sets on its inner nodes. */
export interface GroupNodeInside {
  readonly definition: JsonObject;
  readonly overrides: ReadonlyMap<string, ReadonlyMap<string, JsonValue>>;
}

/**
 * Reads one of the page's old group nodes (`extra.groupNodes`: nodes, links between indices, config).
 * Inner nodes are numbered from 0; inputs, outputs and settings appear on the outside in inner order.
 */
export function groupNodeDefinition(
  instance: JsonObject,
  group: JsonObject,
  catalog: NodeCatalog,
): GroupNodeInside {
  const members = objectsIn(group['nodes']).map((node, index): Member => {
    const type = typeof node['type'] === 'string' ? node['type'] : '';
    return { node, index, nodeClass: catalog.get(type) };
  });
  const wires = readWires(group['links']);
  const ports = outsideInputs(members, wires, group);
  const links: JsonObject[] = wires.map((wire, id) => toLink(id, wire));
  const inputs: JsonObject[] = [];
  const linked = new Map<string, number>();
  for (const wire of wires) {
    const member = members[wire.target];
    const slot = member === undefined ? undefined : storedInputs(member.node)[wire.targetSlot];
    if (slot !== undefined) linked.set(`${wire.target}/${slot.name}`, wires.indexOf(wire));
  }
  for (const port of ports) {
    const id = links.length;
    const from = { source: SUBGRAPH_INPUT_ID, sourceSlot: inputs.length };
    links.push(toLink(id, { ...from, target: port.member.index, targetSlot: port.slot }));
    inputs.push({ name: port.name });
    linked.set(`${port.member.index}/${port.input}`, id);
  }
  const outputs = outsideOutputs(members, wires, group);
  outputs.forEach((output, slot) => {
    links.push(
      toLink(links.length, {
        source: output.member.index,
        sourceSlot: output.slot,
        target: SUBGRAPH_OUTPUT_ID,
        targetSlot: slot,
      }),
    );
  });
  const nodes = members.map((member) => innerNode(member, linked));
  return {
    definition: { nodes, links, inputs, outputs: outputs.map(() => ({})) },
    overrides: outsideValues(instance, members, wires, group),
  };
}

interface Member {
  readonly node: JsonObject;
  readonly index: number;
  readonly nodeClass: NodeClass | undefined;
}

interface Wire {
  readonly source: number | string;
  readonly sourceSlot: number;
  readonly target: number | string;
  readonly targetSlot: number;
}

interface InnerWire extends Wire {
  readonly source: number;
  readonly target: number;
}

function readWires(value: JsonValue | undefined): readonly InnerWire[] {
  if (!isJsonArray(value)) return [];
  return value.flatMap((entry) => {
    if (!isJsonArray(entry)) return [];
    const [source, sourceSlot, target, targetSlot] = entry.slice(0, 4).map(toSlot);
    // A link without a source came from outside the group when it was made.
    if (source === undefined || target === undefined) return [];
    return [{ source, sourceSlot: sourceSlot ?? 0, target, targetSlot: targetSlot ?? 0 }];
  });
}

function toLink(id: number, wire: Wire): JsonObject {
  return {
    id,
    origin_id: wire.source,
    origin_slot: wire.sourceSlot,
    target_id: wire.target,
    target_slot: wire.targetSlot,
    type: '*',
  };
}

interface Port {
  readonly member: Member;
  readonly input: string;
  readonly slot: number;
  readonly name: string;
}

/** The inner sockets that no inner wire feeds, named as the page names them on the outside. */
function outsideInputs(
  members: readonly Member[],
  wires: readonly InnerWire[],
  group: JsonObject,
): readonly Port[] {
  const taken = new Map<string, number>();
  const ports: Port[] = [];
  for (const member of members) {
    const inputs = storedInputs(member.node);
    // The page names sockets before settings that were turned into sockets.
    const order = [...inputs.keys()].sort(
      (a, b) =>
        Number(inputs[a]?.widgetName !== undefined) - Number(inputs[b]?.widgetName !== undefined) ||
        a - b,
    );
    for (const slot of order) {
      const input = inputs[slot];
      if (input === undefined || isWired(wires, member.index, slot)) continue;
      if (!isShown(group, member.index, 'input', input.name)) continue;
      const custom = configOf(group, member.index, 'input', input.name)?.['name'];
      const label = input.raw['label'];
      const base =
        typeof custom === 'string' ? custom : typeof label === 'string' ? label : input.name;
      const name = outsideName(member, input.name, base, taken);
      ports.push({ member, input: input.name, slot, name });
    }
  }
  return ports;
}

function outsideName(
  member: Member,
  inner: string,
  base: string,
  taken: Map<string, number>,
): string {
  const title = member.node['title'];
  const label =
    typeof title === 'string' && title !== '' ? title : (member.nodeClass?.classType ?? 'node');
  let key = base;
  let name = base;
  if (taken.has(base)) {
    key = `${label} ${inner}`;
    const again = taken.get(key);
    name = again === undefined ? key : `${label} ${again} ${inner}`;
  }
  taken.set(key, (taken.get(key) ?? 0) + 1);
  return name;
}

function outsideOutputs(
  members: readonly Member[],
  wires: readonly InnerWire[],
  group: JsonObject,
): readonly { readonly member: Member; readonly slot: number }[] {
  const external = new Set(
    isJsonArray(group['external'])
      ? group['external'].flatMap((entry) =>
          isJsonArray(entry) ? `${toIdText(entry[0]) ?? ''}/${toIdText(entry[1]) ?? ''}` : [],
        )
      : [],
  );
  return members.flatMap((member) => {
    const count = Math.max(
      storedOutputs(member.node).length,
      member.nodeClass?.outputs.length ?? 0,
    );
    return Array.from({ length: count }, (_, slot) => ({ member, slot })).filter(({ slot }) => {
      const visible = configOf(group, member.index, 'output', String(slot))?.['visible'];
      if (typeof visible === 'boolean') return visible;
      const used = wires.some((wire) => wire.source === member.index && wire.sourceSlot === slot);
      return !used || external.has(`${member.index}/${slot}`);
    });
  });
}

function innerNode(member: Member, linked: ReadonlyMap<string, number>): JsonObject {
  const inputs = storedInputs(member.node).map((input) => ({
    ...input.raw,
    link: linked.get(`${member.index}/${input.name}`) ?? null,
  }));
  return { ...member.node, id: member.index, inputs };
}

/** Deals the group node's own values to its inner settings, in inner order. */
function outsideValues(
  instance: JsonObject,
  members: readonly Member[],
  wires: readonly InnerWire[],
  group: JsonObject,
): ReadonlyMap<string, ReadonlyMap<string, JsonValue>> {
  const stored = instance['widgets_values'];
  const overrides = new Map<string, Map<string, JsonValue>>();
  if (!isJsonArray(stored)) return overrides;
  const layout: LayoutEntry[] = [];
  const owners: { readonly index: number; readonly name: string }[] = [];
  for (const member of members) {
    for (const entry of memberLayout(member, wires, group)) {
      layout.push(entry);
      if (entry.kind === 'widget') owners.push({ index: member.index, name: entry.spec.name });
    }
  }
  const { widgets } = mapPositions(GROUP_CLASS, layout, stored);
  widgets.forEach((widget, position) => {
    const owner = owners[position];
    if (owner === undefined || widget.place === undefined) return;
    const key = String(owner.index);
    const values = overrides.get(key) ?? new Map<string, JsonValue>();
    overrides.set(key, values.set(owner.name, widget.value));
  });
  return overrides;
}

/** What an inner node shows of its settings: not those that are wired, turned into sockets or hidden. */
function memberLayout(
  member: Member,
  wires: readonly InnerWire[],
  group: JsonObject,
): readonly LayoutEntry[] {
  if (member.node['type'] === 'PrimitiveNode') return primitiveLayout(member, wires);
  if (member.nodeClass === undefined) return [];
  const sockets = new Set(storedInputs(member.node).flatMap((input) => input.widgetName ?? []));
  const shows = (name: string): boolean =>
    !sockets.has(name) && isShown(group, member.index, 'input', name);
  return widgetLayout(member.nodeClass).filter((entry) => {
    if (entry.kind === 'upload' || entry.kind === 'filter') return true;
    return shows(entry.kind === 'widget' ? entry.spec.name : entry.of);
  });
}

function primitiveLayout(member: Member, wires: readonly InnerWire[]): readonly LayoutEntry[] {
  if (!wires.some((wire) => wire.source === member.index)) return [];
  const type = storedOutputs(member.node)[0]?.type;
  const values = member.node['widgets_values'];
  const hasControl = isJsonArray(values) && values.length > 1;
  return widgetEntries({
    name: 'value',
    type: typeof type === 'string' ? type : '*',
    required: true,
    isWidget: true,
    ...(hasControl ? { hasControl } : {}),
    options: {},
  });
}

function isWired(wires: readonly InnerWire[], target: number, slot: number): boolean {
  return wires.some((wire) => wire.target === target && wire.targetSlot === slot);
}

function isShown(
  group: JsonObject,
  index: number,
  side: 'input' | 'output',
  name: string,
): boolean {
  return configOf(group, index, side, name)?.['visible'] !== false;
}

function configOf(
  group: JsonObject,
  index: number,
  side: 'input' | 'output',
  name: string,
): JsonObject | undefined {
  const config = isJsonObject(group['config']) ? group['config'][String(index)] : undefined;
  const ofSide = isJsonObject(config) ? config[side] : undefined;
  const entry = isJsonObject(ofSide) ? ofSide[name] : undefined;
  return isJsonObject(entry) ? entry : undefined;
}

/** A class without inputs: a group's places are those of its members. */
const GROUP_CLASS: NodeClass = {
  classType: '',
  displayName: '',
  description: '',
  category: '',
  module: '',
  inputs: [],
  outputs: [],
  isOutput: false,
  isDeprecated: false,
  isExperimental: false,
  isApiNode: false,
  raw: {},
};
