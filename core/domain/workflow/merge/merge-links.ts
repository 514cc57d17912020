import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import {
  type StoredLink,
  readLink,
  storedInputs,
  storedNodes,
  toIdText,
} from '../view/graph-format.ts';
import { isSameJson } from '../patch/same-json.ts';

/** The links of a merged graph, ready to be written into its nodes. */
export interface MergedLinks {
  /** As they stand in the file. */
  readonly raw: readonly JsonValue[];
  /** Link id by target node and slot. */
  readonly into: ReadonlyMap<string, JsonValue>;
  /** Link ids by origin node and slot. */
  readonly outOf: ReadonlyMap<string, readonly JsonValue[]>;
}

interface EndedLink {
  readonly raw: JsonValue;
  readonly link: StoredLink;
  /** The target's input by name, which holds where slots moved. */
  readonly input: string;
}

/** What feeds each input, merged three ways; a link whose node is not there is left out. */
export function mergeLinks(
  base: JsonObject,
  ours: JsonObject,
  theirs: JsonObject,
  nodes: ReadonlyMap<string, JsonObject>,
): MergedLinks {
  const [old, mine, other] = [base, ours, theirs].map(linksByInput);
  const chosen: EndedLink[] = [];
  for (const key of new Set([...(mine?.keys() ?? []), ...(other?.keys() ?? [])])) {
    const sides = [old?.get(key), mine?.get(key), other?.get(key)] as const;
    const [was, here, there] = sides.map((each) => sourceOf(each));
    const link = here === was ? sides[2] : sides[1];
    // Where nothing or the same was done, our own record of the link stays.
    const kept = here === there ? sides[1] : link;
    if (kept !== undefined) chosen.push(kept);
  }
  const raw: JsonValue[] = [];
  const into = new Map<string, JsonValue>();
  const outOf = new Map<string, JsonValue[]>();
  for (const { raw: stored, link, input } of chosen) {
    const target = nodes.get(link.targetId);
    if (target === undefined || !nodes.has(link.originId)) continue;
    const slot = storedInputs(target).findIndex((each) => each.name === input);
    if (slot < 0) continue;
    const id = idOf(stored);
    raw.push(slot === link.targetSlot ? stored : withTargetSlot(stored, slot));
    into.set(`${link.targetId} ${String(slot)}`, id);
    const origin = `${link.originId} ${String(link.originSlot)}`;
    outOf.set(origin, [...(outOf.get(origin) ?? []), id]);
  }
  return { raw: raw.toSorted(byId), into, outOf };
}

/** The node with the ids of its links in its slots; the same object where they are there already. */
export function withLinks(node: JsonObject, { into, outOf }: MergedLinks): JsonObject {
  const id = toIdText(node['id']) ?? '';
  const { inputs, outputs } = node;
  const next: JsonObject = {
    ...node,
    ...(isJsonArray(inputs)
      ? {
          inputs: inputs.map((slot, index) => {
            const link = into.get(`${id} ${String(index)}`) ?? null;
            if (!isJsonObject(slot) || isSameJson(slot['link'] ?? null, link)) return slot;
            return { ...slot, link };
          }),
        }
      : {}),
    ...(isJsonArray(outputs)
      ? {
          outputs: outputs.map((slot, index) => {
            const links = outOf.get(`${id} ${String(index)}`) ?? [];
            if (!isJsonObject(slot) || isSameSet(slot['links'], links)) return slot;
            return { ...slot, links };
          }),
        }
      : {}),
  };
  return isSameJson(node, next) ? node : next;
}

function linksByInput(graph: JsonObject): ReadonlyMap<string, EndedLink> {
  const nodes = new Map(storedNodes(graph).map((node) => [toIdText(node['id']) ?? '', node]));
  const links = graph['links'];
  const byInput = new Map<string, EndedLink>();
  for (const raw of isJsonArray(links) ? links : []) {
    const link = readLink(raw);
    const target = link === undefined ? undefined : nodes.get(link.targetId);
    const input = target && link && storedInputs(target)[link.targetSlot]?.name;
    if (link === undefined || input === undefined) continue;
    byInput.set(JSON.stringify([link.targetId, input]), { raw, link, input });
  }
  return byInput;
}

function sourceOf(ended: EndedLink | undefined): string | undefined {
  return ended && JSON.stringify([ended.link.originId, ended.link.originSlot]);
}

function idOf(raw: JsonValue): JsonValue {
  return (isJsonArray(raw) ? raw[0] : isJsonObject(raw) ? raw['id'] : undefined) ?? null;
}

function withTargetSlot(raw: JsonValue, slot: number): JsonValue {
  if (isJsonArray(raw)) return raw.with(4, slot);
  return isJsonObject(raw) ? { ...raw, target_slot: slot } : raw;
}

function byId(a: JsonValue, b: JsonValue): number {
  return Number(idOf(a)) - Number(idOf(b));
}

/** The page writes `null` for none, and the order of the ids says nothing. */
function isSameSet(value: JsonValue | undefined, links: readonly JsonValue[]): boolean {
  const stored = isJsonArray(value) ? value : [];
  return (
    stored.length === links.length &&
    stored.every((id) => links.some((each) => isSameJson(each, id)))
  );
}
