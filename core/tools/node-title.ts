import { viewWorkflow } from '../domain/workflow/view/view-workflow.ts';
import type { ToolContext } from './define-tool.ts';

/** What the artist calls a node: its title; for a node that is not there, its id as it was given. */
export function nodeTitleOf(
  { document, catalog }: Pick<ToolContext, 'document' | 'catalog'>,
  nodeId: string,
): string {
  if (document === null) return `node ${nodeId}`;
  return viewWorkflow(document, catalog).node(nodeId)?.title ?? `node ${nodeId}`;
}
