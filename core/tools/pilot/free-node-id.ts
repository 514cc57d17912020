import type { NodeCatalog } from '../../domain/workflow/catalog.ts';
import type { WorkflowDocument } from '../../domain/workflow/document.ts';
import { viewWorkflow } from '../../domain/workflow/view/view-workflow.ts';

/** The next number after every node id in use and after the last one that the page gave out (`last_node_id`). */
export function freeNodeId(document: WorkflowDocument, catalog: NodeCatalog): string {
  const given = document.root['last_node_id'];
  const used = viewWorkflow(document, catalog)
    .nodes.map((node) => Number(node.id))
    .filter(Number.isSafeInteger);
  const last = typeof given === 'number' && Number.isSafeInteger(given) ? given : 0;
  return String(Math.max(0, last, ...used) + 1);
}
