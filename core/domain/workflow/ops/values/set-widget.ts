import { type JsonValue } from '../../../../base/json.ts';
import { type Result, err } from '../../../../base/result.ts';
import { type AppError, appError } from '../../../../contract/errors.ts';
import { type Op } from '../../../../contract/workflow.schema.ts';
import { type Draft } from '../../draft/draft.ts';
import { CONTROL_WIDGET } from '../../draft/widget-control.ts';
import { type NodeView } from '../../view/view.ts';
import { resolveValue, settingSpec } from '../resolve.ts';

/**
 * Sets a setting by name. `op/unknown-widget`, `op/invalid-value`; `op/read-only` when a link feeds it or
 * the file does not name its values.
 */
export function setWidget(
  draft: Draft,
  op: Extract<Op, { op: 'set_widget' }>,
): Result<void, AppError> {
  const found = draft.find(op.nodeId);
  if (!found.ok) return found;
  const node = found.value;
  // An op without a value and without a formula was never parsed; it is refused like any wrong value.
  const wanted = op.value ?? null;
  if (op.widget === CONTROL_WIDGET) return setControl(draft, node, wanted);
  const widget = node.widgets.find((each) => each.name === op.widget);
  const source = node.inputs.find((input) => input.name === op.widget)?.link;
  if (source !== undefined) {
    const feeder = draft.find(source.nodeId);
    const title = feeder.ok ? feeder.value.title : 'another node';
    return err(
      appError('op/read-only', {
        nodeId: op.nodeId,
        reason: `${op.widget} on ${node.title} comes from ${title}; change it there, or disconnect it first`,
      }),
    );
  }
  const spec = settingSpec(node, op.widget);
  if (widget === undefined && spec === undefined) return err(unknownWidget(node, op.widget));
  if (spec === undefined) return draft.setWidget(op.nodeId, op.widget, wanted);
  const value = resolveValue(node, spec, wanted);
  return value.ok ? draft.setWidget(op.nodeId, op.widget, value.value) : value;
}

/** The page names a subgraph by the id of its definition. */
const SUBGRAPH_TYPE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const CONTROLS = ['fixed', 'increment', 'decrement', 'randomize'];

/** What the page does with a seed after each run is kept in the file only, not sent to the server. */
function setControl(draft: Draft, node: NodeView, value: JsonValue): Result<void, AppError> {
  if (draft.format === 'api' || !node.widgets.some((widget) => widget.spec?.hasControl === true)) {
    return err(unknownWidget(node, CONTROL_WIDGET));
  }
  if (typeof value !== 'string' || !CONTROLS.includes(value)) {
    return err(
      appError('op/invalid-value', {
        nodeId: node.id,
        nodeTitle: node.title,
        widget: CONTROL_WIDGET,
        value,
        expected: 'one of 4 choices',
        allowed: CONTROLS,
      }),
    );
  }
  return draft.setWidget(node.id, CONTROL_WIDGET, value);
}

function unknownWidget(node: NodeView, widget: string): AppError {
  const isSubgraph = SUBGRAPH_TYPE.test(node.classType);
  if (node.nodeClass === undefined && node.widgets.length === 0 && !isSubgraph) {
    return appError('op/read-only', {
      nodeId: node.id,
      reason: `ComfyUI does not have the node ${node.classType} here, and the file does not name its settings`,
    });
  }
  return appError('op/unknown-widget', {
    nodeId: node.id,
    nodeTitle: node.title,
    widget,
    known: node.widgets.map((each) => each.name),
  });
}
