import type { Readiness } from '../contract/readiness.schema.ts';
import { assessReadiness } from '../domain/readiness/assess-readiness.ts';
import type { WorkflowDocument } from '../domain/workflow/document.ts';
import type { ToolContext } from './define-tool.ts';

/** What a workflow lacks on the connected ComfyUI; without one, what the catalog alone tells. */
export async function assessOpenWorkflow(
  document: WorkflowDocument,
  { catalog, forecastDocument }: Pick<ToolContext, 'catalog' | 'forecastDocument'>,
): Promise<Readiness> {
  return assessReadiness(document, { catalog, forecast: await forecastDocument(document) });
}
