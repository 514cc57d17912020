import type { GroupView, LinkView, NodeView, WorkflowView } from '../view.ts';

/** Puts a view together from its nodes; `inner` finds nodes inside subgraphs by their path. */
export function toWorkflowView(
  nodes: readonly NodeView[],
  groups: readonly GroupView[],
  inner: (path: string) => NodeView | undefined,
): WorkflowView {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const links: LinkView[] = [];
  for (const node of nodes) {
    for (const input of node.inputs) {
      if (input.link === undefined) continue;
      const origin = byId.get(input.link.nodeId)?.outputs[input.link.output];
      links.push({
        from: input.link,
        to: { nodeId: node.id, input: input.name },
        type: origin?.type ?? input.type,
      });
    }
  }
  return { nodes, links, groups, node: (id) => byId.get(id) ?? inner(id) };
}
