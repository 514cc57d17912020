import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { SessionState } from '../../contract/session.schema.ts';
import type { WorkflowDocument } from '../../domain/workflow/document.ts';

/** The session's open workflow as the domain sees it. */
export function openDocument(state: SessionState): Result<WorkflowDocument, AppError> {
  const { workflow } = state;
  if (workflow === null) return err(appError('workflow/none-open', {}));
  const { format, document, source } = workflow;
  return ok({ format, root: document, ...(source === undefined ? {} : { source }) });
}
