import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { PayloadNote } from './payload-note.ts';

/** Takes out links to nodes that are not sent, as the page does last; most payloads have none. */
export function pruneLinks(payload: Record<string, JsonObject>, report: PayloadNote[]): void {
  for (const id of Object.keys(payload)) {
    const node = payload[id];
    if (node === undefined || !isJsonObject(node['inputs'])) continue;
    const lost = lostInputs(node['inputs'], payload);
    if (lost.length > 0) payload[id] = pruneNode(id, node, node['inputs'], lost, report);
  }
}

function lostInputs(inputs: JsonObject, payload: JsonObject): readonly string[] {
  let lost: string[] | undefined;
  for (const name in inputs) {
    const value: JsonValue | undefined = inputs[name];
    if (!isJsonArray(value) || typeof value[0] !== 'string') continue;
    if (!Object.hasOwn(payload, value[0])) (lost ??= []).push(name);
  }
  return lost ?? NONE;
}

const NONE: readonly string[] = [];

function pruneNode(
  id: string,
  node: JsonObject,
  inputs: JsonObject,
  lost: readonly string[],
  report: PayloadNote[],
): JsonObject {
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
