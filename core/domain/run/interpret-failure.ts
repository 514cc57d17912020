import { type AppError, appError } from '../../contract/errors.ts';
import type { WorkflowView } from '../workflow/view.ts';
import { failureCauses } from './failure-causes.ts';

/** What a node's exception said, without its traceback. */
export interface FailureFacts {
  readonly nodeId: string;
  readonly classType: string;
  readonly exceptionType: string;
  readonly message: string;
}

const MAX_SAID = 300;

/** A failed run in an artist's words: the node by its title, what it means, and what ComfyUI said. */
export function interpretFailure(failure: FailureFacts, view: WorkflowView): AppError {
  const { nodeId, classType, exceptionType } = failure;
  const nodeTitle = titleOf(failure, view);
  const searched = `${exceptionType}: ${failure.message}`.toLowerCase();
  const cause = failureCauses.find(({ pattern }) => pattern.test(searched));
  if (cause?.kind === 'interrupted') return appError('run/interrupted', { nodeTitle });
  const said = withoutPaths(firstLines(failure.message));
  if (cause?.kind === 'out-of-memory') {
    return appError('run/out-of-memory', { nodeTitle, detail: join(cause.meaning, said) });
  }
  return appError('run/node-failed', {
    nodeId,
    nodeTitle,
    classType,
    exceptionType,
    message: join(cause?.meaning, said),
  });
}

/** Nodes made while running have ids like "2.0.0.1"; the artist sees the one before the first dot. */
function titleOf({ nodeId, classType }: FailureFacts, view: WorkflowView): string {
  const shown = view.node(nodeId) ?? view.node(nodeId.split('.')[0] ?? '');
  return shown?.title ?? (classType === '' ? `Node ${nodeId}` : classType);
}

function join(meaning: string | undefined, said: string): string {
  if (said === '') return meaning ?? 'ComfyUI did not say why.';
  return meaning === undefined ? `ComfyUI said: ${said}` : `${meaning} ComfyUI said: ${said}`;
}

function firstLines(message: string): string {
  const text = message.trim().replace(/\s*\n\s*/g, ' ');
  return text.length > MAX_SAID ? `${text.slice(0, MAX_SAID)}…` : text;
}

/** Folders of somebody's machine are nobody's business; the file's name says enough. */
function withoutPaths(text: string): string {
  return text
    .replace(/(?:[A-Za-z]:)?(?:\\[^\\\s"'<>|]+)+\\([^\\\s"'<>|]+)/g, '$1')
    .replace(/(^|[\s"'(=])(?:\/[^/\s"']+)+\/([^/\s"']+)/g, '$1$2');
}
