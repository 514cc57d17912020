import { type JsonValue, jsonEquals } from '../../../core/base/json.ts';
import type { DiffEntry } from '../../../core/contract/workflow.schema.ts';
import { describeValue } from '../../../core/domain/workflow/diff/describe/describe-value.ts';
import { describeDiffEntry } from '../../../core/domain/workflow/describe/describe-diff.ts';
import type { NodeView, WidgetView } from '../../../core/domain/workflow/view/view.ts';
import type { Point } from '../../../core/domain/workflow/layout/canvas.ts';
import {
  type SceneNode,
  type SceneSlot,
  type SceneStatus,
  type SceneWidget,
  inputHandle,
  metrics,
  outputHandle,
} from './scene.ts';

/** A node and, where it was there before, what it was. */
export interface NodeSides {
  readonly node: NodeView;
  readonly before?: NodeView;
}

/** Most characters of what a setting was and would be that stand beside each other on a node of usual width. */
const ONE_LINE = 26;

interface NodeFacts {
  readonly status: SceneStatus;
  readonly place: Point;
  readonly entries: readonly DiffEntry[];
}

/** One node for the canvas, settings that changed carrying both values. */
export function toSceneNode({ node, before }: NodeSides, facts: NodeFacts): SceneNode {
  const { status, place, entries } = facts;
  const widgets = node.widgets.map((widget) => toSceneWidget(widget, before));
  const color = node.color === undefined ? {} : { color: node.color };
  const [x, y] = place;
  const inputs = inputsOf(node, before);
  const outputs = outputsOf(node, before);
  const rows = Math.max(inputs.length, outputs.length);
  return {
    id: node.id,
    title: node.title,
    classType: node.classType,
    status,
    mode: node.mode,
    x,
    y: y - metrics.title,
    width: widthOf(node),
    height: Math.max(heightOf(node), contentHeight(rows, widgets)),
    ...color,
    inputs,
    outputs,
    widgets,
    notes: notesOf(node.id, entries),
  };
}

/** What a node takes on the canvas, its title bar included. */
export function sizeOf(node: NodeView): readonly [width: number, height: number] {
  return [widthOf(node), heightOf(node)];
}

function widthOf({ size }: NodeView): number {
  return Math.max(metrics.minWidth, size?.[0] ?? 220);
}

/** Height of a node with its title bar: what the artist gave it, at least what it has to show. */
function heightOf(node: NodeView): number {
  const rows = Math.max(node.inputs.length, node.outputs.length);
  const widgets = node.widgets.length * metrics.widget;
  const content = metrics.title + rows * metrics.slot + widgets + metrics.padding;
  return Math.max(content, (node.size?.[1] ?? 0) + metrics.title);
}

/** A setting's value on one line. */
export function toValueText(value: JsonValue): string {
  return typeof value === 'string' ? value : describeValue(value);
}

function contentHeight(rows: number, widgets: readonly SceneWidget[]): number {
  const heights = widgets.map((w) => {
    if (w.isStacked) return metrics.stacked;
    return w.before !== undefined && w.isLong ? metrics.changedText : metrics.widget;
  });
  const sum = heights.reduce((total, height) => total + height, 0);
  return metrics.title + rows * metrics.slot + sum + metrics.padding;
}

function toSceneWidget(widget: WidgetView, before: NodeView | undefined): SceneWidget {
  const value = toValueText(widget.value);
  const old = before?.widgets.find((item) => item.name === widget.name);
  const isChanged = old !== undefined && !jsonEquals(old.value, widget.value);
  const previous = isChanged ? { before: toValueText(old.value) } : {};
  const isLong = widget.spec?.multiline === true || value.length > 40 || value.includes('\n');
  const both = previous.before === undefined ? 0 : previous.before.length + value.length;
  const isStacked = !isLong && both > ONE_LINE;
  return { name: widget.name, value, isLong, isStacked, isLinked: widget.isLinked, ...previous };
}

function inputsOf(node: NodeView, before: NodeView | undefined): readonly SceneSlot[] {
  const gone = (before?.inputs ?? []).filter(
    (old) => old.link !== undefined && !node.inputs.some((input) => input.name === old.name),
  );
  return [...node.inputs, ...gone].map((input) => ({
    handle: inputHandle(input.name),
    name: input.name,
    type: input.type,
    isLinked: input.link !== undefined,
  }));
}

function outputsOf(node: NodeView, before: NodeView | undefined): readonly SceneSlot[] {
  const gone = (before?.outputs ?? []).slice(node.outputs.length);
  return [...node.outputs, ...gone].map((output, index) => ({
    handle: outputHandle(index),
    name: output.name,
    type: output.type,
    isLinked: true,
  }));
}

function notesOf(nodeId: string, entries: readonly DiffEntry[]): readonly string[] {
  return entries.flatMap((entry) => {
    // What happens inside a subgraph cannot be drawn on its node, only told.
    if ('nodeId' in entry && entry.nodeId !== nodeId) return [describeDiffEntry(entry)];
    if (entry.kind === 'node-replaced') return [`Was ${entry.from}`];
    if (entry.kind === 'mode-changed') {
      if (entry.to === 'active') return ['Switched back on'];
      return [entry.to === 'muted' ? 'Muted' : 'Bypassed'];
    }
    if (entry.kind === 'title-changed') return [`Was “${entry.from}”`];
    return entry.kind === 'node-moved' ? ['Moved'] : [];
  });
}
