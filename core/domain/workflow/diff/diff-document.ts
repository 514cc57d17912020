import { type JsonObject, type JsonValue, isJsonObject, jsonEquals } from '../../../base/json.ts';
import { type DiffEntry } from '../../../contract/workflow.schema.ts';

/**
 * What differs beside nodes and links: frames, notes in `extra`, model lists, unknown keys. Counters,
 * versions, the viewport and everything that follows from the nodes is left out.
 */
export function diffDocument(before: JsonObject, after: JsonObject): readonly DiffEntry[] {
  const old = factsOf(before);
  const next = factsOf(after);
  const entries: DiffEntry[] = [];
  for (const key of new Set([...old.keys(), ...next.keys()])) {
    const from = old.get(key);
    const to = next.get(key);
    if (from !== undefined && to !== undefined && jsonEquals(from, to)) continue;
    entries.push({
      kind: 'document-changed',
      key,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    });
  }
  return entries;
}

/** Keys of the save format that are counters, versions, or compared as nodes and links. */
const DERIVED_KEYS = new Set([
  'id',
  'revision',
  'version',
  'state',
  'config',
  'last_node_id',
  'last_link_id',
  'nodes',
  'links',
  'floatingLinks',
  'reroutes',
  'definitions',
  'extra',
]);

/** Keys of `extra` that hold the viewport, the page's version, or how links are drawn. */
const DERIVED_EXTRA = new Set([
  'ds',
  'frontendVersion',
  'workflowRendererVersion',
  'node_versions',
  'linkExtensions',
  'reroutes',
]);

function factsOf(root: JsonObject): ReadonlyMap<string, JsonValue> {
  const facts = new Map<string, JsonValue>();
  for (const [key, value] of Object.entries(root)) {
    if (!DERIVED_KEYS.has(key) && !isEmpty(value)) facts.set(key, value);
  }
  const extra = root['extra'];
  for (const [key, value] of isJsonObject(extra) ? Object.entries(extra) : []) {
    if (!DERIVED_EXTRA.has(key)) facts.set(`extra.${key}`, value);
  }
  return facts;
}

function isEmpty(value: JsonValue): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}
