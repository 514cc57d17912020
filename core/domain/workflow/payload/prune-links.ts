import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { PayloadNote } from './payload-note.ts';

/** Takes out links to nodes that are not sent, as the page does last. */
export function pruneLinks(
  nodes: ReadonlyMap<string, JsonObject>,
  report: PayloadNote[],
): ReadonlyMap<string, JsonObject> {
  const pruned = new Map<string, JsonObject>();
  for (const [id, node] of nodes) pruned.set(id, pruneNode(id, node, nodes, report));
  return pruned;
}

function pruneNode(
  id: string,
  node: JsonObject,
  nodes: ReadonlyMap<string, JsonObject>,
  report: PayloadNote[],
): JsonObject {
  const inputs = isJsonObject(node['inputs']) ? node['inputs'] : {};
  const lost = Object.keys(inputs).filter((name) => leadsNowhere(inputs[name], nodes));
  if (lost.length === 0) return node;
  const meta = isJsonObject(node['_meta']) ? node['_meta']['title'] : undefined;
  for (const name of lost) {
    report.push({
      nodeId: id,
      nodeTitle: typeof meta === 'string' ? meta : id,
      kind: 'left-out',
      input: name,
      message: `“${name}” is linked to a node that does not run; it was left out.`,
    });
  }
  const kept = Object.entries(inputs).filter(([name]) => !lost.includes(name));
  return { ...node, inputs: Object.fromEntries(kept) };
}

function leadsNowhere(
  value: JsonValue | undefined,
  nodes: ReadonlyMap<string, JsonObject>,
): boolean {
  return isJsonArray(value) && typeof value[0] === 'string' && !nodes.has(value[0]);
}
