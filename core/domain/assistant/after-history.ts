import type { SessionState } from '../../contract/session.schema.ts';
import { applyPatch, reversePatch } from '../workflow/patch/apply-patch.ts';
import type { WorkflowDocument } from '../workflow/document.ts';

/**
 * The workflow as it will be after `steps` steps through the history, back where negative, so that "undo that
 * and raise the CFG" starts from the right value. Undefined where the history does not reach that far.
 */
export function afterHistory(
  document: WorkflowDocument,
  session: SessionState,
  steps: number,
): WorkflowDocument | undefined {
  const open = session.workflow;
  let now = document;
  for (let done = 0; done < Math.abs(steps); done += 1) {
    const at = (open?.position ?? 0) + (steps < 0 ? -done - 1 : done);
    const entry = open?.history[at];
    if (entry === undefined) return undefined;
    const moved = applyPatch(now, steps < 0 ? reversePatch(entry.patch) : entry.patch);
    if (!moved.ok) return undefined;
    now = moved.value;
  }
  return now;
}
