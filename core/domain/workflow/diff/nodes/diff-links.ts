import { type DiffEntry } from '../../../../contract/workflow.schema.ts';
import { SUBGRAPH_INPUT_ID } from '../../widgets/promoted-widgets.ts';
import { type LinkSource, type NodeView, type WorkflowView } from '../../view/view.ts';

/** The ends of a link in words: node, title, and the names of the slots. */
export type LinkEnds = Pick<Extract<DiffEntry, { kind: 'link-added' }>, 'from' | 'to'>;

/** Every link that ends at a node, in input order. */
export function linksInto(node: NodeView, view: Pick<WorkflowView, 'node'>): readonly LinkEnds[] {
  return node.inputs.flatMap((input) =>
    input.link === undefined
      ? []
      : [
          {
            from: describeSource(input.link, view),
            to: { nodeId: node.id, nodeTitle: node.title, input: input.name },
          },
        ],
  );
}

/**
 * What makes two links the same, across versions: the nodes (by the id that `nodeKey` gives them) and
 * the names of the slots, never a slot number or a link id.
 */
export function linkKey(ends: LinkEnds, nodeKey: (nodeId: string) => string): string {
  return JSON.stringify([
    nodeKey(ends.from.nodeId),
    ends.from.output,
    nodeKey(ends.to.nodeId),
    ends.to.input,
  ]);
}

function describeSource(source: LinkSource, view: Pick<WorkflowView, 'node'>): LinkEnds['from'] {
  const node = view.node(source.nodeId);
  const isEdge = source.nodeId === SUBGRAPH_INPUT_ID;
  const name = node?.outputs[source.output]?.name ?? '';
  const twins = node?.outputs.filter((output) => output.name === name).length ?? 0;
  return {
    nodeId: source.nodeId,
    nodeTitle: node?.title ?? (isEdge ? 'the subgraph’s inputs' : source.nodeId),
    // Two outputs of one name are told apart by their place, as are outputs without a name.
    output: name === '' || twins > 1 ? `${name}#${String(source.output)}` : name,
  };
}
