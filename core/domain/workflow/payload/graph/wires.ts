import {
  type JsonObject,
  type JsonValue,
  isJsonArray,
  isJsonObject,
} from '../../../../base/json.ts';
import { objectsIn, toSlot } from '../../view/graph-format.ts';
import { type IdKey, toIdKey } from '../../view/id-key.ts';
import { SUBGRAPH_INPUT_ID, SUBGRAPH_OUTPUT_ID } from '../../widgets/promoted-widgets.ts';

/** One link, with what is needed to follow it to where it starts. */
export interface Wire {
  readonly id: IdKey;
  readonly origin: IdKey;
  readonly originSlot: number;
  readonly target: IdKey;
  readonly targetSlot: number;
}

/** The origin of links that start at a subgraph's own inputs. */
export const FROM_OUTSIDE: IdKey = Number(SUBGRAPH_INPUT_ID);
/** The target of links that end at a subgraph's own outputs. */
export const TO_OUTSIDE: IdKey = Number(SUBGRAPH_OUTPUT_ID);

/** Every link of one graph by id, in file order; holes and links that miss an end are left out. */
export function readWires(
  { links }: JsonObject,
  broadcasts: ReadonlyMap<string, Wire>,
): ReadonlyMap<IdKey, Wire> {
  const wires = new Map<IdKey, Wire>();
  for (const entry of isJsonArray(links) ? links : []) {
    const wire = isJsonArray(entry)
      ? toWire(entry[0], entry[1], entry[2], entry[3], entry[4])
      : isJsonObject(entry)
        ? readObject(entry)
        : undefined;
    if (wire !== undefined) wires.set(wire.id, wire);
  }
  for (const wire of broadcasts.values()) wires.set(wire.id, wire);
  return wires;
}

/** Links of older cg-use-everywhere files, by where they end: they feed inputs that no wire ends at. */
export function readBroadcasts({ extra }: JsonObject): ReadonlyMap<string, Wire> {
  const found = new Map<string, Wire>();
  if (!isJsonObject(extra)) return found;
  objectsIn(extra['ue_links']).forEach((link, index) => {
    const { upstream, upstream_slot: from, downstream, downstream_slot: to } = link;
    const wire = toWire(`broadcast ${index}`, upstream, from, downstream, to);
    if (wire !== undefined) found.set(broadcastKey(wire.target, wire.targetSlot), wire);
  });
  return found;
}

/** Where a broadcast ends: a node and one of its input slots. */
export function broadcastKey(node: IdKey, slot: number): string {
  return `${node}/${slot}`;
}

function readObject(entry: JsonObject): Wire | undefined {
  return toWire(
    entry['id'],
    entry['origin_id'],
    entry['origin_slot'],
    entry['target_id'],
    entry['target_slot'],
  );
}

function toWire(
  storedId: StoredPart,
  storedOrigin: StoredPart,
  originSlot: StoredPart,
  storedTarget: StoredPart,
  targetSlot: StoredPart,
): Wire | undefined {
  const id = toIdKey(storedId);
  const origin = toIdKey(storedOrigin);
  const target = toIdKey(storedTarget);
  if (id === undefined || origin === undefined || target === undefined) return undefined;
  return {
    id,
    origin,
    originSlot: toSlot(originSlot) ?? 0,
    target,
    targetSlot: toSlot(targetSlot) ?? 0,
  };
}

type StoredPart = JsonValue | undefined;
