import type { JsonObject } from '../../../base/json.ts';
import type { WorkflowDocument } from '../document.ts';
import type { NodeCatalog } from '../catalog.ts';
import type { NodeView, WorkflowView } from './view.ts';
import { viewApi } from './view-api.ts';
import { viewGraph } from './view-graph.ts';
import { toIdText } from './graph-format.ts';
import { type GraphState, stateOf } from '../store/graph-state.ts';

/**
 * Shows a workflow as named settings and links. The same document and catalog give the same view object:
 * documents are immutable, so a view is kept as long as its document lives.
 */
export function viewWorkflow(document: WorkflowDocument, catalog: NodeCatalog): WorkflowView {
  if (document.format === 'api') {
    return keptFor(views, document.root, catalog, () => viewApi(document.root, catalog));
  }
  const state = stateOf(document);
  return keptFor(views, state, catalog, () => {
    const latest = keptFor(latestViews, state.shell, catalog, () => ({ current: undefined }));
    const { root } = document;
    const view = viewGraph(
      root,
      catalog,
      new Map(),
      latest.current && knownViews(latest.current, state),
    );
    latest.current = { state, view };
    return view;
  });
}

/** The view that was made last among the versions of a graph that share its links and definitions. */
interface LatestView {
  readonly state: GraphState;
  readonly view: WorkflowView;
}

type Kept<T> = WeakMap<object, WeakMap<NodeCatalog, T>>;

// Keyed by immutable values, so that they can only save time.
const views: Kept<WorkflowView> = new WeakMap();
const latestViews: Kept<{ current: LatestView | undefined }> = new WeakMap();

function keptFor<T>(kept: Kept<T>, of: object, catalog: NodeCatalog, make: () => T): T {
  const byCatalog = kept.get(of) ?? new WeakMap<NodeCatalog, T>();
  kept.set(of, byCatalog);
  const known = byCatalog.get(catalog) ?? make();
  byCatalog.set(catalog, known);
  return known;
}

/** Views of the nodes that two versions share, found by their ids. */
function knownViews(
  latest: LatestView,
  state: GraphState,
): ((node: JsonObject) => NodeView | undefined) | undefined {
  if (latest.state.index !== state.index || !state.index.isUnique) return undefined;
  const changed = new Set(
    latest.state.nodes.changesTo(state.nodes).map((at) => state.nodes.get(at)),
  );
  return (node) => (changed.has(node) ? undefined : latest.view.node(toIdText(node['id']) ?? ''));
}
