import { type NodeView, type WorkflowView } from '../../view/view.ts';

/** One node in both versions; the classes differ when it was replaced. */
export interface NodePair {
  readonly before: NodeView;
  readonly after: NodeView;
}

/** Which node of one workflow is which of the other. */
export interface NodeMatch {
  readonly pairs: readonly NodePair[];
  readonly added: readonly NodeView[];
  readonly removed: readonly NodeView[];
}

/**
 * Pairs nodes by id and class. What is left over is "replaced" between two versions of one file (most
 * shared ids have the same class, or the caller knows it: `isOneFile`), and is sought by class and title
 * between files of different origin.
 */
export function matchNodes(
  before: Pick<WorkflowView, 'nodes'>,
  after: Pick<WorkflowView, 'nodes'>,
  isOneFile = false,
): NodeMatch {
  const pairs: NodePair[] = [];
  const byId = new Map(after.nodes.map((node) => [node.id, node]));
  const leftBefore: NodeView[] = [];
  const paired = new Set<NodeView>();
  const pair = (old: NodeView, next: NodeView): void => {
    pairs.push({ before: old, after: next });
    paired.add(next);
  };
  for (const old of before.nodes) {
    const next = byId.get(old.id);
    if (next?.classType === old.classType && !paired.has(next)) pair(old, next);
    else leftBefore.push(old);
  }
  const isSameLineage =
    isOneFile || pairs.length * 2 >= Math.min(before.nodes.length, after.nodes.length);
  const removed: NodeView[] = [];
  const candidates = isSameLineage
    ? undefined
    : Map.groupBy(
        after.nodes.filter((node) => !paired.has(node)),
        kindOf,
      );
  for (const old of leftBefore) {
    const next = candidates === undefined ? byId.get(old.id) : candidates.get(kindOf(old))?.shift();
    if (next === undefined || paired.has(next)) removed.push(old);
    else pair(old, next);
  }
  return { pairs, removed, added: after.nodes.filter((node) => !paired.has(node)) };
}

function kindOf(node: NodeView): string {
  return `${node.classType}\n${node.title}`;
}
