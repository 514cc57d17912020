import { type NodeReference } from '../../../expression/expression.ts';
import { type Draft } from '../../draft/draft.ts';
import { type NodeView } from '../../view/view.ts';

/**
 * The nodes that a formula on `beside` can mean: by id, else by title or class among the nodes beside it,
 * else in the root. An exact title wins over one in another case, and that over a class.
 */
export function findReferredNodes(
  draft: Draft,
  beside: string,
  { by, text }: NodeReference,
): readonly NodeView[] {
  if (by === 'id') return viewsOf(draft, [text]);
  const own = draft.nodeIds(beside);
  const near = matches(viewsOf(draft, own), text);
  return near.length > 0 ? near : matches(viewsOf(draft, draft.nodeIds()), text);
}

function viewsOf(draft: Draft, ids: readonly string[]): readonly NodeView[] {
  return ids.flatMap((id) => {
    const found = draft.find(id);
    return found.ok ? [found.value] : [];
  });
}

function matches(nodes: readonly NodeView[], text: string): readonly NodeView[] {
  const lower = text.toLowerCase();
  const ways: readonly ((node: NodeView) => boolean)[] = [
    (node) => node.title === text,
    (node) => node.title.toLowerCase() === lower,
    (node) => node.classType.toLowerCase() === lower,
  ];
  for (const way of ways) {
    const found = nodes.filter(way);
    if (found.length > 0) return found;
  }
  return [];
}
