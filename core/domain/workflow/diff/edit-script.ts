import { type Result, err, ok } from '../../../base/result.ts';
import { type AppError, appError } from '../../../contract/errors.ts';
import { type DocumentPatch } from '../../../contract/workflow.schema.ts';
import { type WorkflowDocument } from '../document.ts';
import { createPatch } from '../patch/create-patch.ts';

/**
 * The fewest nodes, links, frames and keys to take out, put in or replace so that the first workflow becomes
 * the second, order included. `applyPatch` follows it, `reversePatch` makes the one that leads back.
 * `change/does-not-fit` when one is in the API format and the other is not.
 */
export function createEditScript(
  before: WorkflowDocument,
  after: WorkflowDocument,
): Result<DocumentPatch, AppError> {
  if (before.format !== after.format) {
    const what = 'one of the two is in ComfyUI’s API format and the other is not';
    return err(appError('change/does-not-fit', { what }));
  }
  return ok(createPatch(before, after));
}
