import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import { readLink, storedNodes, toIdText } from '../view/graph-format.ts';
import { isSameJson } from '../patch/same-json.ts';

/**
 * Their graph with other ids for the nodes that they added under an id that we gave to another new node,
 * and for all their new links, so that one id means one thing on both sides.
 */
export function separateGraphIds(
  base: JsonObject,
  ours: JsonObject,
  theirs: JsonObject,
): JsonObject {
  const nodeNames = newNames(nodesById(base), nodesById(ours), nodesById(theirs));
  const known = new Map(linksById(base));
  const top = Math.max(0, ...[base, ours, theirs].flatMap((graph) => linkNumbers(graph)));
  const linkNames = new Map<string, JsonValue>();
  for (const [id, link] of linksById(theirs)) {
    if (!isSameJson(known.get(id), link)) linkNames.set(id, top + linkNames.size + 1);
  }
  if (nodeNames.size === 0 && linkNames.size === 0) return theirs;
  const node = (id: JsonValue): JsonValue => nodeNames.get(toIdText(id) ?? '') ?? id;
  const link = (id: JsonValue): JsonValue => linkNames.get(toIdText(id) ?? '') ?? id;
  return {
    ...theirs,
    ...(isJsonArray(theirs['nodes'])
      ? { nodes: theirs['nodes'].map((each) => renameNode(each, node, link)) }
      : {}),
    ...(isJsonArray(theirs['links'])
      ? { links: theirs['links'].map((each) => renameLink(each, node, link)) }
      : {}),
  };
}

/** The same for the API format, where links are `[node id, slot]` among the inputs. */
export function separateApiIds(base: JsonObject, ours: JsonObject, theirs: JsonObject): JsonObject {
  const names = newNames(entriesOf(base), entriesOf(ours), entriesOf(theirs));
  if (names.size === 0) return theirs;
  const rename = (value: JsonValue): JsonValue => {
    if (!isJsonArray(value) || value.length !== 2) return value;
    const name = names.get(toIdText(value[0]) ?? '');
    return name === undefined ? value : [String(name), value[1] ?? 0];
  };
  return Object.fromEntries(
    Object.entries(theirs).map(([id, node]) => {
      const inputs = isJsonObject(node) ? node['inputs'] : undefined;
      const next =
        isJsonObject(node) && isJsonObject(inputs)
          ? {
              ...node,
              inputs: Object.fromEntries(
                Object.entries(inputs).map(([name, value]) => [name, rename(value)]),
              ),
            }
          : node;
      return [String(names.get(id) ?? id), next];
    }),
  );
}

type Entities = ReadonlyMap<string, JsonValue>;
type Rename = (id: JsonValue) => JsonValue;

/** New ids for what both sides added under one id and is not the same. */
function newNames(base: Entities, ours: Entities, theirs: Entities): ReadonlyMap<string, number> {
  const numbers = [base, ours, theirs].flatMap((side) =>
    [...side.keys()].map(Number).filter(Number.isSafeInteger),
  );
  let next = Math.max(0, ...numbers) + 1;
  const names = new Map<string, number>();
  for (const [id, node] of theirs) {
    const other = ours.get(id);
    if (base.has(id) || other === undefined || isSameJson(other, node)) continue;
    names.set(id, next);
    next += 1;
  }
  return names;
}

function renameNode(value: JsonValue, node: Rename, link: Rename): JsonValue {
  if (!isJsonObject(value)) return value;
  const slots = (
    key: 'inputs' | 'outputs',
    rename: (slot: JsonObject) => JsonObject,
  ): JsonObject => {
    const list = value[key];
    if (!isJsonArray(list)) return {};
    return { [key]: list.map((slot) => (isJsonObject(slot) ? rename(slot) : slot)) };
  };
  return {
    ...value,
    id: node(value['id'] ?? null),
    ...slots('inputs', (slot) =>
      'link' in slot ? { ...slot, link: link(slot['link'] ?? null) } : slot,
    ),
    ...slots('outputs', (slot) => {
      const { links } = slot;
      return isJsonArray(links) ? { ...slot, links: links.map(link) } : slot;
    }),
  };
}

function renameLink(value: JsonValue, node: Rename, link: Rename): JsonValue {
  if (isJsonArray(value)) {
    return value.map((part, index) =>
      index === 0 ? link(part) : index === 1 || index === 3 ? node(part) : part,
    );
  }
  if (!isJsonObject(value)) return value;
  return {
    ...value,
    id: link(value['id'] ?? null),
    origin_id: node(value['origin_id'] ?? null),
    target_id: node(value['target_id'] ?? null),
  };
}

function nodesById(graph: JsonObject): Entities {
  return new Map(storedNodes(graph).map((node) => [toIdText(node['id']) ?? '', node]));
}

function linksById(graph: JsonObject): Entities {
  const links = graph['links'];
  return new Map(
    (isJsonArray(links) ? links : []).flatMap((link) => {
      const id = readLink(link)?.id;
      return id === undefined ? [] : [[id, link] as const];
    }),
  );
}

function linkNumbers(graph: JsonObject): readonly number[] {
  const last = Number(graph['last_link_id'] ?? 0);
  return [...linksById(graph).keys(), last].map(Number).filter(Number.isSafeInteger);
}

function entriesOf(root: JsonObject): Entities {
  return new Map(Object.entries(root));
}
