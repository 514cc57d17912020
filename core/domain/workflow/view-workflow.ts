import type { WorkflowDocument } from './document.ts';
import type { NodeCatalog } from './catalog.ts';
import type { WorkflowView } from './view.ts';
import { viewApi } from './reading/view-api.ts';
import { viewGraph } from './reading/view-graph.ts';

/**
 * Shows a workflow as named settings and links. The same document and catalog give the same view object:
 * documents are immutable, so a view is kept as long as its document lives.
 */
export function viewWorkflow(document: WorkflowDocument, catalog: NodeCatalog): WorkflowView {
  const kept = views.get(document.root)?.get(catalog);
  if (kept !== undefined) return kept;
  const view =
    document.format === 'api' ? viewApi(document.root, catalog) : viewGraph(document.root, catalog);
  const ofRoot = views.get(document.root) ?? new WeakMap<NodeCatalog, WorkflowView>();
  ofRoot.set(catalog, view);
  views.set(document.root, ofRoot);
  return view;
}

// The one module-level cache of the domain: keyed by immutable values, so that it can only save time.
const views = new WeakMap<WorkflowDocument['root'], WeakMap<NodeCatalog, WorkflowView>>();
