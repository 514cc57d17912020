import type { Problem } from '../../contract/workflow.schema.ts';
import type { NodeCatalog } from './catalog.ts';
import type { WorkflowDocument } from './document.ts';
import { toExecutionPayload } from './to-execution-payload.ts';
import {
  cycleProblems,
  droppedLinkProblems,
  linkProblems,
  uncheckedChoiceProblems,
  unknownClassProblems,
} from './validation/graph-problems.ts';
import { payloadFacts } from './validation/payload-facts.ts';
import { predictRefusals } from './validation/predict-refusals.ts';
import { viewWorkflow } from './view-workflow.ts';

/**
 * Finds what would go wrong before anything is sent: all that ComfyUI refuses, and what it lets pass but
 * cannot run. Errors first; each message is one sentence for the artist.
 */
export function validateWorkflow(
  document: WorkflowDocument,
  catalog: NodeCatalog,
): readonly Problem[] {
  const converted = toExecutionPayload(document, catalog);
  if (!converted.ok) {
    return converted.error.code === 'workflow/not-convertible' ? converted.error.data.problems : [];
  }
  const { payload, report } = converted.value;
  const nodes = payloadFacts(payload, viewWorkflow(document, catalog), catalog);
  const found = [
    ...unknownClassProblems(nodes, catalog),
    ...cycleProblems(nodes),
    ...linkProblems(nodes),
    ...predictRefusals(payload, nodes, report, catalog),
    ...uncheckedChoiceProblems(nodes),
  ];
  const problems = [...found, ...droppedLinkProblems(nodes, report, found)];
  return problems.sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

const RANK = { error: 0, warning: 1, note: 2 } as const satisfies Record<
  Problem['severity'],
  number
>;
