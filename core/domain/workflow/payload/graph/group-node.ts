import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import type { NodeCatalog } from '../../catalog.ts';
import { storedInputs } from '../../view/graph-format.ts';
import { SUBGRAPH_INPUT_ID, SUBGRAPH_OUTPUT_ID } from '../../widgets/promoted-widgets.ts';
import { type Member, readGroupParts } from './group-parts.ts';
import { outsideInputs, outsideOutputs } from './group-ports.ts';
import { groupValues } from './group-values.ts';

/** The definition of a group node, read as if it were one of a subgraph. */
export interface GroupNode {
  readonly definition: JsonObject;
  /** The values that an instance sets on inner nodes: node id → setting → value. */
  valuesOf(instance: JsonObject): ReadonlyMap<string, ReadonlyMap<string, JsonValue>>;
}

/**
 * Reads one of the page's old group nodes. Inner nodes are numbered from 0; inputs, outputs and settings
 * appear on the outside in inner order.
 */
export function readGroupNode(group: JsonObject, catalog: NodeCatalog): GroupNode {
  const parts = readGroupParts(group, catalog);
  const inputs = outsideInputs(parts);
  const ends = [
    ...parts.wires.map((wire): End => [wire.source, wire.sourceSlot, wire.target, wire.targetSlot]),
    ...inputs.map(({ member, slot }, at): End => [SUBGRAPH_INPUT_ID, at, member.index, slot]),
    ...outsideOutputs(parts).map(({ member, slot }, at): End => [
      member.index,
      slot,
      SUBGRAPH_OUTPUT_ID,
      at,
    ]),
  ];
  const definition = {
    nodes: parts.members.map((member) => innerNode(member, ends)),
    links: ends.map((end, id): JsonValue => [id, ...end]),
    inputs: inputs.map(({ name }) => ({ name })),
  };
  return { definition, valuesOf: (instance) => groupValues(instance, parts) };
}

/** A link's two ends, each a node and a slot. */
type End = readonly [from: number | string, fromSlot: number, to: number | string, toSlot: number];

function innerNode({ node, index }: Member, ends: readonly End[]): JsonObject {
  const inputs = storedInputs(node).map(({ raw }, slot) => {
    const link = ends.findIndex(([, , to, toSlot]) => to === index && toSlot === slot);
    return { ...raw, link: link === -1 ? null : link };
  });
  return { ...node, id: index, inputs };
}
