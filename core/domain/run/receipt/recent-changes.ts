import type { ReceiptChange } from '../../../contract/run/receipt.schema.ts';
import type { Run } from '../../../contract/run/run.schema.ts';
import type { HistoryEntry, SessionState } from '../../../contract/session.schema.ts';
import { applyPatch, reversePatch } from '../../workflow/patch/apply-patch.ts';
import type { NodeCatalog } from '../../workflow/catalog.ts';
import { describeDiff } from '../../workflow/describe/describe-diff.ts';
import { diffWorkflows } from '../../workflow/diff/diff-workflows.ts';
import type { WorkflowDocument } from '../../workflow/document.ts';

/**
 * The change sets that were applied between the run before and this one, oldest first, each with what it
 * changed in words. Those that were taken back before the run are not among them.
 */
export function readRecentChanges(
  { workflow, changeSets, runs }: Pick<SessionState, 'workflow' | 'changeSets' | 'runs'>,
  run: Pick<Run, 'promptId' | 'proposedAt'>,
  catalog: NodeCatalog,
): readonly ReceiptChange[] {
  if (workflow === null) return [];
  const index = runs.findIndex(({ promptId }) => promptId === run.promptId);
  const before = index < 0 ? runs.at(-1) : runs[index - 1];
  const since = before?.proposedAt ?? -Infinity;
  let document: WorkflowDocument | undefined = {
    format: workflow.format,
    root: workflow.document,
  };
  const changes: ReceiptChange[] = [];
  for (const entry of workflow.history.slice(0, workflow.position).toReversed()) {
    if (entry.at <= since) break;
    const earlier = rewind(document, entry);
    const changeSet = changeSets.find(({ changeSetId }) => changeSetId === entry.changeSetId);
    if (changeSet !== undefined && entry.at <= run.proposedAt) {
      const { changeSetId, intent, proposedBy, ops, acceptedOps } = changeSet;
      changes.unshift({
        changeSetId,
        intent,
        proposedBy,
        appliedAt: entry.at,
        words: describeStep(earlier, document, entry, catalog),
        ops: acceptedOps === undefined ? ops : ops.filter((_op, at) => acceptedOps.includes(at)),
      });
    }
    document = earlier;
  }
  return changes;
}

function rewind(
  document: WorkflowDocument | undefined,
  { patch }: HistoryEntry,
): WorkflowDocument | undefined {
  const before = document === undefined ? undefined : applyPatch(document, reversePatch(patch));
  return before?.ok === true ? before.value : undefined;
}

function describeStep(
  before: WorkflowDocument | undefined,
  after: WorkflowDocument | undefined,
  { label }: HistoryEntry,
  catalog: NodeCatalog,
): readonly string[] {
  const words =
    before === undefined || after === undefined
      ? []
      : describeDiff(diffWorkflows(before, after, catalog));
  return words.length === 0 ? [label] : words;
}
