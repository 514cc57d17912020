import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import { type InputSpec, type NodeClass } from '../catalog.ts';
import { defaultValueOf } from '../create-catalog.ts';
import { isFrontendOnly } from '../view/frontend-only.ts';
import { type StoredWidget } from '../widgets/stored-widget.ts';
import { storedWidgets } from '../widgets/stored-widgets.ts';
import { CONTROL_WIDGET, withControlValue } from './widget-control.ts';
import { dynamicInputs, widgetEntries, widgetLayout } from '../widgets/widget-layout.ts';

/**
 * A complete `widgets_values` in the page's order: given values, defaults for the rest, the control value
 * behind each seed (the page starts with "randomize"), the upload button.
 */
export function layOutValues(
  nodeClass: NodeClass,
  values: ReadonlyMap<string, JsonValue>,
  controlOf: (seed: string) => JsonValue | undefined = () => undefined,
): readonly JsonValue[] {
  const cells: JsonValue[] = [];
  const queue = [...widgetLayout(nodeClass)].reverse();
  for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
    if (entry.kind === 'control') cells.push(controlOf(entry.of) ?? 'randomize');
    else if (entry.kind === 'filter') cells.push('');
    else if (entry.kind === 'upload') cells.push('image');
    else {
      const value = values.get(entry.spec.name) ?? defaultValueOf(entry.spec);
      cells.push(value);
      for (const inner of dynamicInputs(entry.spec, value).toReversed()) {
        if (inner.isWidget) queue.push(...widgetEntries(inner).toReversed());
      }
    }
  }
  return cells;
}

/** Every setting that a class has with these values, inner ones of dynamic choices included. */
export function settingSpecs(
  nodeClass: NodeClass,
  values: ReadonlyMap<string, JsonValue>,
): readonly InputSpec[] {
  const specs: InputSpec[] = [];
  const queue = nodeClass.inputs.toReversed();
  for (let spec = queue.pop(); spec !== undefined; spec = queue.pop()) {
    specs.push(spec);
    const value = values.get(spec.name) ?? defaultValueOf(spec);
    queue.push(...dynamicInputs(spec, value).toReversed());
  }
  return specs;
}

/**
 * The saved node with one setting changed, in whatever shape it stores its settings; undefined when the
 * file does not say which place the setting has.
 */
export function withWidgetValue(
  node: JsonObject,
  nodeClass: NodeClass | undefined,
  name: string,
  value: JsonValue,
): JsonObject | undefined {
  const type = node['type'];
  if (nodeClass === undefined && typeof type === 'string' && isFrontendOnly(type)) {
    // A note's text and a primitive's value come first, whatever the page calls them.
    const cells = node['widgets_values'];
    return isJsonArray(cells) ? { ...node, widgets_values: cells.with(0, value) } : undefined;
  }
  if (name === CONTROL_WIDGET) return withControlValue(node, nodeClass, value);
  const { widgets } = storedWidgets(node, nodeClass);
  const widget = widgets.find((each) => each.name === name);
  if (widget === undefined) return undefined;
  const stored = storeValue(node, nodeClass, widgets, widget, value);
  if (stored === undefined) return undefined;
  const named = node['widgets_values_named'];
  return {
    ...node,
    widgets_values: stored,
    ...(isJsonObject(named) ? { widgets_values_named: { ...named, [name]: value } } : {}),
  };
}

function storeValue(
  node: JsonObject,
  nodeClass: NodeClass | undefined,
  widgets: readonly StoredWidget[],
  widget: StoredWidget,
  value: JsonValue,
): JsonValue | undefined {
  const stored = node['widgets_values'];
  if (isJsonObject(stored)) return { ...stored, [widget.name]: value };
  const cells = isJsonArray(stored) ? stored : [];
  const movesOthers = widget.spec !== undefined && dynamicInputs(widget.spec, value).length > 0;
  if (typeof widget.place === 'number' && !movesOthers && !brings(widget)) {
    return cells.with(widget.place, value);
  }
  if (nodeClass === undefined) return undefined;
  const values = new Map(widgets.map((each) => [each.name, each.value]));
  const controls = new Map(
    widgets.flatMap(({ name, controlPlace }) => {
      const control = controlPlace === undefined ? undefined : cells[controlPlace];
      return control === undefined ? [] : [[name, control] as const];
    }),
  );
  return layOutValues(nodeClass, values.set(widget.name, value), (seed) => controls.get(seed));
}

/** True when the value that a dynamic choice has now brought settings of its own. */
function brings(widget: StoredWidget): boolean {
  return widget.spec !== undefined && dynamicInputs(widget.spec, widget.value).length > 0;
}
