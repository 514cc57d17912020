import type { Forecast } from '../../contract/machine/forecast.schema.ts';
import type { MissingModel, Readiness, ReadinessFix } from '../../contract/readiness.schema.ts';
import type { Problem } from '../../contract/workflow.schema.ts';
import { collectFixes } from '../failure/fixes/collect-fixes.ts';
import { proposeFixes } from '../failure/fixes/propose-fix.ts';
import { readWorkload } from '../machine/read-workload.ts';
import { applyOps } from '../workflow/ops/apply-ops.ts';
import type { NodeCatalog } from '../workflow/catalog.ts';
import type { WorkflowDocument } from '../workflow/document.ts';
import { toExecutionPayload } from '../workflow/payload/to-execution-payload.ts';
import { payloadFacts } from '../workflow/validation/payload-facts.ts';
import { validateWorkflow } from '../workflow/validation/validate-workflow.ts';
import { viewWorkflow } from '../workflow/view/view-workflow.ts';
import { readDeclaredParts } from './declared-parts.ts';
import { missingModels } from './missing-models.ts';
import { missingPacks } from './missing-packs.ts';

/** The ComfyUI that a workflow is to run on, as far as it is known. */
export interface Machine {
  readonly catalog: NodeCatalog;
  /** Of this workflow as it is; absent: whether it fits on a card cannot be said. */
  readonly forecast?: Forecast | undefined;
}

const GIB = 1024 ** 3;

/**
 * One answer for a shared workflow: would it run here, which packs and models does it lack, what does not fit, and which
 * edits, each rehearsed, would make it run. Nothing is looked up: it tells what the file, the catalog and the tables know.
 */
export function assessReadiness(document: WorkflowDocument, machine: Machine): Readiness {
  const { catalog } = machine;
  const problems = validateWorkflow(document, catalog);
  const declared = readDeclaredParts(document);
  const converted = toExecutionPayload(document, catalog);
  const payload = converted.ok ? converted.value.payload : {};
  const view = viewWorkflow(document, catalog);
  const nodes = payloadFacts(payload, view, catalog);
  const models = missingModels(nodes, problems, declared.models, catalog);
  const classes = new Set(
    problems.flatMap((each) => (isMissingClass(each) ? (each.classType ?? []) : [])),
  );
  const forecast = readWorkload(view).models.length === 0 ? undefined : machine.forecast;
  const mended = mend(problems, document, catalog);
  const isTooLarge = forecast?.now.outcome === 'does-not-fit';
  const smaller = isTooLarge ? [makeSmaller(forecast, mended.document, catalog)] : [];
  const fixes = [...mended.fixes, ...smaller.flat()];
  const isListed = listedModels(models);
  return {
    outcome: outcomeOf(
      problems,
      mended.left,
      isTooLarge,
      models.some(({ isSure }) => !isSure),
    ),
    packs: missingPacks([...classes], declared.packs),
    models,
    problems: problems.filter((each) => !isMissingClass(each) && !isListed(each)),
    ...(forecast === undefined ? {} : { forecast }),
    fixes,
    left: mended.left,
  };
}

interface Mended {
  readonly fixes: readonly ReadinessFix[];
  readonly document: WorkflowDocument;
  /** What stands in the way even then. */
  readonly left: readonly Problem[];
}

/** Errors first, then what only spoils the result, then what is merely old. */
function mend(
  problems: readonly Problem[],
  document: WorkflowDocument,
  catalog: NodeCatalog,
): Mended {
  const found = collectFixes(
    problems.filter(({ severity, type }) => severity !== 'note' || type === 'deprecated_node'),
    document,
    catalog,
  );
  const ops = found.flatMap((fix) => fix.ops);
  const applied = ops.length === 0 ? undefined : applyOps(document, ops, catalog);
  const after = applied?.ok === true ? applied.value.document : document;
  return {
    fixes: found.map(({ intent, problem, ops: own }) => ({
      intent,
      settles: problem.message,
      ops: own,
    })),
    document: after,
    left: validateWorkflow(after, catalog).filter(isBlocking),
  };
}

function makeSmaller(
  { card }: Forecast,
  document: WorkflowDocument,
  catalog: NodeCatalog,
): readonly ReadinessFix[] {
  const capacityGb = card === undefined ? undefined : Math.round(card.total / GIB);
  const place = { said: '', ...(capacityGb === undefined ? {} : { capacityGb }) };
  return proposeFixes(['less-vram'], place, document, catalog)
    .slice(0, 1)
    .map(({ intent, ops }) => ({ intent, settles: 'It does not fit on the graphics card.', ops }));
}

function outcomeOf(
  problems: readonly Problem[],
  left: readonly Problem[],
  isTooLarge: boolean,
  hasUnseen: boolean,
): Readiness['outcome'] {
  if (left.length > 0) return 'lacking';
  if (isTooLarge) return 'too-large';
  if (hasUnseen) return 'lacking';
  return problems.some(isBlocking) ? 'after-fixes' : 'ready';
}

/** A picture that is not there is refused too, by the node that loads it. */
function isBlocking({ severity, type }: Problem): boolean {
  return severity === 'error' || type === 'file_not_listed';
}

function isMissingClass({ type }: Problem): boolean {
  return type === 'missing_node_type';
}

/** Problems that the list of missing models tells already. */
function listedModels(models: readonly MissingModel[]): (problem: Problem) => boolean {
  const keys = new Set(
    models.flatMap(({ nodeIds, input }) => nodeIds.map((id) => `${id}/${input ?? ''}`)),
  );
  return ({ type, nodeId = '', input = '' }) =>
    type === 'value_not_in_list' && keys.has(`${nodeId}/${input}`);
}
