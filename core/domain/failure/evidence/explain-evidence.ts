import type { AppError } from '../../../contract/errors.ts';
import type { Problem } from '../../../contract/workflow.schema.ts';
import { artistMessage } from '../../errors/artist-message.ts';
import { interpretFailure } from '../../run/interpret-failure.ts';
import type { NodeCatalog } from '../../workflow/catalog.ts';
import type { WorkflowView } from '../../workflow/view/view.ts';
import { failureEntry } from '../catalogue.ts';
import { describeCandidates, explainText } from '../explain-text.ts';
import type { FailureEntry } from '../failure-entry.ts';
import type { Evidence } from './evidence.ts';

/** One thing that went wrong, as an artist reads it. */
export interface Explanation {
  /** Codes of the catalogue; more than one where nothing decides, or where several settings are wrong. */
  readonly causes: readonly string[];
  readonly kind: FailureEntry['kind'];
  readonly title: string;
  readonly body: string;
  readonly nextSteps: readonly string[];
  readonly raw: string;
}

/** Names for nodes that the evidence only has ids of. */
export interface ExplainContext {
  readonly view: WorkflowView;
  readonly catalog: NodeCatalog;
}

/** Explains evidence with the node's title and the setting's name. */
export function explainEvidence(evidence: Evidence, context: ExplainContext): Explanation {
  switch (evidence.kind) {
    case 'own':
      return explainError(evidence.error);
    case 'run':
      return explainError(interpretFailure(evidence.failure, context.view, context.catalog));
    case 'refusal':
      return explainRefusal(evidence.problems, evidence.said, context);
    case 'text':
      return explainSaid(evidence.said, evidence.pack);
  }
}

function explainError(error: AppError): Explanation {
  const { title, body, nextSteps } = artistMessage(error);
  const { cause, raw = '' } = error.data as { readonly cause?: string; readonly raw?: string };
  const isStopped = error.code === 'run/interrupted' || error.code === 'cancelled';
  const kind = isStopped ? 'stopped' : (failureEntry(cause ?? '')?.kind ?? 'failure');
  return {
    causes: isStopped ? ['interrupted'] : cause === undefined ? [] : [cause],
    kind,
    title,
    body,
    nextSteps: nextSteps.map(({ label }) => label),
    raw,
  };
}

function explainSaid(said: string, pack: string | undefined): Explanation {
  const explained = explainText(said);
  const { entry, candidates, steps, raw } = explained;
  const inPack = pack === undefined ? '' : ` It happened inside the node pack “${pack}”.`;
  return {
    causes: [...new Set(candidates.map(({ cause }) => cause))],
    kind: entry?.kind ?? 'failure',
    title: entry?.title ?? 'This is not known here',
    body: `${entry === undefined ? 'Nothing in it is among the failures that are known.' : describeCandidates(explained)}${inPack}`,
    nextSteps:
      steps.length > 0
        ? steps.map(({ label }) => label)
        : ['Read what was said below, and look for it on the page of the node pack'],
    raw,
  };
}

/** Every problem by its node's title; where there are none, what was said about the whole. */
function explainRefusal(
  problems: readonly Problem[],
  said: string,
  { view }: ExplainContext,
): Explanation {
  if (problems.length === 0) {
    const whole = explainSaid(said, undefined);
    if (said.includes('outputs_failed')) return explainSilence(whole);
    const nodeId = /Node ID '#([^']+)'/.exec(said)?.[1] ?? '';
    const title = view.node(nodeId)?.title;
    return title === undefined ? whole : { ...whole, body: `${title} (${nodeId}): ${whole.body}` };
  }
  const explained = problems.map(({ type, message }) => explainText(`${type} ${message}`));
  const entries = explained.flatMap(({ entry }) => entry ?? []);
  const isWarning = problems.every(({ severity }) => severity !== 'error');
  return {
    causes: [...new Set(entries.map(({ code }) => code))],
    kind: 'failure',
    title: isWarning
      ? 'ComfyUI ran a part of this workflow and left the rest out'
      : 'ComfyUI did not take this workflow',
    body: problems.map((problem) => `${titleOf(problem, view)}: ${problem.message}`).join(' '),
    nextSteps: [...new Set(entries.flatMap(({ steps }) => steps.map(({ label }) => label)))].slice(
      0,
      5,
    ),
    raw: problems
      .map(({ type, nodeId = '', input = '' }) => [nodeId, input, type].join(' '))
      .join('\n'),
  };
}

/** ComfyUI refuses a circle of connections without a word about it (seen with 0.3.64). */
function explainSilence(whole: Explanation): Explanation {
  const entry = failureEntry('recursion');
  if (entry === undefined) return whole;
  return {
    ...whole,
    causes: [entry.code],
    title: 'ComfyUI did not take this workflow, and did not say why',
    body: `That is what it does when the connections go round in a circle. ${entry.meaning}`,
    nextSteps: entry.steps.map(({ label }) => label),
  };
}

function titleOf({ nodeId, nodeTitle, classType }: Problem, view: WorkflowView): string {
  const title = nodeTitle ?? (nodeId === undefined ? undefined : view.node(nodeId)?.title);
  const name = title ?? classType ?? 'The workflow';
  return nodeId === undefined ? name : `${name} (${nodeId})`;
}
