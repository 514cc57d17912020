import { type DiffEntry } from '../../../contract/workflow.schema.ts';
import { type NodeCatalog } from '../catalog.ts';
import { diffDocument } from './diff-document.ts';
import { diffParts } from './nodes/diff-parts.ts';
import { partOfGraph } from './nodes/part.ts';
import { diffSubgraphs } from './diff-subgraphs.ts';
import { isSameValue } from './same-value.ts';
import { unsettledNodes } from './settled-nodes.ts';
import { diffViews } from './nodes/diff-views.ts';
import { type WorkflowDocument } from '../document.ts';
import { type GraphState, graphOf, stateOf } from '../store/graph-state.ts';
import { viewWorkflow } from '../view/view-workflow.ts';

/**
 * What differs between any two workflows, in the order of the nodes in the new file, removed nodes last.
 * Order, sizes, the viewport, link numbers and derived keys do not count. Linear in the size of both.
 */
export function diffWorkflows(
  before: WorkflowDocument,
  after: WorkflowDocument,
  catalog: NodeCatalog,
): readonly DiffEntry[] {
  return before.format === 'graph' && after.format === 'graph'
    ? diffGraphs(stateOf(before), stateOf(after), catalog)
    : diffViews(viewWorkflow(before, catalog), viewWorkflow(after, catalog));
}

function diffGraphs(
  before: GraphState,
  after: GraphState,
  catalog: NodeCatalog,
): readonly DiffEntry[] {
  const rest = unsettledNodes(before, after, catalog);
  const hasSameInside = isSameValue(before.shell['definitions'], after.shell['definitions']);
  return [
    ...(rest === undefined
      ? diffParts(partOfGraph(graphOf(before), catalog), partOfGraph(graphOf(after), catalog))
      : diffParts(rest.before, rest.after, rest.isSettled)),
    ...(hasSameInside ? [] : diffSubgraphs(graphOf(before), graphOf(after), catalog)),
    ...diffDocument(before.shell, after.shell),
  ];
}
