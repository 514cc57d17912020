import { jsonEquals } from '../../../../base/json.ts';
import { type DiffEntry } from '../../../../contract/workflow.schema.ts';
import { type NodeView, type WidgetView } from '../../view/view.ts';
import { type NodePair } from './match-nodes.ts';

/** What differs on one node, apart from its links: class, title, mode, settings by name, place. */
export function diffNode({ before, after }: NodePair): readonly DiffEntry[] {
  const entries: DiffEntry[] = [];
  const node = { nodeId: after.id, nodeTitle: after.title };
  const isReplaced = before.classType !== after.classType;
  if (isReplaced) {
    entries.push({
      kind: 'node-replaced',
      ...node,
      from: classLabel(before),
      to: classLabel(after),
    });
  } else if (before.title !== after.title) {
    entries.push({
      kind: 'title-changed',
      nodeId: after.id,
      from: before.title,
      to: after.title,
    });
  }
  if (before.mode !== after.mode) {
    entries.push({ kind: 'mode-changed', ...node, from: before.mode, to: after.mode });
  }
  entries.push(...diffWidgets(before.widgets, after.widgets, node, isReplaced));
  const { position: from } = before;
  const { position: to } = after;
  if (from !== undefined && to !== undefined && (from[0] !== to[0] || from[1] !== to[1])) {
    entries.push({ kind: 'node-moved', ...node, from, to });
  }
  return entries;
}

function classLabel(node: NodeView): string {
  return node.nodeClass?.displayName ?? node.classType;
}

function diffWidgets(
  before: readonly WidgetView[],
  after: readonly WidgetView[],
  node: { readonly nodeId: string; readonly nodeTitle: string },
  isReplaced: boolean,
): readonly DiffEntry[] {
  const entries: DiffEntry[] = [];
  const old = Map.groupBy(before, ({ name }) => name);
  const next = Map.groupBy(after, ({ name }) => name);
  for (const widget of new Set([...next.keys(), ...old.keys()])) {
    const was = old.get(widget) ?? [];
    const is = next.get(widget) ?? [];
    // A subgraph may show two settings of one name: the first is not the second.
    for (let nth = 0; nth < Math.max(was.length, is.length); nth += 1) {
      const [from, to] = [was[nth], is[nth]];
      if (!isOtherSetting(from, to, isReplaced)) continue;
      entries.push({
        kind: 'widget-changed',
        ...node,
        widget,
        ...(from && { from: from.value }),
        ...(to && { to: to.value }),
      });
    }
  }
  return entries;
}

function isOtherSetting(
  before: WidgetView | undefined,
  after: WidgetView | undefined,
  isReplaced: boolean,
): boolean {
  // A new class brings its own settings along; only what both have can have changed.
  if (before === undefined || after === undefined) return !isReplaced;
  // Under a link the stored value is not used: the link is the change.
  if (before.isLinked && after.isLinked) return false;
  return !jsonEquals(before.value, after.value);
}
