import type { Problem } from '../../../../contract/workflow.schema.ts';
import { about } from './graph-problems.ts';
import type { PayloadNode } from '../payload-facts.ts';

/**
 * Nodes that would do nothing: connected to nothing, or making something that no result takes. Told once for each dead
 * end, with what stands before it. Nodes of unknown classes count as results, because they may be some.
 */
export function reachProblems(nodes: ReadonlyMap<string, PayloadNode>): readonly Problem[] {
  const all = [...nodes.values()];
  const results = all.filter(({ nodeClass }) => nodeClass === undefined || nodeClass.isOutput);
  if (results.length === 0) return [];
  const left = new Set(nodes.keys());
  for (const { id } of results) takeUpstream(id, nodes, left);
  const fed = new Set(all.flatMap(({ links }) => links.map(({ nodeId }) => nodeId)));
  return [...left].flatMap((id): readonly Problem[] => {
    const node = nodes.get(id);
    if (node === undefined || fed.has(id)) return [];
    if (node.links.length === 0) {
      return about(node, {
        type: 'orphan_node',
        severity: 'note',
        message: `${node.title} is connected to nothing, so it takes no part in the run.`,
      });
    }
    const before = takeUpstream(id, nodes, left) - 1;
    const others = before === 1 ? ' and the node before it' : ` and the ${before} nodes before it`;
    return about(node, {
      type: 'unused_result',
      severity: 'note',
      message: `Nothing saves or shows what ${node.title} makes, so ComfyUI skips it${before === 0 ? '' : others}.`,
    });
  });
}

/** Takes a node and what feeds it out of the set, and says how many that were. */
function takeUpstream(
  start: string,
  nodes: ReadonlyMap<string, PayloadNode>,
  left: Set<string>,
): number {
  const open = [start];
  let count = 0;
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (!left.delete(id)) continue;
    count += 1;
    for (const { nodeId } of nodes.get(id)?.links ?? []) open.push(nodeId);
  }
  return count;
}
