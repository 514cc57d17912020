import { type Result, ok } from '../../../../base/result.ts';
import { type AppError } from '../../../../contract/errors.ts';
import { type Op } from '../../../../contract/workflow.schema.ts';
import { type Draft } from '../../draft/draft.ts';
import { placeNode } from './place-node.ts';
import { resolveClass, resolveValues } from '../resolve.ts';

/**
 * Adds a node as the page would draw it, with defaults for every setting that is not given.
 * `op/duplicate-node`, `op/unknown-class`, `op/unknown-widget`, `op/invalid-value`.
 */
export function addNode(
  draft: Draft,
  op: Extract<Op, { op: 'add_node' }>,
  ops: readonly Op[],
): Result<void, AppError> {
  const vacant = draft.checkVacant(op.nodeId);
  if (!vacant.ok) return vacant;
  const nodeClass = resolveClass(draft, op.classType);
  if (!nodeClass.ok) return nodeClass;
  const title = op.title ?? nodeClass.value.displayName;
  const values = resolveValues({ id: op.nodeId, title }, nodeClass.value, op.widgets ?? {});
  if (!values.ok) return values;
  draft.add({
    id: op.nodeId,
    nodeClass: nodeClass.value,
    ...(op.title === undefined ? {} : { title: op.title }),
    position: op.position ?? placeNode(draft, op.nodeId, nodeClass.value, ops),
    values: values.value,
  });
  return ok(undefined);
}
