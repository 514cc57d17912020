import { type Result } from '../../../../base/result.ts';
import { type AppError } from '../../../../contract/errors.ts';
import { type Op } from '../../../../contract/workflow.schema.ts';
import { type Draft } from '../../draft/draft.ts';

/** Switches a node on, mutes it (it does not run, nor does what it feeds) or bypasses it (it passes things through). `op/unknown-node`, `op/read-only`. */
export function setMode(draft: Draft, op: Extract<Op, { op: 'set_mode' }>): Result<void, AppError> {
  const found = draft.find(op.nodeId);
  return found.ok ? draft.setMode(op.nodeId, op.mode) : found;
}
