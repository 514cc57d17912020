import type { JsonValue } from '../../../../base/json.ts';
import { type IdKey, toIdKey } from '../../view/id-key.ts';
import { promotedWidgets } from '../../widgets/promoted-widgets.ts';
import { storedWidgets } from '../../widgets/stored-widgets.ts';
import type { Scope } from '../graph/scope.ts';
import { FROM_OUTSIDE } from '../graph/wires.ts';

/**
 * The value of the inner setting that a subgraph's input is shown for, which the page hands to every inner
 * input on the same wire when the instance holds none. Undefined when the link is not from such an input.
 */
export function shownValue(
  { graph, overrides, parent }: Scope,
  linkId: IdKey,
): JsonValue | undefined {
  const wire = graph.wires.get(linkId);
  if (parent === undefined || wire?.origin !== FROM_OUTSIDE) return undefined;
  const shown = promotedWidgets(parent.instance.json, graph.definition);
  const source = shown.find(({ inputIndex }) => inputIndex === wire.originSlot)?.source;
  const node = graph.nodes.get(toIdKey(source?.nodeId) ?? '');
  if (source === undefined || node === undefined) return undefined;
  const { widgets } = storedWidgets(node.json, node.nodeClass);
  const own = overrides.get(node.id)?.get(source.widget);
  return own ?? widgets.find(({ name }) => name === source.widget)?.value;
}
