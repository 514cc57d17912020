import type { Readiness } from '../contract/readiness.schema.ts';
import { readWorkload } from '../domain/machine/read-workload.ts';
import { assessReadiness } from '../domain/readiness/assess-readiness.ts';
import type { WorkflowDocument } from '../domain/workflow/document.ts';
import { viewWorkflow } from '../domain/workflow/view-workflow.ts';
import type { ToolContext } from './define-tool.ts';
import { modelSizes } from './model-sizes.ts';

/** What a workflow lacks on the connected ComfyUI; without one, what the catalog alone tells. */
export async function assessOpenWorkflow(
  document: WorkflowDocument,
  { catalog, comfy }: Pick<ToolContext, 'catalog' | 'comfy'>,
): Promise<Readiness> {
  const stats = await comfy?.systemStats();
  return assessReadiness(document, {
    catalog,
    sizes: await modelSizes([readWorkload(viewWorkflow(document, catalog))], comfy),
    ...(stats?.ok === true ? { stats: stats.value } : {}),
  });
}
