import { isJsonObject } from '../../../base/json.ts';
import { storedWidgets } from '../widgets/stored-widgets.ts';
import { nodeTitle } from './emit-node.ts';
import type { GraphIndex, GraphNode } from './graph-index.ts';

/**
 * Finds a setting's value as text for tokens like `%KSampler.seed%`: the first node with that "Node name
 * for S&R", else the first with that title. Only the outer graph is looked at, as the page does.
 */
export function createNameLookUp(
  graph: GraphIndex,
): (node: string, setting: string) => string | undefined {
  const find = (name: string): GraphNode | undefined => {
    const nodes = [...graph.nodes.values()];
    return (
      nodes.find(({ json }) => {
        const properties = json['properties'];
        return isJsonObject(properties) && properties['Node name for S&R'] === name;
      }) ?? nodes.find((node) => nodeTitle(node) === name)
    );
  };
  return (name, setting) => {
    const node = find(name);
    if (node === undefined) return undefined;
    const { widgets } = storedWidgets(node.json, node.nodeClass);
    const widget = widgets.find((candidate) => candidate.name === setting);
    if (widget === undefined) return undefined;
    const { value } = widget;
    return typeof value === 'object' ? '' : String(value);
  };
}
