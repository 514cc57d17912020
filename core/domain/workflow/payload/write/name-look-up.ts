import { isJsonObject } from '../../../../base/json.ts';
import { storedWidgets } from '../../widgets/stored-widgets.ts';
import { type GraphNode, nodeTitle } from '../graph/graph-node.ts';
import type { Scope } from '../graph/scope.ts';

/**
 * Finds a setting's value as text for tokens like `%KSampler.seed%`: the first node with that "Node name
 * for S&R", else the first with that title. As on the page, the inside of a subgraph comes before its use.
 */
export function createNameLookUp(
  root: Scope,
): (name: string, setting: string) => string | undefined {
  let nodes: readonly GraphNode[] | undefined;
  return (name, setting) => {
    nodes ??= nodesIn(root);
    const node =
      nodes.find((each) => searchName(each) === name) ??
      nodes.find((each) => nodeTitle(each) === name);
    if (node === undefined) return undefined;
    const { widgets } = storedWidgets(node.json, node.nodeClass);
    const widget = widgets.find((candidate) => candidate.name === setting);
    if (widget === undefined) return undefined;
    return typeof widget.value === 'object' ? '' : String(widget.value);
  };
}

function nodesIn(scope: Scope): readonly GraphNode[] {
  return [...scope.graph.nodes.values()].flatMap((node) => {
    const inside = scope.subgraphs.has(node.type) ? scope.inside(node) : undefined;
    return typeof inside === 'object' ? [...nodesIn(inside), node] : [node];
  });
}

function searchName({ json }: GraphNode): unknown {
  const { properties } = json;
  return isJsonObject(properties) ? properties['Node name for S&R'] : undefined;
}
