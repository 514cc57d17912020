import type { Problem } from '../../../contract/workflow.schema.ts';
import type { NodeCatalog } from '../catalog.ts';
import { about } from './graph/graph-problems.ts';
import type { PayloadNode } from './payload-facts.ts';
import { findSuccessor } from './graph/successors.ts';

/** Nodes that ComfyUI keeps only for old workflows, and what took their place. */
export function deprecatedProblems(
  nodes: ReadonlyMap<string, PayloadNode>,
  catalog: NodeCatalog,
): readonly Problem[] {
  return [...nodes.values()].flatMap((node): readonly Problem[] => {
    if (node.nodeClass?.isDeprecated !== true) return [];
    const successor = findSuccessor(node.classType, node.nodeClass)?.classType;
    const next = successor === undefined ? undefined : catalog.get(successor);
    const instead = next === undefined ? '' : ` “${next.displayName}” took its place.`;
    return about(node, {
      type: 'deprecated_node',
      severity: 'note',
      message: `${node.title} is a kind of node that ComfyUI keeps only for old workflows.${instead}`,
      ...(next === undefined ? {} : { suggestions: [next.classType] }),
    });
  });
}
