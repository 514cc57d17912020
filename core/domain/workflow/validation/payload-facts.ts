import { type JsonObject, isJsonObject } from '../../../base/json.ts';
import type { NodeCatalog, NodeClass } from '../catalog.ts';
import { toLinkSource } from '../view/view-api.ts';
import type { LinkSource, WorkflowView } from '../view/view.ts';

/** One node of a payload with what every check asks of it. */
export interface PayloadNode {
  readonly id: string;
  readonly title: string;
  readonly classType: string;
  readonly nodeClass: NodeClass | undefined;
  readonly inputs: JsonObject;
  readonly links: readonly (LinkSource & { readonly input: string })[];
}

/** Reads a payload's nodes once for all checks; titles are those that the artist sees. */
export function payloadFacts(
  payload: JsonObject,
  view: WorkflowView,
  catalog: NodeCatalog,
): ReadonlyMap<string, PayloadNode> {
  const nodes = new Map<string, PayloadNode>();
  for (const [id, node] of Object.entries(payload)) {
    if (!isJsonObject(node)) continue;
    const classType = typeof node['class_type'] === 'string' ? node['class_type'] : '';
    const nodeClass = catalog.get(classType);
    const meta = isJsonObject(node['_meta']) ? node['_meta']['title'] : undefined;
    const inputs = isJsonObject(node['inputs']) ? node['inputs'] : {};
    nodes.set(id, {
      id,
      title:
        typeof meta === 'string' && meta !== ''
          ? meta
          : (view.node(id)?.title ?? nodeClass?.displayName ?? classType),
      classType,
      nodeClass,
      inputs,
      links: Object.entries(inputs).flatMap(([input, value]) => {
        const link = toLinkSource(value);
        return link === undefined ? [] : [{ ...link, input }];
      }),
    });
  }
  return nodes;
}
