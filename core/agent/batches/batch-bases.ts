import type { Batch } from '../../contract/run/batch.schema.ts';
import type { SessionState } from '../../contract/session.schema.ts';
import { currentEntryId, goToEntry } from '../../domain/session/history-tree.ts';
import type { WorkflowDocument } from '../../domain/workflow/document.ts';

/** The documents that batches are derived from; the artist may have changed the workflow since. */
export interface BatchBases {
  keep(batchId: string, document: WorkflowDocument): void;
  /** Undefined when another workflow was opened since and this process did not see the batch begin. */
  of(state: SessionState, batch: Batch): WorkflowDocument | undefined;
}

/** More batches than are under way at once. */
const MAX_KEPT = 16;

/** Keeps the newest ones; older ones are found through the history. */
export function createBatchBases(): BatchBases {
  const kept = new Map<string, WorkflowDocument>();
  return {
    keep: (batchId, document) => {
      kept.set(batchId, document);
      const oldest = kept.keys().next();
      if (kept.size > MAX_KEPT && oldest.done !== true) kept.delete(oldest.value);
    },
    of: ({ workflow }, { batchId, baseEntryId, isBaseGone }) => {
      const known = kept.get(batchId);
      if (known !== undefined || workflow === null || isBaseGone === true) return known;
      const there =
        currentEntryId(workflow) === baseEntryId
          ? workflow
          : goToEntry(workflow, baseEntryId)?.workflow;
      return there === undefined ? undefined : { format: there.format, root: there.document };
    },
  };
}
