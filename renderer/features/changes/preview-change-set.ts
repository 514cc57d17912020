import { type Result, err, ok } from '../../../core/base/result.ts';
import { type AppError, appError } from '../../../core/contract/errors.ts';
import type { ChangeSet, OpenWorkflow } from '../../../core/contract/session.schema.ts';
import type { DiffEntry, DocumentPatch, Op } from '../../../core/contract/workflow.schema.ts';
import { applyOps } from '../../../core/domain/workflow/ops/apply-ops.ts';
import { applyPatch, reversePatch } from '../../../core/domain/workflow/patch/apply-patch.ts';
import type { NodeCatalog } from '../../../core/domain/workflow/catalog.ts';
import { diffWorkflows } from '../../../core/domain/workflow/diff/diff-workflows.ts';
import type { WorkflowDocument } from '../../../core/domain/workflow/document.ts';

/** The workflow on both sides of a change set. */
export interface ChangePreview {
  readonly before: WorkflowDocument;
  readonly after: WorkflowDocument;
  readonly entries: readonly DiffEntry[];
}

/** The open workflow as the domain reads it. */
export function documentOf(workflow: OpenWorkflow): WorkflowDocument {
  return { format: workflow.format, root: workflow.document };
}

/**
 * What the change set would change (or did change), with the ops at `leftOut` taken away. A decided one is
 * found in the history; one that was never applied and no longer fits is refused as stale.
 */
export function previewChangeSet(
  workflow: OpenWorkflow,
  changeSet: ChangeSet,
  leftOut: readonly number[],
  catalog: NodeCatalog,
): Result<ChangePreview, AppError> {
  const entry = workflow.history.findIndex((item) => item.changeSetId === changeSet.changeSetId);
  if (entry >= 0) return previewFromHistory(workflow, entry, catalog);
  if (changeSet.baseRevision !== workflow.revision) {
    const { baseRevision } = changeSet;
    return err(appError('change/stale', { baseRevision, currentRevision: workflow.revision }));
  }
  const before = documentOf(workflow);
  const ops = keepOps(changeSet.ops, leftOut);
  if (ops.length === 0) return ok({ before, after: before, entries: [] });
  const applied = applyOps(before, ops, catalog);
  if (!applied.ok) return applied;
  const after = applied.value.document;
  return ok({ before, after, entries: diffWorkflows(before, after, catalog) });
}

/** The ops without those at `leftOut`. */
function keepOps(ops: readonly Op[], leftOut: readonly number[]): readonly Op[] {
  return ops.filter((_, index) => !leftOut.includes(index));
}

function previewFromHistory(
  workflow: OpenWorkflow,
  index: number,
  catalog: NodeCatalog,
): Result<ChangePreview, AppError> {
  const patchAt = (at: number): DocumentPatch => workflow.history[at]?.patch ?? { entries: [] };
  let document = documentOf(workflow);
  const walk = (patch: DocumentPatch): AppError | undefined => {
    const next = applyPatch(document, patch);
    if (!next.ok) return next.error;
    document = next.value;
    return undefined;
  };
  for (let at = workflow.position; at > index + 1; at -= 1) {
    const failed = walk(reversePatch(patchAt(at - 1)));
    if (failed !== undefined) return err(failed);
  }
  for (let at = workflow.position; at < index; at += 1) {
    const failed = walk(patchAt(at));
    if (failed !== undefined) return err(failed);
  }
  const isApplied = workflow.position > index;
  const here = document;
  const failed = walk(isApplied ? reversePatch(patchAt(index)) : patchAt(index));
  if (failed !== undefined) return err(failed);
  const [before, after] = isApplied ? [document, here] : [here, document];
  return ok({ before, after, entries: diffWorkflows(before, after, catalog) });
}
