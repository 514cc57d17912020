import type { PlanContext } from '../plan.ts';
import type { SessionState } from '../../../contract/session.schema.ts';
import type { NodeCatalog } from '../../workflow/catalog.ts';
import type { WorkflowDocument } from '../../workflow/document.ts';
import type {
  InputView,
  LinkSource,
  LinkView,
  NodeView,
  WidgetView,
} from '../../workflow/view/view.ts';
import { viewWorkflow } from '../../workflow/view/view-workflow.ts';

/** The open workflow as the families of requests look at it. */
export interface Scene {
  readonly document: WorkflowDocument;
  readonly catalog: NodeCatalog;
  readonly session: SessionState;
  /** Real nodes (no notes, reroutes, primitives) in the order in which they run, then as they lie on the canvas. */
  readonly nodes: readonly NodeView[];
  /** Every node, also those that only the page knows. */
  readonly allNodes: readonly NodeView[];
  node(id: string): NodeView | undefined;
  /** What feeds an input, seen through reroutes. */
  sourceOf(
    node: NodeView,
    input: string,
  ): { readonly node: NodeView; readonly output: number } | undefined;
  /** Links that leave an output, reroutes not followed: what has to be moved when something is spliced in. */
  linksFrom(source: LinkSource): readonly LinkView[];
  /** What to call a node: its title, with its id when others share the title. */
  label(node: NodeView): string;
  /** Words that are names here and no slips of the finger. */
  readonly ownWords: ReadonlySet<string>;
}

/** Looks at a document; costs one pass over its nodes and links. */
export function createScene(document: WorkflowDocument, context: PlanContext): Scene {
  const view = viewWorkflow(document, context.catalog);
  const order = inFlowOrder(view.nodes, view.links);
  const nodes = order.filter((node) => !node.isVirtual);
  const outgoing = Map.groupBy(
    view.links,
    (link) => `${link.from.nodeId}/${String(link.from.output)}`,
  );
  const titles = Map.groupBy(view.nodes, (node) => node.title.toLowerCase());
  const sourceOf: Scene['sourceOf'] = (node, input) => {
    let link = node.inputs.find((slot) => slot.name === input)?.link;
    for (let hops = 0; link !== undefined && hops < 50; hops += 1) {
      const from = view.node(link.nodeId);
      if (from === undefined) return undefined;
      if (!isReroute(from)) return { node: from, output: link.output };
      link = from.inputs[0]?.link;
    }
    return undefined;
  };
  return {
    document,
    catalog: context.catalog,
    session: context.session,
    nodes,
    allNodes: order,
    node: (id) => view.node(id),
    sourceOf,
    linksFrom: (source) => outgoing.get(`${source.nodeId}/${String(source.output)}`) ?? [],
    label: (node) =>
      (titles.get(node.title.toLowerCase())?.length ?? 0) > 1
        ? `${node.title} #${node.id}`
        : node.title,
    ownWords: new Set(nodes.flatMap(wordsOfNode)),
  };
}

/** A setting by name. */
export function widgetOf(node: NodeView, name: string): WidgetView | undefined {
  return node.widgets.find((widget) => widget.name === name);
}

/** The first input that takes a type. */
export function inputOfType(node: NodeView, type: string): InputView | undefined {
  return node.inputs.find((input) => input.type === type && input.spec?.isWidget !== true);
}

/** The slot of the first output that gives a type. */
export function outputOfType(node: NodeView, type: string): number | undefined {
  const at = node.outputs.findIndex((output) => output.type === type);
  return at < 0 ? undefined : at;
}

/** True for nodes that take part in a run. */
export function isActive(node: NodeView): boolean {
  return node.mode === 'active';
}

function isReroute(node: NodeView): boolean {
  return node.classType === 'Reroute';
}

function wordsOfNode(node: NodeView): readonly string[] {
  const names = node.widgets
    .map((widget) => widget.value)
    .filter((value) => typeof value === 'string')
    .filter((value) => value.length < 120);
  return [node.title, ...names].flatMap((text) => text.toLowerCase().match(/\p{L}+/gu) ?? []);
}

/** Sources before what they feed; among equals left to right, then top to bottom, then by id. */
function inFlowOrder(nodes: readonly NodeView[], links: readonly LinkView[]): readonly NodeView[] {
  const feeds = Map.groupBy(links, (link) => link.to.nodeId);
  const depths = new Map<string, number>();
  const depthOf = (id: string, trail: ReadonlySet<string>): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    if (trail.has(id)) return 0;
    const deeper = new Set(trail).add(id);
    const depth = (feeds.get(id) ?? []).reduce(
      (most, link) => Math.max(most, depthOf(link.from.nodeId, deeper) + 1),
      0,
    );
    depths.set(id, depth);
    return depth;
  };
  const none = new Set<string>();
  return [...nodes].sort((a, b) => {
    const byDepth = depthOf(a.id, none) - depthOf(b.id, none);
    if (byDepth !== 0) return byDepth;
    const [ax, ay] = a.position ?? [0, 0];
    const [bx, by] = b.position ?? [0, 0];
    return ax - bx || ay - by || a.id.localeCompare(b.id, 'en', { numeric: true });
  });
}
