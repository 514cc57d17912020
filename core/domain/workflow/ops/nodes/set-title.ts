import { type Result } from '../../../../base/result.ts';
import { type AppError } from '../../../../contract/errors.ts';
import { type Op } from '../../../../contract/workflow.schema.ts';
import { type Draft } from '../../draft/draft.ts';

/** Renames a node; the empty text gives it its class's name again. `op/unknown-node`, `op/read-only`. */
export function setTitle(
  draft: Draft,
  op: Extract<Op, { op: 'set_title' }>,
): Result<void, AppError> {
  const found = draft.find(op.nodeId);
  return found.ok ? draft.setTitle(op.nodeId, op.title) : found;
}
