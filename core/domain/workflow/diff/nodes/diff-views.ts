import { type DiffEntry } from '../../../../contract/workflow.schema.ts';
import { type NodeView, type WorkflowView } from '../../view/view.ts';
import { type LinkEnds, linkKey, linksInto } from './diff-links.ts';
import { diffNode } from './diff-node.ts';
import { matchNodes } from './match-nodes.ts';

/**
 * What differs between the nodes and links of two views, in the order of the new one, removed nodes last.
 * With `isSettled` the views are parts of one file's versions, without the nodes that are the same in both.
 */
export function diffViews(
  before: Shown,
  after: Shown,
  isSettled?: (id: string) => boolean,
): readonly DiffEntry[] {
  const match = matchNodes(before, after, isSettled !== undefined);
  const pairOf = new Map(match.pairs.map((pair) => [pair.after, pair]));
  const newIds = new Map(match.pairs.map((pair) => [pair.before.id, pair.after.id]));
  // A removed node must not be taken for an added one that happens to have its id.
  const oldKey = (id: string): string =>
    newIds.get(id) ??
    (isSettled?.(id) === true || before.node(id) === undefined ? id : `removed ${id}`);
  const oldLinks = collectLinks(before, oldKey);
  const newLinks = collectLinks(after, (id) => id);
  const entries: DiffEntry[] = [];
  for (const node of after.nodes) {
    const pair = pairOf.get(node);
    if (pair === undefined) entries.push({ kind: 'node-added', ...refOf(node) });
    else entries.push(...diffNode(pair));
    const old = (pair && oldLinks.get(pair.before)) ?? NO_LINKS;
    const next = newLinks.get(node) ?? NO_LINKS;
    for (const [key, ends] of old) {
      if (!next.has(key)) entries.push({ kind: 'link-removed', ...ends });
    }
    for (const [key, ends] of next) {
      if (!old.has(key)) entries.push({ kind: 'link-added', ...ends });
    }
  }
  for (const node of match.removed) {
    entries.push({ kind: 'node-removed', ...refOf(node) });
    for (const ends of oldLinks.get(node)?.values() ?? []) {
      entries.push({ kind: 'link-removed', ...ends });
    }
  }
  return entries;
}

type Shown = Pick<WorkflowView, 'nodes' | 'node'>;

type LinksByNode = ReadonlyMap<NodeView, ReadonlyMap<string, LinkEnds>>;

const NO_LINKS: ReadonlyMap<string, LinkEnds> = new Map();

function collectLinks(view: Shown, nodeKey: (id: string) => string): LinksByNode {
  return new Map(
    view.nodes.map((node) => [
      node,
      new Map(linksInto(node, view).map((ends) => [linkKey(ends, nodeKey), ends])),
    ]),
  );
}

function refOf(node: NodeView): { nodeId: string; nodeTitle: string; classType: string } {
  return { nodeId: node.id, nodeTitle: node.title, classType: node.classType };
}
