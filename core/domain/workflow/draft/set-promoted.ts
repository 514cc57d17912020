import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import { type Result, err, ok } from '../../../base/result.ts';
import { type AppError, appError } from '../../../contract/errors.ts';
import { type NodeCatalog } from '../catalog.ts';
import { viewGraph } from '../view/view-graph.ts';
import { promotedWidgets } from '../widgets/promoted-widgets.ts';
import { type GraphScopes } from './graph-scopes.ts';
import { withWidgetValue } from './widget-values.ts';

/** A subgraph instance, and where it stands. */
export interface Instance {
  readonly nodeId: string;
  readonly node: JsonObject;
  readonly definition: JsonObject;
  readonly scopes: GraphScopes;
  readonly catalog: NodeCatalog;
}

/**
 * Sets a setting that a subgraph shows on its outside: on the instance, whose value wins; for the older
 * kind, which keeps its value on the inner node, there (`op/read-only` when the subgraph is shared).
 */
export function setPromotedWidget(
  instance: Instance,
  name: string,
  value: JsonValue,
): Result<void, AppError> {
  const { nodeId, node, definition, scopes, catalog } = instance;
  const promoted = promotedWidgets(node, definition);
  const index = promoted.findIndex((widget) => widget.name === name);
  const widget = promoted[index];
  const here = scopes.locate(nodeId);
  if (!here.ok) return here;
  if (widget === undefined) {
    return err(
      appError('op/read-only', { nodeId, reason: 'the subgraph does not show this setting' }),
    );
  }
  const stored = node['widgets_values'];
  const cells = isJsonArray(stored) ? stored : [];
  let next: readonly JsonValue[] | undefined;
  if (widget.place !== undefined) next = cells.with(widget.place, value);
  else if (promoted.every((each) => each.inputIndex !== undefined)) {
    const settings = viewGraph({ nodes: [node] }, catalog, scopes.definitions()).nodes[0]?.widgets;
    next = (settings ?? []).map((setting) => setting.value).with(index, value);
  }
  if (next !== undefined) {
    const named = node['widgets_values_named'];
    here.value.scope.setNode(here.value.localId, {
      ...node,
      widgets_values: next,
      ...(isJsonObject(named) ? { widgets_values_named: { ...named, [name]: value } } : {}),
    });
    return ok(undefined);
  }
  return widget.source === undefined
    ? err(lost(nodeId))
    : setInside(instance, widget.source, value);
}

function setInside(
  { nodeId, scopes, catalog }: Instance,
  source: { readonly nodeId: string; readonly widget: string },
  value: JsonValue,
): Result<void, AppError> {
  const inner = scopes.locate(`${nodeId}:${source.nodeId}`);
  if (!inner.ok) return inner;
  const { scope, localId } = inner.value;
  const node = scope.nodes.get(localId);
  const type = node?.['type'];
  const nodeClass = typeof type === 'string' ? catalog.get(type) : undefined;
  const next = node && withWidgetValue(node, nodeClass, source.widget, value);
  if (next === undefined) return err(lost(nodeId));
  scope.setNode(localId, next);
  return ok(undefined);
}

function lost(nodeId: string): AppError {
  return appError('op/read-only', {
    nodeId,
    reason: 'the node inside the subgraph that holds this setting could not be found',
  });
}
