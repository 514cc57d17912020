import {
  type JsonObject,
  type JsonValue,
  isJsonArray,
  isJsonObject,
  jsonEquals,
} from '../../../base/json.ts';
import type { NodeClass } from '../catalog.ts';
import { defaultValueOf } from '../create-catalog.ts';
import { fitsExactly, isControlValue, mapPositions } from './map-positions.ts';
import { mapOwnSockets } from './own-sockets.ts';
import type { StoredWidget, StoredWidgets } from './stored-widget.ts';
import { type LayoutEntry, widgetLayout } from './widget-layout.ts';

/**
 * Names the settings of a save-format node. `widgets_values` is an array in the page's own order, or
 * an object by name; `widgets_values_named`, where a file has it, is the better witness.
 */
export function storedWidgets(node: JsonObject, nodeClass: NodeClass | undefined): StoredWidgets {
  const stored = node['widgets_values'];
  const named = node['widgets_values_named'];
  const base = isJsonObject(stored)
    ? fromNames(stored, nodeClass)
    : fromArray(node, isJsonArray(stored) ? stored : [], nodeClass);
  return isJsonObject(named) ? withNamed(base, named, nodeClass) : base;
}

/**
 * True when a node's stored values are exactly the ones of a layout, by the same index: nothing missing, odd
 * or stored by name.
 */
export function storesExactly(node: JsonObject, layout: readonly LayoutEntry[]): boolean {
  if (isJsonObject(node['widgets_values_named'])) return false;
  const values = node['widgets_values'];
  return isJsonArray(values)
    ? fitsExactly(layout, values)
    : layout.length === 0 && !isJsonObject(values);
}

/** Keys that packs store for their own drawing and never send. */
const PAGE_ONLY_NAMES =
  /^(videopreview|control_after_generate|control_filter_list|upload|audioUI|choose .* to upload|\$\$.*)$/;

function fromArray(
  node: JsonObject,
  values: readonly JsonValue[],
  nodeClass: NodeClass | undefined,
): StoredWidgets {
  if (nodeClass === undefined) return mapOwnSockets(node, values);
  return mapPositions(nodeClass, widgetLayout(nodeClass), values);
}

function fromNames(stored: JsonObject, nodeClass: NodeClass | undefined): StoredWidgets {
  const widgets: StoredWidget[] = [];
  const taken = new Set<string>();
  for (const spec of nodeClass?.inputs ?? []) {
    taken.add(spec.name);
    if (!spec.isWidget) continue;
    const value = Object.hasOwn(stored, spec.name) ? stored[spec.name] : undefined;
    widgets.push({
      name: spec.name,
      value: value ?? defaultValueOf(spec),
      spec,
      ...(value === undefined ? {} : { place: spec.name }),
    });
  }
  // Some packs draw settings that the server does not list, and send them.
  for (const [name, value] of Object.entries(stored)) {
    if (!taken.has(name) && !PAGE_ONLY_NAMES.test(name)) widgets.push({ name, value, place: name });
  }
  return { widgets, doubts: [] };
}

function withNamed(
  base: StoredWidgets,
  named: JsonObject,
  nodeClass: NodeClass | undefined,
): StoredWidgets {
  const doubts = [...base.doubts];
  const widgets = base.widgets.map((widget) => {
    const value = Object.hasOwn(named, widget.name) ? named[widget.name] : undefined;
    if (value === undefined || jsonEquals(value, widget.value)) return widget;
    if (widget.place !== undefined) {
      doubts.push(`the file holds two values for ${widget.name}; the one stored by name was used`);
    }
    return { ...widget, value };
  });
  if (nodeClass === undefined) {
    const known = new Set(widgets.map((widget) => widget.name));
    for (const [name, value] of Object.entries(named)) {
      if (known.has(name) || PAGE_ONLY_NAMES.test(name) || isControlValue(value)) continue;
      widgets.push({ name, value });
    }
  }
  return { widgets, doubts };
}
