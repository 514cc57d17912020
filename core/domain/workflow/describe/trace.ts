import type { JsonValue } from '../../../base/json.ts';
import type { InputView, NodeView, WorkflowView } from '../view/view.ts';

/** A node and everything that feeds it, nearest first, each once; only along inputs that `follow` allows. */
export function upstreamOf(
  view: WorkflowView,
  start: NodeView,
  follow: (node: NodeView, input: InputView) => boolean,
): readonly NodeView[] {
  const seen = new Set([start.id]);
  const found = [start];
  for (const node of found) {
    for (const input of node.inputs) {
      const source = input.link === undefined ? undefined : view.node(input.link.nodeId);
      if (source === undefined || seen.has(source.id) || !follow(node, input)) continue;
      seen.add(source.id);
      found.push(source);
    }
  }
  return found;
}

/** The value of a setting, looking through a link to the page's own value node. */
export function settingValue(
  view: WorkflowView,
  node: NodeView,
  name: string,
): JsonValue | undefined {
  const link = node.inputs.find((input) => input.name === name)?.link;
  const source = link === undefined ? undefined : view.node(link.nodeId);
  if (source !== undefined) {
    return source.widgets.find((widget) => widget.name === 'value')?.value;
  }
  return node.widgets.find((widget) => widget.name === name)?.value;
}

/** The longest way from something loaded to this node, as nodes in running order. */
export function mainPath(view: WorkflowView, end: NodeView): readonly NodeView[] {
  const path = [end];
  const seen = new Set([end.id]);
  let at = feeder(view, end);
  while (at !== undefined && !seen.has(at.id)) {
    seen.add(at.id);
    if (!at.isVirtual) path.unshift(at);
    at = feeder(view, at);
  }
  return path;
}

/** What flows through a node: picture or latent before model, because that is the work itself. */
const MAIN_TYPES = ['IMAGE', 'LATENT', 'GUIDER', 'CONDITIONING', 'MODEL', 'CLIP'];

function feeder(view: WorkflowView, node: NodeView): NodeView | undefined {
  const linked = node.inputs.filter((input) => input.link !== undefined);
  // A sampler's empty latent tells less than the text that steers it.
  const steering = linked.find((input) => input.name === 'positive' || input.name === 'guider');
  const byType = MAIN_TYPES.map((type) => linked.find((input) => input.type === type));
  const input = steering ?? byType.find((candidate) => candidate !== undefined) ?? linked[0];
  return input?.link === undefined ? undefined : view.node(input.link.nodeId);
}
