import { type Result, err, ok } from '../base/result.ts';
import { type AppError, appError } from '../contract/errors.ts';
import type { OpenWorkflow } from '../contract/session.schema.ts';
import type { WorkflowDocument } from '../domain/workflow/document.ts';
import type { ToolContext } from './define-tool.ts';

/** The open workflow, or the error that says that none is open. */
export function requireDocument({
  document,
}: Pick<ToolContext, 'document'>): Result<WorkflowDocument, AppError> {
  return document === null ? err(appError('workflow/none-open', {})) : ok(document);
}

/** The open workflow with its name and history, or the error that says that none is open. */
export function requireOpenWorkflow({
  session,
}: Pick<ToolContext, 'session'>): Result<OpenWorkflow, AppError> {
  return session.workflow === null ? err(appError('workflow/none-open', {})) : ok(session.workflow);
}
