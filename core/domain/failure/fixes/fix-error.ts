import type { AppError } from '../../../contract/errors.ts';
import { stringifyExactJson } from '../../../base/exact-json.ts';
import { JsonValueSchema } from '../../../contract/json.schema.ts';
import type { Op, Problem } from '../../../contract/workflow.schema.ts';
import { validateWorkflow } from '../../workflow/validate-workflow.ts';
import type { NodeCatalog } from '../../workflow/catalog.ts';
import type { WorkflowDocument } from '../../workflow/document.ts';
import { findCauses } from '../catalogue.ts';
import { isUsable, proposeFixes } from './propose-fix.ts';
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
  const found = validateWorkflow(document, catalog).filter(({ severity }) => severity === 'error');
  const keys = new Set(found.map(keyOf));
  const problems = [...found, ...reported.filter((problem) => !keys.has(keyOf(problem)))];
  let proposal: FixProposal | undefined;
  for (const problem of problems) {
    const [next] = fixesOf(problem, document, catalog);
    if (next === undefined) continue;
    const ops = [...(proposal?.ops ?? []), ...withoutKnown(next, proposal)];
    if (ops.length === (proposal?.ops.length ?? 0) || !isUsable(ops, document, catalog)) continue;
    const intent = proposal === undefined ? next.intent : `${proposal.intent}; ${next.intent}`;
    proposal = { intent, ops };
  }
  return proposal;
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

/** Types of problems that only we know, as ComfyUI does not see them. */
const OWN_TYPES: Readonly<Record<string, string>> = {
  file_not_listed: 'value_not_in_list',
  missing_linked_node: 'exception_during_validation',
  missing_linked_output: 'exception_during_validation',
};

function fixesOf(
  { type, nodeId, input, message }: Problem,
  document: WorkflowDocument,
  catalog: NodeCatalog,
): readonly FixProposal[] {
  const said = `${OWN_TYPES[type] ?? type} ${message}`;
  const kinds = findCauses(said).flatMap(({ fix }) => fix ?? []);
  const place = {
    said,
    ...(nodeId === undefined ? {} : { nodeId }),
    ...(input === undefined ? {} : { input }),
  };
  return proposeFixes(
    [...kinds, ...(type === 'required_input_missing' ? ['default-value' as const] : [])],
    place,
    document,
    catalog,
  );
}

function keyOf({ nodeId, input, type }: Problem): string {
  return `${nodeId ?? ''}/${input ?? ''}/${type}`;
}

/** Ops that are not in the change set yet: two problems may have one answer. */
function withoutKnown(next: FixProposal, known: FixProposal | undefined): FixProposal['ops'] {
  const there = new Set((known?.ops ?? []).map(textOf));
  return next.ops.filter((op) => !there.has(textOf(op)));
}

function textOf(op: Op): string {
  return stringifyExactJson(JsonValueSchema.parse(op));
}
