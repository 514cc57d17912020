import { type Result, assertNever, ok } from '../../../base/result.ts';
import { type AppError } from '../../../contract/errors.ts';
import { type DocumentPatch, type Op } from '../../../contract/workflow.schema.ts';
import { type NodeCatalog } from '../catalog.ts';
import { type WorkflowDocument } from '../document.ts';
import { createApiDraft } from '../draft/api-draft.ts';
import { type Draft } from '../draft/draft.ts';
import { createGraphDraft } from '../draft/graph-draft.ts';
import { addNode } from './nodes/add-node.ts';
import { connect } from './links/connect.ts';
import { deleteNode } from './nodes/delete-node.ts';
import { disconnect } from './links/disconnect.ts';
import { moveNode } from './nodes/move-node.ts';
import { replaceNode } from './nodes/replace-node.ts';
import { setMode } from './nodes/set-mode.ts';
import { setTitle } from './nodes/set-title.ts';
import { setWidget } from './values/set-widget.ts';
import { workOutFormula } from './values/work-out-formula.ts';
import { createPatch } from '../patch/create-patch.ts';

/** What applying ops made. */
export interface AppliedOps {
  readonly document: WorkflowDocument;
  readonly patch: DocumentPatch;
  readonly ops: readonly Op[];
}

/**
 * Applies ops in order, all or none: the first one that cannot be done is the error, and the caller's
 * document is untouched. Nodes that no op touches stay the same objects; a change to what already is
 * gives the same document and an empty patch. `ops` are the given ones with the values that their formulas
 * came to.
 */
export function applyOps(
  document: WorkflowDocument,
  ops: readonly Op[],
  catalog: NodeCatalog,
): Result<AppliedOps, AppError> {
  const draft =
    document.format === 'api'
      ? createApiDraft(document, catalog)
      : createGraphDraft(document, catalog);
  const settled: Op[] = [];
  for (const op of ops) {
    const workedOut = workOutFormula(draft, op);
    if (!workedOut.ok) return workedOut;
    const done = applyOp(draft, workedOut.value, ops);
    if (!done.ok) return done;
    settled.push(workedOut.value);
  }
  const edited = draft.finish();
  const patch = createPatch(document, edited);
  return ok({ document: patch.entries.length === 0 ? document : edited, patch, ops: settled });
}

/** The ops without the values that formulas came to elsewhere, so that these are worked out again. */
export function withoutWorkedOutValues(ops: readonly Op[]): readonly Op[] {
  return ops.map((op) => {
    if (op.op !== 'set_widget' || op.formula === undefined) return op;
    const { op: kind, nodeId, widget, formula } = op;
    return { op: kind, nodeId, widget, formula };
  });
}

function applyOp(draft: Draft, op: Op, ops: readonly Op[]): Result<void, AppError> {
  switch (op.op) {
    case 'set_widget':
      return setWidget(draft, op);
    case 'add_node':
      return addNode(draft, op, ops);
    case 'delete_node':
      return deleteNode(draft, op);
    case 'replace_node':
      return replaceNode(draft, op);
    case 'connect':
      return connect(draft, op);
    case 'disconnect':
      return disconnect(draft, op);
    case 'set_mode':
      return setMode(draft, op);
    case 'set_title':
      return setTitle(draft, op);
    case 'move_node':
      return moveNode(draft, op);
    default:
      return assertNever(op);
  }
}
