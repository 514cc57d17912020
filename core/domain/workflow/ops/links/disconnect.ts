import { type Result, err, ok } from '../../../../base/result.ts';
import { type AppError, appError } from '../../../../contract/errors.ts';
import { type Op } from '../../../../contract/workflow.schema.ts';
import { type Draft } from '../../draft/draft.ts';
import { resolveInput } from '../resolve.ts';

/** Takes the link off an input; a setting has its own value again. `op/unknown-input`, `op/not-linked`. */
export function disconnect(
  draft: Draft,
  op: Extract<Op, { op: 'disconnect' }>,
): Result<void, AppError> {
  const found = draft.find(op.nodeId);
  if (!found.ok) return found;
  const target = resolveInput(found.value, op.input);
  if (!target.ok) return target;
  if (found.value.inputs.find((input) => input.name === op.input)?.link === undefined) {
    const { nodeId, input } = op;
    return err(appError('op/not-linked', { nodeId, nodeTitle: found.value.title, input }));
  }
  draft.unlink(op.nodeId, op.input);
  return ok(undefined);
}
