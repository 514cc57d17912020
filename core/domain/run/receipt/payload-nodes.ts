import { type JsonObject, isJsonObject } from '../../../base/json.ts';

/** A node of a payload, as far as a receipt names it. */
export interface ReceiptNode {
  readonly nodeId: string;
  readonly nodeTitle: string;
  readonly classType: string;
  readonly inputs: JsonObject;
}

/** The nodes of a payload by their ids; what has not the shape of one is left out. */
export function readPayloadNodes(payload: JsonObject): ReadonlyMap<string, ReceiptNode> {
  const nodes = new Map<string, ReceiptNode>();
  for (const [nodeId, node] of Object.entries(payload)) {
    if (!isJsonObject(node)) continue;
    const { class_type: type, inputs, _meta: meta } = node;
    const classType = typeof type === 'string' ? type : '';
    const title = isJsonObject(meta) ? meta['title'] : undefined;
    nodes.set(nodeId, {
      nodeId,
      nodeTitle: typeof title === 'string' && title !== '' ? title : classType,
      classType,
      inputs: isJsonObject(inputs) ? inputs : {},
    });
  }
  return nodes;
}

/** The node's title, or its number where nothing names it. */
export function titleOf(nodes: ReadonlyMap<string, ReceiptNode>, nodeId: string): string {
  return nodes.get(nodeId)?.nodeTitle ?? `Node ${nodeId}`;
}
