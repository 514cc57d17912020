import type { AppError } from '../../contract/errors.ts';

/**
 * True when a failure has nothing to do with what the renders of a batch differ in: the next one would end
 * alike. `affected` are the nodes whose result may differ; `before` is how the last failed one ended.
 */
export function wouldRepeat(
  failure: AppError,
  affected: ReadonlySet<string>,
  before?: AppError,
): boolean {
  if (before !== undefined && isSame(failure, before)) return true;
  switch (failure.code) {
    case 'run/node-failed':
    case 'run/out-of-memory':
      return !affected.has(failure.data.nodeId ?? '');
    case 'workflow/invalid':
      return failure.data.problems.every(
        ({ nodeId }) => nodeId === undefined || !affected.has(nodeId),
      );
    case 'comfy/missing-nodes':
    case 'comfy/no-outputs':
    case 'comfy/too-large':
      return true;
    default:
      return failure.code.startsWith('file/');
  }
}

/** True while the server cannot be asked at all: then nothing is known to be wrong with the render. */
export function isOutOfReach({ code }: AppError): boolean {
  return code === 'comfy/not-connected' || code === 'comfy/unreachable' || code === 'comfy/timeout';
}

function isSame(a: AppError, b: AppError): boolean {
  return a.code === b.code && nodeOf(a) === nodeOf(b);
}

function nodeOf(error: AppError): string {
  return 'nodeId' in error.data && typeof error.data.nodeId === 'string' ? error.data.nodeId : '';
}
