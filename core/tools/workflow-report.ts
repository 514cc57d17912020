import { z } from 'zod';
import { ProblemSchema, WorkflowFormatSchema } from '../contract/workflow.schema.ts';
import type { NodeCatalog } from '../domain/workflow/catalog.ts';
import { describeWorkflow } from '../domain/workflow/describe/describe-workflow.ts';
import type { WorkflowDocument } from '../domain/workflow/document.ts';
import { validateWorkflow } from '../domain/workflow/validation/validate-workflow.ts';
import { viewWorkflow } from '../domain/workflow/view/view-workflow.ts';

/** What a model and an artist are told about a workflow that was just opened. */
export const WorkflowReportSchema = z.strictObject({
  format: WorkflowFormatSchema.describe('"graph" is what the page saves, "api" what it exports'),
  revision: z.number().int().describe('Workflow revision after opening'),
  nodeCount: z.number().int().describe('How many nodes it has'),
  linkCount: z.number().int().describe('How many links it has'),
  summary: z.array(z.string()).readonly().describe('What the workflow does, in words'),
  problems: z.array(ProblemSchema).readonly().describe('What to look at before it can run'),
});
export type WorkflowReport = Readonly<z.infer<typeof WorkflowReportSchema>>;

/** Looks a workflow over. */
export function toWorkflowReport(
  document: WorkflowDocument,
  revision: number,
  catalog: NodeCatalog,
): WorkflowReport {
  const view = viewWorkflow(document, catalog);
  return {
    format: document.format,
    revision,
    nodeCount: view.nodes.length,
    linkCount: view.links.length,
    summary: describeWorkflow(view),
    problems: validateWorkflow(document, catalog),
  };
}

/** The report in one or two sentences. */
export function describeWorkflowReport({ nodeCount, problems }: WorkflowReport): string {
  const nodes = `Opened: ${nodeCount} ${nodeCount === 1 ? 'node' : 'nodes'}.`;
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.length === 0) return `${nodes} It is ready to run.`;
  const rest = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return `${nodes} To look at first: ${errors[0]?.message ?? ''}${rest}`;
}
