import { type Result, err, ok } from '../../../base/result.ts';
import { type AppError } from '../../../contract/errors.ts';
import { type Op } from '../../../contract/workflow.schema.ts';
import { oneLine } from '../../errors/plain-error.ts';
import { applyOps } from '../ops/apply-ops.ts';
import { type NodeCatalog } from '../catalog.ts';
import { describeDiff } from '../describe/describe-diff.ts';
import { diffWorkflows } from '../diff/diff-workflows.ts';
import { type WorkflowDocument } from '../document.ts';
import { viewWorkflow } from '../view/view-workflow.ts';
import { type Conflict } from './conflict.ts';
import { findConflicts, findMovedReads } from './find-conflicts.ts';
import { renameNewNodes } from './rename-new-nodes.ts';
import { touchesNamed, touchesOf } from './touches.ts';

/**
 * Ops that were made for `base`, made to fit `current`: the same edits in the same order, where new nodes
 * get another id if theirs is taken by now, and keep the place where they were shown. Conflicts when both
 * sides touched the same thing and left it differently, or when nothing would be left to do.
 */
export function rebaseOps(
  ops: readonly Op[],
  base: WorkflowDocument,
  current: WorkflowDocument,
  catalog: NodeCatalog,
): Result<readonly Op[], readonly Conflict[]> {
  if (base.root === current.root) return ok(ops);
  const meant = applyOps(base, ops, catalog);
  if (!meant.ok) return err([toConflict(ops, meant.error)]);
  const placed = keepPlaces(meant.value.ops, meant.value.document, catalog);
  const renamed = renameNewNodes(placed, base, current, catalog);
  const changed = applyOps(base, renamed, catalog);
  if (!changed.ok) return err([toConflict(ops, changed.error)]);

  const before = viewWorkflow(base, catalog);
  const titleOf = (nodeId: string): string => before.node(nodeId)?.title ?? `node ${nodeId}`;
  const ours = new Map([
    ...touchesNamed(renamed, titleOf).map((touch) => [touch.key, touch] as const),
    ...touchesOf(diffWorkflows(base, changed.value.document, catalog)),
  ]);
  const theirs = touchesOf(diffWorkflows(base, current, catalog));
  const conflicts = [...findConflicts(ours, theirs), ...findMovedReads(renamed, theirs)];
  if (conflicts.length > 0) return err(conflicts);

  const applied = applyOps(current, renamed, catalog);
  if (!applied.ok) return err([toConflict(ops, applied.error)]);
  if (applied.value.patch.entries.length > 0) return ok(renamed);
  const said = describeDiff(diffWorkflows(base, changed.value.document, catalog)).join('; ');
  return err([{ what: 'The whole change', ours: said, theirs: 'It is so already' }]);
}

/** Where a new node is put depends on what else is there; it stays where it was shown. */
function keepPlaces(
  ops: readonly Op[],
  document: WorkflowDocument,
  catalog: NodeCatalog,
): readonly Op[] {
  const view = viewWorkflow(document, catalog);
  return ops.map((op) => {
    if (op.op !== 'add_node' || op.position !== undefined) return op;
    const position = view.node(op.nodeId)?.position;
    return position === undefined ? op : { ...op, position: [position[0], position[1]] };
  });
}

function toConflict(ops: readonly Op[], error: AppError): Conflict {
  const count = `${String(ops.length)} ${ops.length === 1 ? 'edit' : 'edits'}`;
  return { what: 'The change as a whole', ours: count, theirs: oneLine(error) };
}
