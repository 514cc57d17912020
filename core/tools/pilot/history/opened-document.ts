import { type Result, ok } from '../../../base/result.ts';
import type { AppError } from '../../../contract/errors.ts';
import type { OpenWorkflow } from '../../../contract/session.schema.ts';
import { applyPatch, reversePatch } from '../../../domain/workflow/patch/apply-patch.ts';
import type { WorkflowDocument } from '../../../domain/workflow/document.ts';

/** The workflow as it was when it was opened: every applied step of its history taken back, newest first. */
export function openedDocument({
  format,
  document,
  history,
  position,
}: Pick<OpenWorkflow, 'format' | 'document' | 'history' | 'position'>): Result<
  WorkflowDocument,
  AppError
> {
  let current: WorkflowDocument = { format, root: document };
  for (const { patch } of history.slice(0, position).toReversed()) {
    const before = applyPatch(current, reversePatch(patch));
    if (!before.ok) return before;
    current = before.value;
  }
  return ok(current);
}
