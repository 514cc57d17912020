import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { NodeMode } from '../../../contract/workflow.schema.ts';

/** One link of the save format, read from either of its two shapes; ids as text. */
export interface StoredLink {
  readonly id: string;
  readonly originId: string;
  readonly originSlot: number;
  readonly targetId: string;
  readonly targetSlot: number;
  readonly type: JsonValue;
}

/** One input slot as the page saved it. */
export interface StoredInput {
  readonly name: string;
  readonly type: JsonValue;
  /** Absent when nothing is linked. */
  readonly linkId?: string;
  /** Name of the setting that this slot belongs to, when it belongs to one. */
  readonly widgetName?: string;
  readonly raw: JsonObject;
}

/** One output slot as the page saved it. */
export interface StoredOutput {
  readonly name: string;
  readonly type: JsonValue;
  readonly raw: JsonObject;
}

/** Reads an id as text: texts and whole numbers are ids (0 and negatives too), anything else is not. */
export function toIdText(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value === 'bigint') return value.toString();
  return typeof value === 'number' && Number.isInteger(value) ? String(value) : undefined;
}

/** Reads a slot index, which old files wrote as text. */
export function toSlot(value: JsonValue | undefined): number | undefined {
  const slot = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof slot === 'number' && Number.isInteger(slot) && slot >= 0 ? slot : undefined;
}

/** Reads a type as text; 0, -1 and the empty text are the page's old words for "anything". */
export function toTypeText(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value === '' ? '*' : value;
  if (isJsonArray(value)) {
    return value.every((item) => typeof item === 'string') ? value.join(',') : 'COMBO';
  }
  return '*';
}

/** The objects of an array that may have holes, or nothing when it is no array. */
export function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

/** Every link of one graph by id, in file order; holes and links that miss an end are left out. */
export function storedLinks(graph: JsonObject): ReadonlyMap<string, StoredLink> {
  const links = new Map<string, StoredLink>();
  if (!isJsonArray(graph['links'])) return links;
  for (const entry of graph['links']) {
    const link = readLink(entry);
    if (link !== undefined) links.set(link.id, link);
  }
  return links;
}

/** Reads one link: `[id, origin, slot, target, slot, type]` or the object with the same facts. */
export function readLink(entry: JsonValue): StoredLink | undefined {
  const parts = isJsonArray(entry)
    ? entry
    : isJsonObject(entry)
      ? LINK_KEYS.map((key): JsonValue => entry[key] ?? null)
      : [];
  const id = toIdText(parts[0]);
  const originId = toIdText(parts[1]);
  const targetId = toIdText(parts[3]);
  if (id === undefined || originId === undefined || targetId === undefined) return undefined;
  return {
    id,
    originId,
    originSlot: toSlot(parts[2]) ?? 0,
    targetId,
    targetSlot: toSlot(parts[4]) ?? 0,
    type: parts[5] ?? '*',
  };
}

/** The nodes of one graph that have an id and a type, in file order. */
export function storedNodes(graph: JsonObject): readonly JsonObject[] {
  return objectsIn(graph['nodes']).filter(
    (node) => toIdText(node['id']) !== undefined && typeof node['type'] === 'string',
  );
}

/** The input slots of a node, in slot order. */
export function storedInputs(node: JsonObject): readonly StoredInput[] {
  return objectsIn(node['inputs']).map((raw) => {
    const linkId = toIdText(raw['link']);
    const widget = raw['widget'];
    const widgetName = isJsonObject(widget) ? widget['name'] : undefined;
    return {
      name: textOr(raw['name'], ''),
      type: raw['type'] ?? '*',
      ...(linkId === undefined ? {} : { linkId }),
      ...(typeof widgetName === 'string' ? { widgetName } : {}),
      raw,
    };
  });
}

/** The output slots of a node, in slot order. */
export function storedOutputs(node: JsonObject): readonly StoredOutput[] {
  return objectsIn(node['outputs']).map((raw) => ({
    name: textOr(raw['name'], ''),
    type: raw['type'] ?? '*',
    raw,
  }));
}

/** How a saved node takes part; ComfyUI writes 0, 2 (muted) and 4 (bypassed), anything else runs. */
export function storedMode(node: JsonObject): NodeMode {
  const mode = node['mode'];
  if (mode === 2) return 'muted';
  return mode === 4 ? 'bypassed' : 'active';
}

/** The number the page stores for a mode. */
export function toStoredMode(mode: NodeMode): number {
  if (mode === 'muted') return 2;
  return mode === 'bypassed' ? 4 : 0;
}

/** Reads `[x, y]`, which frontend 1.2.40 wrote as `{"0": x, "1": y}`. */
export function toPair(value: JsonValue | undefined): readonly [number, number] | undefined {
  const x = isJsonArray(value) ? value[0] : isJsonObject(value) ? value['0'] : undefined;
  const y = isJsonArray(value) ? value[1] : isJsonObject(value) ? value['1'] : undefined;
  return isFiniteNumber(x) && isFiniteNumber(y) ? [x, y] : undefined;
}

/** The subgraph definitions that a graph carries, by id. */
export function storedSubgraphs(graph: JsonObject): ReadonlyMap<string, JsonObject> {
  const definitions = graph['definitions'];
  const list = isJsonObject(definitions) ? objectsIn(definitions['subgraphs']) : [];
  const found = new Map<string, JsonObject>();
  for (const definition of list) {
    const id = toIdText(definition['id']);
    if (id !== undefined) found.set(id, definition);
  }
  return found;
}

const LINK_KEYS = ['id', 'origin_id', 'origin_slot', 'target_id', 'target_slot', 'type'] as const;

function textOr(value: JsonValue | undefined, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

function isFiniteNumber(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
