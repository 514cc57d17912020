import { type JsonObject, jsonEquals } from '../../../base/json.ts';
import { type DiffEntry } from '../../../contract/workflow.schema.ts';
import { type NodeCatalog } from '../catalog.ts';
import { CONTROL_WIDGET, controlValue } from '../draft/widget-control.ts';
import { storedNodes, toIdText } from '../reading/graph-format.ts';
import { isSameJson } from '../patch/same-json.ts';

/** Seeds that the page now keeps, raises or rolls after each run, where it did something else before. */
export function diffControls(
  before: JsonObject,
  after: JsonObject,
  catalog: NodeCatalog,
): readonly DiffEntry[] {
  const old = new Map(storedNodes(before).map((node) => [toIdText(node['id']), node]));
  return storedNodes(after).flatMap((node): readonly DiffEntry[] => {
    const nodeId = toIdText(node['id']) ?? '';
    const previous = old.get(nodeId);
    if (previous === undefined || previous['type'] !== node['type']) return [];
    if (isSameJson(previous['widgets_values'], node['widgets_values'])) return [];
    const nodeClass = typeof node['type'] === 'string' ? catalog.get(node['type']) : undefined;
    const from = controlValue(previous, nodeClass);
    const to = controlValue(node, nodeClass);
    if (from === undefined || to === undefined || jsonEquals(from, to)) return [];
    const own = node['title'];
    const nodeTitle =
      typeof own === 'string' && own !== '' ? own : (nodeClass?.displayName ?? nodeId);
    return [{ kind: 'widget-changed', nodeId, nodeTitle, widget: CONTROL_WIDGET, from, to }];
  });
}
