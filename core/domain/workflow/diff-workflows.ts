import { type DiffEntry } from '../../contract/workflow.schema.ts';
import { type NodeCatalog } from './catalog.ts';
import { diffControls } from './diff/diff-controls.ts';
import { diffDocument } from './diff/diff-document.ts';
import { diffSubgraphs } from './diff/diff-subgraphs.ts';
import { diffViews } from './diff/diff-views.ts';
import { type WorkflowDocument } from './document.ts';
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
  if (before.root === after.root && before.format === after.format) return [];
  return [
    ...diffViews(viewWorkflow(before, catalog), viewWorkflow(after, catalog)),
    ...(before.format === 'graph' && after.format === 'graph'
      ? [
          ...diffControls(before.root, after.root, catalog),
          ...diffSubgraphs(before.root, after.root, catalog),
          ...diffDocument(before.root, after.root),
        ]
      : []),
  ];
}
