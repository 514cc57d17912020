import type { Readiness } from '../contract/readiness.schema.ts';
import { assessReadiness } from '../domain/readiness/assess-readiness.ts';
import type { WorkflowDocument } from '../domain/workflow/document.ts';
import type { ToolContext } from './define-tool.ts';
import { isAboutMissing, lookAgain } from './look-again.ts';

/** What a workflow lacks on the connected ComfyUI; without one, what the catalog alone tells. */
export async function assessOpenWorkflow(
  document: WorkflowDocument,
  context: Pick<ToolContext, 'catalog' | 'freshCatalog' | 'forecastDocument'>,
): Promise<Readiness> {
  const forecast = await context.forecastDocument(document);
  return lookAgain(
    context,
    (catalog) => assessReadiness(document, { catalog, forecast }),
    ({ models, packs, left }) => models.length > 0 || packs.length > 0 || left.some(isAboutMissing),
  );
}
