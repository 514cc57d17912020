import { type JsonObject } from '../../../../base/json.ts';
import { type NodeCatalog } from '../../catalog.ts';
import { storedNodes, toIdText } from '../../view/graph-format.ts';
import { viewGraph } from '../../view/view-graph.ts';
import { type WorkflowView } from '../../view/view.ts';

/** The nodes of one version that have to be looked at; `view.node` still finds every node. */
export interface Part {
  readonly nodes: ReadonlyMap<string, JsonObject>;
  readonly view: Pick<WorkflowView, 'nodes' | 'node'>;
}

/** A whole graph to be compared; `outer` are the definitions around it. */
export function partOfGraph(
  graph: JsonObject,
  catalog: NodeCatalog,
  outer?: ReadonlyMap<string, JsonObject>,
): Part {
  const nodes = storedNodes(graph).map((node) => [toIdText(node['id']) ?? '', node] as const);
  return { nodes: new Map(nodes), view: viewGraph(graph, catalog, outer) };
}
