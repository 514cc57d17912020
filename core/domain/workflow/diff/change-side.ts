import type { ChangeSide } from '../../../contract/change-view.schema.ts';
import type { DiffEntry } from '../../../contract/workflow.schema.ts';
import type { InputSpec } from '../catalog.ts';
import type { NodeView, WidgetView, WorkflowView } from '../view/view.ts';

/** Workflows up to this size are sent whole; of larger ones, what changes and what is next to it. */
const WHOLE = 120;

/** The nodes to draw for a change: all of a small workflow, else those that it touches and their neighbours. */
export function nodesToDraw(
  before: WorkflowView,
  after: WorkflowView,
  entries: readonly DiffEntry[],
): ReadonlySet<string> {
  const all = new Set([...before.nodes, ...after.nodes].map(({ id }) => id));
  if (all.size <= WHOLE) return all;
  const touched = new Set(entries.flatMap(nodesOf));
  const near = [...before.links, ...after.links].flatMap(({ from, to }) =>
    touched.has(from.nodeId) || touched.has(to.nodeId) ? [from.nodeId, to.nodeId] : [],
  );
  return new Set([...touched, ...near]);
}

/** A view as data, only these nodes and what is between them. */
export function toChangeSide(view: WorkflowView, drawn: ReadonlySet<string>): ChangeSide {
  return {
    nodes: view.nodes.filter(({ id }) => drawn.has(id)).map(toNode),
    links: view.links.filter(({ from, to }) => drawn.has(from.nodeId) && drawn.has(to.nodeId)),
    groups: view.groups,
  };
}

/** The data as a view again. */
export function fromChangeSide({ nodes, links, groups }: ChangeSide): WorkflowView {
  const views = nodes.map(({ widgets, inputs, ...node }): NodeView => ({
    ...withoutUndefined(node),
    inputs: inputs.map(withoutUndefined),
    widgets: widgets.map(toWidget),
  }));
  const byId = new Map(views.map((node) => [node.id, node]));
  return {
    nodes: views,
    links,
    groups: groups.map(withoutUndefined),
    node: (id) => byId.get(id),
  };
}

function nodesOf(entry: DiffEntry): readonly string[] {
  if ('nodeId' in entry) return [entry.nodeId.split(':')[0] ?? entry.nodeId];
  return 'to' in entry && entry.kind !== 'document-changed'
    ? [entry.from.nodeId, entry.to.nodeId]
    : [];
}

function toNode(node: NodeView): ChangeSide['nodes'][number] {
  const { id, classType, title, mode, isVirtual, position, size, color } = node;
  return {
    id,
    classType,
    title,
    mode,
    isVirtual,
    ...(position === undefined ? {} : { position }),
    ...(size === undefined ? {} : { size }),
    ...(color === undefined ? {} : { color }),
    widgets: node.widgets.map(({ name, value, isLinked, spec }) => ({
      name,
      value,
      isLinked,
      isMultiline: spec?.multiline === true,
    })),
    inputs: node.inputs.map(({ name, type, link }) =>
      link === undefined ? { name, type } : { name, type, link },
    ),
    outputs: node.outputs,
  };
}

function toWidget({
  isMultiline,
  ...widget
}: ChangeSide['nodes'][number]['widgets'][number]): WidgetView {
  return isMultiline ? { ...widget, spec: multiline(widget.name) } : widget;
}

function multiline(name: string): InputSpec {
  return { name, type: 'STRING', required: false, isWidget: true, multiline: true, options: {} };
}

type Without<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> };

/** Zod says that an absent key may be undefined; a view's keys are there or not. */
function withoutUndefined<T extends object>(value: T): Without<T> {
  return value as Without<T>;
}
