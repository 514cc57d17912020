import { type JsonObject, isJsonObject } from '../../../base/json.ts';
import type { NodeCatalog } from '../catalog.ts';
import { storedWidgets } from '../widgets/stored-widgets.ts';
import { nodeTitle } from './emit-node.ts';
import { type Scope, typeOf } from './scope.ts';

/**
 * Finds a setting's value as text for tokens like `%KSampler.seed%`: the first node with that "Node name
 * for S&R", else the first with that title. Only the outer graph is looked at, as the page does.
 */
export function createNameLookUp(
  root: Scope,
  catalog: NodeCatalog,
): (node: string, setting: string) => string | undefined {
  const find = (name: string): JsonObject | undefined => {
    const nodes = [...root.nodes.values()];
    return (
      nodes.find((node) => {
        const properties = node['properties'];
        return isJsonObject(properties) && properties['Node name for S&R'] === name;
      }) ?? nodes.find((node) => nodeTitle(node, catalog.get(typeOf(node))) === name)
    );
  };
  return (name, setting) => {
    const node = find(name);
    if (node === undefined) return undefined;
    const { widgets } = storedWidgets(node, catalog.get(typeOf(node)));
    const widget = widgets.find((candidate) => candidate.name === setting);
    if (widget === undefined) return undefined;
    const { value } = widget;
    return typeof value === 'object' ? '' : String(value);
  };
}
