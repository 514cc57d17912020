import type { Problem } from '../../../contract/workflow.schema.ts';
import { applyOps } from '../../workflow/ops/apply-ops.ts';
import type { NodeCatalog } from '../../workflow/catalog.ts';
import type { WorkflowDocument } from '../../workflow/document.ts';
import { validateWorkflow } from '../../workflow/validation/validate-workflow.ts';
import { viewWorkflow } from '../../workflow/view/view-workflow.ts';
import { candidatesFor } from './fix-problem.ts';
import type { FixProposal } from './fix-scene.ts';

/** Edits that settle one problem, in the workflow as the edits before them leave it. */
export interface ProblemFix extends FixProposal {
  readonly problem: Problem;
}

/** Each round tries the next answer to what still stands, all problems at once. */
const ROUNDS = 4;
/** More problems than this are looked at again when these are settled. */
const MOST_PROBLEMS = 200;
/** Every check looks at the whole workflow, so their number is bounded. */
const MOST_CHECKS = 40;

/**
 * What settles the problems, in an order in which all of it fits. Rehearsed: each fix leaves its problem gone, and nothing
 * broken that was whole. Checks the whole workflow a bounded number of times, however many problems there are.
 */
export function collectFixes(
  problems: readonly Problem[],
  document: WorkflowDocument,
  catalog: NodeCatalog,
): readonly ProblemFix[] {
  const fixes: ProblemFix[] = [];
  const tried = new Map<string, number>();
  const rehearsal = createRehearsal(catalog);
  let now = rehearsal.check(document);
  // What was reported and is not found here counts as standing until it is answered.
  const reported = new Set(problems.map(keyOf).filter((key) => !now.keys.has(key)));
  for (let round = 0; round < ROUNDS; round += 1) {
    const open = problems
      .filter((each) => {
        const key = keyOf(each);
        const isAnswered = fixes.some((fix) => fix.problem === each);
        return now.keys.has(key) || (reported.has(key) && !isAnswered);
      })
      .slice(0, MOST_PROBLEMS);
    const scene = { view: viewWorkflow(now.document, catalog), catalog };
    const wanted = open.flatMap((problem): readonly ProblemFix[] => {
      const next = candidatesFor(problem, scene)[tried.get(keyOf(problem)) ?? 0];
      return next === undefined ? [] : [{ problem, ...next }];
    });
    if (wanted.length === 0) break;
    const taken = takeWhatFits(wanted, now, rehearsal);
    for (const { problem } of wanted) {
      const key = keyOf(problem);
      // One that clashed with another answer of this round is tried again after it.
      if (taken.refused.has(key)) tried.set(key, (tried.get(key) ?? 0) + 1);
    }
    if (taken.fixes.length === 0 && taken.refused.size === 0) break;
    fixes.push(...taken.fixes);
    now = taken.now;
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

interface Checked {
  readonly document: WorkflowDocument;
  readonly keys: ReadonlySet<string>;
  readonly errors: ReadonlySet<string>;
}

interface Taken {
  readonly fixes: readonly ProblemFix[];
  readonly now: Checked;
  /** Problems whose answer does not settle them. */
  readonly refused: ReadonlySet<string>;
}

interface Rehearsal {
  readonly catalog: NodeCatalog;
  readonly check: (document: WorkflowDocument) => Checked;
  readonly isSpent: () => boolean;
}

function createRehearsal(catalog: NodeCatalog): Rehearsal {
  let checks = 0;
  return {
    catalog,
    isSpent: () => checks >= MOST_CHECKS,
    check: (document) => {
      checks += 1;
      const problems = validateWorkflow(document, catalog);
      return {
        document,
        keys: new Set(problems.map(keyOf)),
        errors: new Set(problems.filter(({ severity }) => severity === 'error').map(keyOf)),
      };
    },
  };
}

/** Halves the answers until those that break something stand alone, and are left out. */
function takeWhatFits(wanted: readonly ProblemFix[], before: Checked, rehearsal: Rehearsal): Taken {
  if (wanted.length === 0 || rehearsal.isSpent()) {
    return { fixes: [], now: before, refused: new Set() };
  }
  const whole = takeAll(wanted, before, rehearsal);
  if (whole !== undefined) return whole;
  if (wanted.length === 1) {
    return {
      fixes: [],
      now: before,
      refused: new Set(wanted.map(({ problem }) => keyOf(problem))),
    };
  }
  const middle = Math.ceil(wanted.length / 2);
  const first = takeWhatFits(wanted.slice(0, middle), before, rehearsal);
  const second = takeWhatFits(wanted.slice(middle), first.now, rehearsal);
  return {
    fixes: [...first.fixes, ...second.fixes],
    now: second.now,
    refused: new Set([...first.refused, ...second.refused]),
  };
}

/** All answers together, without those that settle nothing; undefined when together they break something. */
function takeAll(
  wanted: readonly ProblemFix[],
  before: Checked,
  { catalog, check }: Rehearsal,
): Taken | undefined {
  const made = apply(wanted, before.document, catalog);
  const after = check(made.document);
  const good = made.fixes.filter(({ problem }) => !after.keys.has(keyOf(problem)));
  const refused = new Set(
    [...made.fixes.filter((fix) => !good.includes(fix)), ...made.useless].map(({ problem }) =>
      keyOf(problem),
    ),
  );
  if (good.length === made.fixes.length) {
    return breaks(before, after) ? undefined : { fixes: good, now: after, refused };
  }
  const again = apply(good, before.document, catalog);
  const now = check(again.document);
  const isWhole = good.every(({ problem }) => !now.keys.has(keyOf(problem)));
  return breaks(before, now) || !isWhole ? undefined : { fixes: again.fixes, now, refused };
}

/** Makes one after the other; leaves out what cannot be made after those before it, and says what changes nothing at all. */
function apply(
  wanted: readonly ProblemFix[],
  document: WorkflowDocument,
  catalog: NodeCatalog,
): {
  readonly fixes: readonly ProblemFix[];
  readonly useless: readonly ProblemFix[];
  readonly document: WorkflowDocument;
} {
  const fixes: ProblemFix[] = [];
  const useless: ProblemFix[] = [];
  let current = document;
  for (const fix of wanted) {
    const applied = applyOps(current, fix.ops, catalog);
    if (applied.ok && applied.value.document !== current) {
      fixes.push(fix);
      current = applied.value.document;
      continue;
    }
    const alone = current === document ? applied : applyOps(document, fix.ops, catalog);
    if (!alone.ok || alone.value.document === document) useless.push(fix);
  }
  return { fixes, useless, document: current };
}

function breaks(before: Checked, after: Checked): boolean {
  return [...after.errors].some((key) => !before.keys.has(key));
}
