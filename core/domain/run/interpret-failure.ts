import { type AppError, type FailureDetail, appError } from '../../contract/errors.ts';
import { explainText, describeCandidates, type TextExplanation } from '../failure/explain-text.ts';
import { findFixes } from '../failure/fixes/propose-fix.ts';
import { redactText } from '../failure/redact-text.ts';
import type { NodeCatalog } from '../workflow/catalog.ts';
import type { WorkflowView } from '../workflow/view/view.ts';

/** What a node's exception said, without its traceback. */
export interface FailureFacts {
  readonly nodeId: string;
  readonly classType: string;
  readonly exceptionType: string;
  readonly message: string;
  /** The node pack whose code it happened in. */
  readonly pack?: string;
}

const MAX_SAID = 300;

/**
 * A failed run in an artist's words: the node by its title, what it means, and what to do. With a catalog it
 * also tells whether a change of the workflow may settle it.
 */
export function interpretFailure(
  failure: FailureFacts,
  view: WorkflowView,
  catalog?: NodeCatalog,
): AppError {
  const { classType, exceptionType, message } = failure;
  const nodeTitle = titleOf(failure, view);
  const explained = explainText(exceptionType === '' ? message : `${exceptionType}: ${message}`);
  const kind = explained.entry?.kind;
  if (kind === 'stopped') return appError('run/interrupted', { nodeTitle });
  const nodeId = shownId(failure.nodeId, view);
  const canFix =
    catalog !== undefined &&
    findFixes(explained.fixes, { nodeId, said: explained.raw }, { view, catalog }).length > 0;
  const data = {
    nodeId,
    nodeTitle,
    ...toDetail(explained),
    ...(canFix ? { canFix } : {}),
    ...(failure.pack === undefined ? {} : { pack: failure.pack }),
  };
  if (kind === 'memory') {
    return appError('run/out-of-memory', { ...data, detail: describe(explained, message) });
  }
  return appError('run/node-failed', {
    ...data,
    classType,
    exceptionType,
    message: describe(explained, message),
  });
}

/** What the catalogue knows, as it travels with an error. */
function toDetail(explained: TextExplanation): FailureDetail {
  const { entry, title, candidates, steps, raw } = explained;
  return {
    ...(entry === undefined ? {} : { cause: entry.code }),
    ...(title === undefined ? {} : { title }),
    ...(candidates.length === 0 ? {} : { candidates: [...candidates] }),
    ...(steps.length === 0
      ? {}
      : {
          steps: steps.map((step) => ({
            label: step.label,
            ...(step.kind === 'say' ? { say: step.say } : {}),
            ...(step.kind === 'enter' ? { enter: step.enter } : {}),
          })),
        }),
    ...(raw === '' ? {} : { raw }),
  };
}

/** What it means; only what nobody knows is left to ComfyUI's own words. */
function describe(explained: TextExplanation, message: string): string {
  const meaning = describeCandidates(explained);
  if (meaning !== '') return meaning;
  const said = firstLines(redactText(message));
  return said === '' ? 'ComfyUI did not say why.' : `ComfyUI said: ${said}`;
}

/** Nodes made while running have ids like "2.0.0.1"; the artist sees the one before the first dot. */
function shownId(nodeId: string, view: WorkflowView): string {
  return view.node(nodeId) === undefined ? (nodeId.split('.')[0] ?? nodeId) : nodeId;
}

function titleOf({ nodeId, classType }: FailureFacts, view: WorkflowView): string {
  const shown = view.node(shownId(nodeId, view));
  return shown?.title ?? (classType === '' ? `Node ${nodeId}` : classType);
}

function firstLines(message: string): string {
  const text = message.trim().replace(/\s*\n\s*/g, ' ');
  return text.length > MAX_SAID ? `${text.slice(0, MAX_SAID)}…` : text;
}
