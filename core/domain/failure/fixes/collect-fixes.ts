import type { Op, Problem } from '../../../contract/workflow.schema.ts';
import { stringifyExactJson } from '../../../base/exact-json.ts';
import { JsonValueSchema } from '../../../contract/json.schema.ts';
import { applyOps } from '../../workflow/apply-ops.ts';
import type { NodeCatalog } from '../../workflow/catalog.ts';
import type { WorkflowDocument } from '../../workflow/document.ts';
import { validateWorkflow } from '../../workflow/validate-workflow.ts';
import type { FixProposal } from './fix-scene.ts';
import { fixesOf } from './fix-problem.ts';

/** Edits that settle one problem, in the workflow as the edits before them leave it. */
export interface ProblemFix extends FixProposal {
  readonly problem: Problem;
}

/** Every try is checked on the whole workflow, so their number is bounded. */
const MOST_TRIES = 60;

/**
 * What settles the problems, one after the other; made one after the other, all of them fit. Rehearsed: each leaves its
 * problem gone, and nothing broken that was whole.
 */
export function collectFixes(
  problems: readonly Problem[],
  document: WorkflowDocument,
  catalog: NodeCatalog,
): readonly ProblemFix[] {
  const fixes: ProblemFix[] = [];
  let now = document;
  let standing = new Set(validateWorkflow(now, catalog).map(keyOf));
  const reported = new Set(problems.map(keyOf).filter((key) => !standing.has(key)));
  let tries = 0;
  for (const problem of problems) {
    const key = keyOf(problem);
    // One answer may have settled two problems.
    if (!standing.has(key) && !reported.has(key)) continue;
    for (const { intent, ops } of fixesOf(problem, now, catalog)) {
      if (tries >= MOST_TRIES) return fixes;
      tries += 1;
      const fresh = ops.filter((op) => !isKnown(op, fixes));
      const applied = fresh.length === 0 ? undefined : applyOps(now, fresh, catalog);
      if (applied?.ok !== true || applied.value.document === now) continue;
      const after = validateWorkflow(applied.value.document, catalog);
      const keys = new Set(after.map(keyOf));
      const breaks = after.some((each) => each.severity === 'error' && !standing.has(keyOf(each)));
      if (breaks || keys.has(key)) continue;
      fixes.push({ problem, intent, ops: fresh });
      now = applied.value.document;
      standing = keys;
      break;
    }
  }
  return fixes;
}

/** All of them as one change set; undefined when there are none. */
export function joinFixes(fixes: readonly FixProposal[]): FixProposal | undefined {
  if (fixes.length === 0) return undefined;
  return {
    intent: [...new Set(fixes.map(({ intent }) => intent))].join('; '),
    ops: fixes.flatMap(({ ops }) => ops),
  };
}

/** The same problem before and after an edit. */
export function keyOf({ nodeId, input, type }: Problem): string {
  return `${nodeId ?? ''}/${input ?? ''}/${type}`;
}

function isKnown(op: Op, fixes: readonly ProblemFix[]): boolean {
  const text = textOf(op);
  return fixes.some(({ ops }) => ops.some((known) => textOf(known) === text));
}

function textOf(op: Op): string {
  return stringifyExactJson(JsonValueSchema.parse(op));
}
