import { jsonEquals } from '../../../../base/json.ts';
import { type DiffEntry } from '../../../../contract/workflow.schema.ts';
import { type NodeView, type WidgetView } from '../../view.ts';
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
  const old = new Map(before.map((widget) => [widget.name, widget]));
  const seen = new Set<string>();
  for (const next of after) {
    seen.add(next.name);
    const previous = old.get(next.name);
    if (previous === undefined) {
      // A new class brings its own settings along; only what both have can have changed.
      if (!isReplaced) {
        entries.push({ kind: 'widget-changed', ...node, widget: next.name, to: next.value });
      }
      continue;
    }
    // Under a link the stored value is not used: the link is the change.
    if (previous.isLinked && next.isLinked) continue;
    if (jsonEquals(previous.value, next.value)) continue;
    entries.push({
      kind: 'widget-changed',
      ...node,
      widget: next.name,
      from: previous.value,
      to: next.value,
    });
  }
  if (!isReplaced) {
    for (const { name, value } of before) {
      if (!seen.has(name)) {
        entries.push({ kind: 'widget-changed', ...node, widget: name, from: value });
      }
    }
  }
  return entries;
}
