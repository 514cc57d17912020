import { type Result, err, ok } from '../../../../base/result.ts';
import { type AppError, appError } from '../../../../contract/errors.ts';
import { type Op } from '../../../../contract/workflow.schema.ts';
import { type Draft } from '../../draft/draft.ts';
import { type NodeView } from '../../view/view.ts';
import { canConnect } from './link-types.ts';
import { resolveInput, resolveOutput } from '../resolve.ts';

/**
 * Links an output to an input, in place of the link that ends there; a setting becomes an input.
 * `op/unknown-output`, `op/unknown-input`, `op/type-mismatch`, `op/makes-cycle`.
 */
export function connect(draft: Draft, op: Extract<Op, { op: 'connect' }>): Result<void, AppError> {
  const from = draft.find(op.from.nodeId);
  if (!from.ok) return from;
  const to = draft.find(op.to.nodeId);
  if (!to.ok) return to;
  const source = resolveOutput(from.value, op.from.output);
  if (!source.ok) return source;
  const target = resolveInput(to.value, op.to.input);
  if (!target.ok) return target;
  if (!canConnect(source.value.type, target.value.type)) {
    return err(
      appError('op/type-mismatch', {
        from: source.value.type,
        to: target.value.type,
        output: `${source.value.name} of ${from.value.title}`,
        input: `${op.to.input} of ${to.value.title}`,
      }),
    );
  }
  const { nodeId, output } = source.value;
  const current = to.value.inputs.find((input) => input.name === op.to.input)?.link;
  if (current?.nodeId === nodeId && current.output === output) return ok(undefined);
  if (feeds(draft, to.value, from.value)) {
    return err(appError('op/makes-cycle', { from: from.value.title, to: to.value.title }));
  }
  return draft.link({ nodeId, output }, target.value);
}

/** True when the first node is the second, or reaches it along the links. */
function feeds(draft: Draft, first: NodeView, second: NodeView): boolean {
  const reached = new Set([first.id]);
  // A set also goes through what is added to it on the way.
  for (const id of reached) {
    for (const { nodeId } of draft.consumers(id)) reached.add(nodeId);
  }
  return reached.has(second.id);
}
