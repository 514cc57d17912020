import type { GroupView, LinkView, NodeView, WorkflowView } from './view.ts';

/** Puts a view together from its nodes; `inner` finds nodes inside subgraphs by their path. */
export function toWorkflowView(
  nodes: readonly NodeView[],
  groups: readonly GroupView[],
  inner: (path: string) => NodeView | undefined,
): WorkflowView {
  let byId: ReadonlyMap<string, NodeView> | undefined;
  const find = (id: string): NodeView | undefined =>
    (byId ??= new Map(nodes.map((node) => [node.id, node]))).get(id);
  let links: readonly LinkView[] | undefined;
  return {
    nodes,
    get links() {
      return (links ??= linksOf(nodes, find));
    },
    groups,
    node: (id) => find(id) ?? inner(id),
  };
}

function linksOf(
  nodes: readonly NodeView[],
  find: (id: string) => NodeView | undefined,
): readonly LinkView[] {
  const links: LinkView[] = [];
  for (const node of nodes) {
    for (const input of node.inputs) {
      if (input.link === undefined) continue;
      const origin = find(input.link.nodeId)?.outputs[input.link.output];
      links.push({
        from: input.link,
        to: { nodeId: node.id, input: input.name },
        type: origin?.type ?? input.type,
      });
    }
  }
  return links;
}
