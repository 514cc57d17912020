import { type Result, ok } from '../../../../base/result.ts';
import { type AppError } from '../../../../contract/errors.ts';
import { type Op } from '../../../../contract/workflow.schema.ts';
import { type Consumer, type Draft } from '../../draft/draft.ts';
import { bypassSlot } from '../../payload/graph/slots.ts';
import { type LinkSource, type NodeView } from '../../view/view.ts';
import { findInput, typeOfOutput } from '../resolve.ts';

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
  const target = findInput(draft, consumer.nodeId, consumer.input);
  if (!target.ok) return [];
  const source = passThrough(node, consumer.output, target.value.type);
  // A subgraph's own inputs have no node that a link could be drawn from.
  if (source === undefined || !draft.find(source.nodeId).ok) return [];
  return [{ source, target: target.value }];
}

/** What feeds the input that stands in for an output when the node is passed by. */
function passThrough(node: NodeView, output: number, wanted: string): LinkSource | undefined {
  const inputs = node.inputs.map(({ name, type, spec }) => {
    return { name, type, isWidget: spec?.isWidget === true };
  });
  const settings = node.widgets.flatMap((widget) => widget.spec ?? []);
  // Sockets come before settings, as the page has them.
  const slots = [...inputs.filter((input) => !input.isWidget), ...settings];
  const index = bypassSlot(slots, output, typeOfOutput(node, output), wanted);
  return node.inputs.find((input) => input.name === slots[index]?.name)?.link;
}
