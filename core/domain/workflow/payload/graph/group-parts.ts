import {
  type JsonObject,
  type JsonValue,
  isJsonArray,
  isJsonObject,
} from '../../../../base/json.ts';
import type { NodeCatalog, NodeClass } from '../../catalog.ts';
import { objectsIn, toSlot } from '../../view/graph-format.ts';

/** What a group node's definition holds (`extra.groupNodes`): nodes, links between their indices, config. */
export interface GroupParts {
  readonly members: readonly Member[];
  readonly wires: readonly InnerWire[];
  readonly json: JsonObject;
}

/** One inner node of a group node. */
export interface Member {
  readonly node: JsonObject;
  readonly index: number;
  readonly type: string;
  readonly nodeClass: NodeClass | undefined;
}

/** A link between two inner nodes, by their indices. */
export interface InnerWire {
  readonly source: number;
  readonly sourceSlot: number;
  readonly target: number;
  readonly targetSlot: number;
}

/** Reads the definition of a group node. */
export function readGroupParts(json: JsonObject, catalog: NodeCatalog): GroupParts {
  const members = objectsIn(json['nodes']).map((node, index): Member => {
    const type = typeof node['type'] === 'string' ? node['type'] : '';
    return { node, index, type, nodeClass: catalog.get(type) };
  });
  const { links } = json;
  return { json, members, wires: (isJsonArray(links) ? links : []).flatMap(readWire) };
}

/** What the artist set for one input or output of an inner node, when there is anything. */
export function configOf(
  { json }: GroupParts,
  { index }: Member,
  side: 'input' | 'output',
  name: string | number,
): JsonObject {
  let at: JsonValue | undefined = json['config'];
  for (const key of [index, side, name]) at = isJsonObject(at) ? at[key] : undefined;
  return isJsonObject(at) ? at : {};
}

function readWire(entry: JsonValue): readonly InnerWire[] {
  if (!isJsonArray(entry)) return [];
  const [source, sourceSlot = 0, target, targetSlot = 0] = entry.map(toSlot);
  // A link without a source came from outside the group when it was made.
  if (source === undefined || target === undefined) return [];
  return [{ source, sourceSlot, target, targetSlot }];
}
