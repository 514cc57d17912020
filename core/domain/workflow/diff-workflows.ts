import { type JsonObject } from '../../base/json.ts';
import { type DiffEntry } from '../../contract/workflow.schema.ts';
import { type NodeCatalog } from './catalog.ts';
import { diffControls } from './diff/diff-controls.ts';
import { diffDocument } from './diff/diff-document.ts';
import { diffSubgraphs } from './diff/diff-subgraphs.ts';
import { diffViews } from './diff/views/diff-views.ts';
import { isSameValue } from './diff/same-value.ts';
import { unsettledNodes } from './diff/settled-nodes.ts';
import { type WorkflowDocument } from './document.ts';
import { viewGraph } from './reading/view-graph.ts';
import { type GraphState, graphOf, stateOf } from './store/graph-state.ts';
import { viewWorkflow } from './view-workflow.ts';

/**
 * What differs between any two workflows, in the order of the nodes in the new file, removed nodes last.
 * Order, sizes, the viewport, link numbers and derived keys do not count. Linear in the size of both.
 */
export function diffWorkflows(
  before: WorkflowDocument,
  after: WorkflowDocument,
  catalog: NodeCatalog,
): readonly DiffEntry[] {
  if (before.format === 'graph' && after.format === 'graph') {
    return diffGraphs(stateOf(before), stateOf(after), catalog);
  }
  if (before.root === after.root && before.format === after.format) return [];
  return diffViews(viewWorkflow(before, catalog), viewWorkflow(after, catalog));
}

function diffGraphs(
  before: GraphState,
  after: GraphState,
  catalog: NodeCatalog,
): readonly DiffEntry[] {
  if (before === after) return [];
  const rest = unsettledNodes(before, after, catalog);
  const hasSameInside = isSameValue(before.shell['definitions'], after.shell['definitions']);
  return [
    ...(rest === undefined
      ? diffWhole(graphOf(before), graphOf(after), catalog)
      : [
          ...diffViews(rest.before.view, rest.after.view, rest.isSettled),
          ...diffControls({ nodes: rest.before.nodes }, { nodes: rest.after.nodes }, catalog),
        ]),
    ...(hasSameInside ? [] : diffSubgraphs(graphOf(before), graphOf(after), catalog)),
    ...(before.shell === after.shell ? [] : diffDocument(before.shell, after.shell)),
  ];
}

function diffWhole(
  before: JsonObject,
  after: JsonObject,
  catalog: NodeCatalog,
): readonly DiffEntry[] {
  return [
    ...diffViews(viewGraph(before, catalog), viewGraph(after, catalog)),
    ...diffControls(before, after, catalog),
  ];
}
