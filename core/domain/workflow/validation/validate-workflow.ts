import type { Problem } from '../../../contract/workflow.schema.ts';
import type { NodeCatalog } from '../catalog.ts';
import type { WorkflowDocument } from '../document.ts';
import { toExecutionPayload } from '../payload/to-execution-payload.ts';
import {
  cycleProblems,
  droppedLinkProblems,
  linkProblems,
  unknownClassProblems,
  unknownInputProblems,
} from './graph/graph-problems.ts';
import { uncheckedChoiceProblems } from './choices/choice-checks.ts';
import { deprecatedProblems } from './deprecated-problems.ts';
import { familyProblems } from './families/family-problems.ts';
import { followModels } from './families/model-flow.ts';
import { payloadFacts } from './payload-facts.ts';
import { predictRefusals } from './predict-refusals.ts';
import { reachProblems } from './graph/reach-problems.ts';
import { sizeProblems } from './families/size-problems.ts';
import { viewWorkflow } from '../view/view-workflow.ts';

/**
 * Finds what would go wrong before anything is sent: all that ComfyUI refuses, what it lets pass but cannot run, and
 * what would run to no good: models that do not go together, sizes, nodes that do nothing. Errors first; each message is one sentence for the artist.
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
    ...unknownInputProblems(nodes),
  ];
  const models = followModels(nodes);
  const problems = [
    ...found,
    ...familyProblems(nodes, models),
    ...sizeProblems(nodes, models),
    ...deprecatedProblems(nodes, catalog),
    ...reachProblems(nodes),
    ...droppedLinkProblems(nodes, report, found),
  ];
  return problems.sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

const RANK = { error: 0, warning: 1, note: 2 } as const satisfies Record<
  Problem['severity'],
  number
>;
