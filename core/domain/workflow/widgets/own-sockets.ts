import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { storedInputs } from '../view/graph-format.ts';
import { isControlValue } from './map-positions.ts';
import type { StoredWidget, StoredWidgets } from './stored-widget.ts';

/**
 * Names the settings of a node whose class nobody knows by the setting sockets that newer pages save with
 * it. Only when there is exactly one socket for each value; otherwise no name is guessed.
 */
export function mapOwnSockets(node: JsonObject, values: readonly JsonValue[]): StoredWidgets {
  const names = storedInputs(node).flatMap(({ widgetName }) => widgetName ?? []);
  const widgets: StoredWidget[] = [];
  let at = 0;
  for (const name of names) {
    const value = values[at];
    if (value === undefined) return unnamed(values);
    const hasControl = isControlValue(values[at + 1]) && typeof value !== 'string';
    widgets.push({ name, value, place: at, ...(hasControl ? { controlPlace: at + 1 } : {}) });
    at += hasControl ? 2 : 1;
  }
  return at === values.length ? { widgets, doubts: [] } : unnamed(values);
}

function unnamed(values: readonly JsonValue[]): StoredWidgets {
  if (values.length === 0) return { widgets: [], doubts: [] };
  return { widgets: [], doubts: ['its settings have no names in the file'] };
}
