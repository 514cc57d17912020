import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import {
  objectsIn,
  storedInputs,
  storedLinks,
  storedNodes,
  toIdText,
} from '../view/graph-format.ts';
import { isControlValue } from './map-positions.ts';

/** A setting that a subgraph shows on its outside. */
export interface PromotedWidget {
  /** What it is called on the instance. */
  readonly name: string;
  /** The subgraph input that carries it, by index; absent for the older kind that names a node instead. */
  readonly inputIndex?: number;
  /** The inner node and setting it stands for. */
  readonly source?: { readonly nodeId: string; readonly widget: string };
  /** The instance's own value; absent when the instance has none and the inner node's holds. */
  readonly value?: JsonValue;
  /** Index in the instance's `widgets_values`. */
  readonly place?: number;
}

/** The id under which links inside a definition start at the subgraph's own inputs. */
export const SUBGRAPH_INPUT_ID = '-10';
/** The id under which links inside a definition end at the subgraph's own outputs. */
export const SUBGRAPH_OUTPUT_ID = '-20';

/**
 * The settings that an instance of a subgraph shows: linked inputs in input order, or, in files of the
 * years between, the list in `properties.proxyWidgets`.
 */
export function promotedWidgets(
  instance: JsonObject,
  definition: JsonObject,
): readonly PromotedWidget[] {
  const linked = linkedInputs(definition);
  const proxies = readProxies(instance, linked);
  const shown = proxies ?? linked;
  const places = valuePlaces(instance, shown.length);
  const values = isJsonArray(instance['widgets_values']) ? instance['widgets_values'] : [];
  return shown.map((widget, index) => {
    const place = places[index];
    const value = place === undefined ? undefined : values[place];
    return place === undefined || value === undefined || value === null
      ? widget
      : { ...widget, value, place };
  });
}

/** The definition's inputs that lead to a setting of an inner node; looked for once for all instances. */
function linkedInputs(definition: JsonObject): readonly PromotedWidget[] {
  const known = linkedOf.get(definition);
  if (known !== undefined) return known;
  const found = findLinkedInputs(definition);
  linkedOf.set(definition, found);
  return found;
}

// Keyed by immutable values, so that it can only save time.
const linkedOf = new WeakMap<JsonObject, readonly PromotedWidget[]>();

function findLinkedInputs(definition: JsonObject): readonly PromotedWidget[] {
  const links = storedLinks(definition);
  const targets = new Map<number, { readonly nodeId: string; readonly widget: string }>();
  for (const node of storedNodes(definition)) {
    for (const input of storedInputs(node)) {
      const link = input.linkId === undefined ? undefined : links.get(input.linkId);
      if (link?.originId !== SUBGRAPH_INPUT_ID || input.widgetName === undefined) continue;
      if (!targets.has(link.originSlot)) {
        targets.set(link.originSlot, {
          nodeId: toIdText(node['id']) ?? '',
          widget: input.widgetName,
        });
      }
    }
  }
  return objectsIn(definition['inputs']).flatMap((input, inputIndex) => {
    const source = targets.get(inputIndex);
    if (source === undefined) return [];
    const name = typeof input['name'] === 'string' ? input['name'] : source.widget;
    return [{ name, inputIndex, source }];
  });
}

function readProxies(
  instance: JsonObject,
  linked: readonly PromotedWidget[],
): readonly PromotedWidget[] | undefined {
  const properties = instance['properties'];
  const list = isJsonObject(properties) ? properties['proxyWidgets'] : undefined;
  if (!isJsonArray(list) || list.length === 0) return undefined;
  const proxies: PromotedWidget[] = [];
  for (const entry of list) {
    if (!isJsonArray(entry)) continue;
    const nodeId = toIdText(entry[0]);
    const widget = entry[1];
    // Names that start with $$ show a preview and carry no value.
    if (nodeId === undefined || typeof widget !== 'string' || widget.startsWith('$$')) continue;
    const own = nodeId === '-1' ? linked.find((input) => input.name === widget) : undefined;
    if (own !== undefined) proxies.push(own);
    else if (nodeId !== '-1') proxies.push({ name: widget, source: { nodeId, widget } });
  }
  const listed = new Set(proxies);
  return [...linked.filter((input) => !listed.has(input)), ...proxies];
}

/** Where each setting's value stands; old instances have a control value behind each seed. */
function valuePlaces(instance: JsonObject, count: number): readonly number[] {
  const stored = instance['widgets_values'];
  if (!isJsonArray(stored)) return [];
  const all = stored.map((_, index) => index);
  if (stored.length <= count) return all;
  const withoutControls = all.filter((index) => !isControlValue(stored[index]));
  return withoutControls.length >= count ? withoutControls : all;
}
