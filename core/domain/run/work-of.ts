import { type JsonObject, isJsonObject } from '../../base/json.ts';
import type { NodeCatalog } from '../workflow/catalog.ts';
import { toLinkSource } from '../workflow/view/view-api.ts';

/** What ComfyUI does of a payload. */
export interface RunWork {
  /** Nodes that give a result, those of unknown classes among them; everything else is made for these. */
  readonly results: readonly string[];
  /** The results and all that feeds them; the rest of a payload is never looked at. */
  readonly payload: JsonObject;
}

/** Leaves out what takes no part in a run, as ComfyUI does; all of it where no node gives a result. */
export function workOf(payload: JsonObject, catalog: NodeCatalog): RunWork {
  const results = Object.keys(payload).filter((nodeId) => {
    const node = payload[nodeId];
    const classType = isJsonObject(node) ? node['class_type'] : undefined;
    return typeof classType === 'string' && catalog.get(classType)?.isOutput !== false;
  });
  if (results.length === 0) return { results, payload };
  const taken = new Set<string>();
  const open = [...results];
  for (let nodeId = open.pop(); nodeId !== undefined; nodeId = open.pop()) {
    if (taken.has(nodeId)) continue;
    taken.add(nodeId);
    const node = payload[nodeId];
    const inputs = isJsonObject(node) && isJsonObject(node['inputs']) ? node['inputs'] : {};
    for (const value of Object.values(inputs)) {
      const source = toLinkSource(value);
      if (source !== undefined && Object.hasOwn(payload, source.nodeId)) open.push(source.nodeId);
    }
  }
  const parts = Object.entries(payload).filter(([nodeId]) => taken.has(nodeId));
  return { results, payload: Object.fromEntries(parts) };
}
