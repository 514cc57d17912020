import { type Result, ok } from '../../../base/result.ts';
import { type AppError } from '../../../contract/errors.ts';
import { type Op } from '../../../contract/workflow.schema.ts';
import { type Consumer, type Draft } from '../draft/draft.ts';
import { type LinkSource, type NodeView } from '../view.ts';
import { canConnect } from './link-types.ts';
import { resolveInput } from './resolve.ts';

/**
 * Takes a node out with its links; with `reconnect`, what it fed is joined to what fed it, by the rule
 * by which a bypassed node passes things through. `op/unknown-node`.
 */
export function deleteNode(
  draft: Draft,
  op: Extract<Op, { op: 'delete_node' }>,
): Result<void, AppError> {
  const found = draft.find(op.nodeId);
  if (!found.ok) return found;
  const joins =
    op.reconnect === true
      ? draft.consumers(op.nodeId).flatMap((consumer) => joinAround(draft, found.value, consumer))
      : [];
  draft.remove(op.nodeId);
  for (const { source, target } of joins) {
    const linked = draft.link(source, target);
    if (!linked.ok) return linked;
  }
  return ok(undefined);
}

type Join = {
  readonly source: LinkSource;
  readonly target: Parameters<Draft['link']>[1];
};

function joinAround(draft: Draft, node: NodeView, consumer: Consumer): readonly Join[] {
  const found = draft.find(consumer.nodeId);
  const target = found.ok ? resolveInput(found.value, consumer.input) : undefined;
  if (target?.ok !== true) return [];
  const source = passThrough(node, consumer.output, target.value.type);
  // A subgraph's own inputs have no node that a link could be drawn from.
  if (source === undefined || !draft.find(source.nodeId).ok) return [];
  return [{ source, target: target.value }];
}

/**
 * Which of a node's inputs an output stands for when the node is passed by: the input at its index when
 * the types fit, else the first of the same type, else the first that fits.
 */
function passThrough(node: NodeView, output: number, wanted: string): LinkSource | undefined {
  const offered = node.outputs[output]?.type ?? '*';
  const fits = (type: string): boolean => canConnect(type, offered) && canConnect(type, wanted);
  const sockets = node.inputs.filter((input) => input.spec?.isWidget !== true);
  const atIndex = sockets[output];
  const chosen =
    atIndex !== undefined && fits(atIndex.type)
      ? atIndex
      : (sockets.find((input) => input.type === wanted) ??
        sockets.find((input) => fits(input.type)));
  return chosen?.link;
}
