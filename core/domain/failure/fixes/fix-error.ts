import type { AppError } from '../../../contract/errors.ts';
import type { Problem } from '../../../contract/workflow.schema.ts';
import { validateWorkflow } from '../../workflow/validation/validate-workflow.ts';
import type { NodeCatalog } from '../../workflow/catalog.ts';
import type { WorkflowDocument } from '../../workflow/document.ts';
import { findCauses } from '../catalogue.ts';
import { collectFixes, joinFixes, keyOf } from './collect-fixes.ts';
import { proposeFixes } from './propose-fix.ts';
import type { FixProposal } from './fix-scene.ts';

/** What is to be mended, and the machine's memory for the words. */
export interface FixRequest {
  readonly error: AppError;
  readonly document: WorkflowDocument;
  readonly catalog: NodeCatalog;
  /** Memory of the graphics card in GB. */
  readonly capacityGb?: number;
}

/** The best proposal for an error; undefined when nothing in the workflow would settle it. */
export function proposeFixFor(request: FixRequest): FixProposal | undefined {
  const { error, document, catalog } = request;
  switch (error.code) {
    case 'run/out-of-memory':
    case 'run/node-failed':
      return forRun(error.data, request);
    case 'comfy/no-outputs':
      return proposeFixes(['add-output'], { said: '' }, document, catalog)[0];
    case 'comfy/missing-model':
    case 'comfy/prompt-refused':
    case 'comfy/missing-nodes':
    case 'workflow/invalid':
    case 'workflow/not-convertible':
      return forProblems('problems' in error.data ? error.data.problems : [], document, catalog);
    default:
      return undefined;
  }
}

/** One change set for everything that can be settled at once, of what was reported and what is still there. */
export function forProblems(
  reported: readonly Problem[],
  document: WorkflowDocument,
  catalog: NodeCatalog,
): FixProposal | undefined {
  const all = validateWorkflow(document, catalog);
  const found = all.filter(({ severity }) => severity === 'error');
  const keys = new Set(found.map(keyOf));
  const errors = [...found, ...reported.filter((problem) => !keys.has(keyOf(problem)))];
  // What only spoils the result is mended when nothing stands in the way of one.
  const problems = errors.length > 0 ? errors : all.filter((each) => each.severity === 'warning');
  return joinFixes(collectFixes(problems, document, catalog));
}

function forRun(
  data: {
    readonly nodeId?: string | undefined;
    readonly cause?: string | undefined;
    readonly raw?: string | undefined;
    readonly message?: string;
    readonly detail?: string;
  },
  { document, catalog, capacityGb }: FixRequest,
): FixProposal | undefined {
  const said = data.raw ?? data.message ?? data.detail ?? '';
  const place = {
    said,
    ...(data.nodeId === undefined ? {} : { nodeId: data.nodeId }),
    ...(capacityGb === undefined ? {} : { capacityGb }),
  };
  const kinds = findCauses(said).flatMap(({ fix }) => fix ?? []);
  return proposeFixes(kinds, place, document, catalog)[0];
}
