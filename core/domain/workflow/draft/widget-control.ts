import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import { type NodeClass } from '../catalog.ts';
import { storedWidgets } from '../widgets/stored-widgets.ts';

/** The name under which artists and ops reach the value that the page keeps behind a seed. */
export const CONTROL_WIDGET = 'control_after_generate';

/** What the page does with the first seed of a saved node after each run; undefined when it has none. */
export function controlValue(
  node: JsonObject,
  nodeClass: NodeClass | undefined,
): JsonValue | undefined {
  const place = controlPlace(node, nodeClass);
  const cells = node['widgets_values'];
  return place === undefined || !isJsonArray(cells) ? undefined : cells[place];
}

/** The saved node with another control value; undefined when it stores none. */
export function withControlValue(
  node: JsonObject,
  nodeClass: NodeClass | undefined,
  value: JsonValue,
): JsonObject | undefined {
  const place = controlPlace(node, nodeClass);
  const cells = node['widgets_values'];
  if (place === undefined || !isJsonArray(cells)) return undefined;
  const named = node['widgets_values_named'];
  return {
    ...node,
    widgets_values: cells.with(place, value),
    ...(isJsonObject(named) && Object.hasOwn(named, CONTROL_WIDGET)
      ? { widgets_values_named: { ...named, [CONTROL_WIDGET]: value } }
      : {}),
  };
}

function controlPlace(node: JsonObject, nodeClass: NodeClass | undefined): number | undefined {
  return storedWidgets(node, nodeClass).widgets.find((widget) => widget.controlPlace !== undefined)
    ?.controlPlace;
}
