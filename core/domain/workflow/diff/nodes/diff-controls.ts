import { jsonEquals } from '../../../../base/json.ts';
import { type DiffEntry } from '../../../../contract/workflow.schema.ts';
import { CONTROL_WIDGET, controlValue } from '../../draft/widget-control.ts';
import { type Part } from './part.ts';

/** Seeds that the page now keeps, raises or rolls after each run, where it did something else before. */
export function diffControls(before: Part, after: Part): readonly DiffEntry[] {
  return [...after.nodes].flatMap(([nodeId, node]): readonly DiffEntry[] => {
    const previous = before.nodes.get(nodeId);
    if (previous === undefined || previous['type'] !== node['type']) return [];
    const shown = after.view.node(nodeId);
    const from = controlValue(previous, shown?.nodeClass);
    const to = controlValue(node, shown?.nodeClass);
    if (from === undefined || to === undefined || jsonEquals(from, to)) return [];
    const nodeTitle = shown?.title ?? nodeId;
    return [{ kind: 'widget-changed', nodeId, nodeTitle, widget: CONTROL_WIDGET, from, to }];
  });
}
