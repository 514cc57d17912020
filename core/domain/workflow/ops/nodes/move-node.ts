import { type Result } from '../../../../base/result.ts';
import { type AppError } from '../../../../contract/errors.ts';
import { type Op } from '../../../../contract/workflow.schema.ts';
import { type Draft } from '../../draft/draft.ts';

/** Moves a node on the canvas. `op/unknown-node`, `op/read-only`. */
export function moveNode(
  draft: Draft,
  op: Extract<Op, { op: 'move_node' }>,
): Result<void, AppError> {
  const found = draft.find(op.nodeId);
  return found.ok ? draft.setPosition(op.nodeId, op.position) : found;
}
