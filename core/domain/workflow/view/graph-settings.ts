import { type JsonObject, type JsonValue, isJsonArray } from '../../../base/json.ts';
import type { InputSpec, NodeCatalog, NodeClass } from '../catalog.ts';
import { storedNodes, toIdText } from './graph-format.ts';
import { isFrontendOnly } from './frontend-only.ts';
import { promotedWidgets } from '../widgets/promoted-widgets.ts';
import { storedWidgets } from '../widgets/stored-widgets.ts';

/** One setting of a saved node as the artist sees it. */
export interface SettingView {
  readonly name: string;
  readonly value: JsonValue;
  readonly spec?: InputSpec;
}

/** The settings of a saved node: its own, or those that its subgraph shows on the outside. */
export function graphSettings(
  node: JsonObject,
  nodeClass: NodeClass | undefined,
  definition: JsonObject | undefined,
  catalog: NodeCatalog,
  subgraphs: ReadonlyMap<string, JsonObject>,
): readonly SettingView[] {
  if (definition !== undefined && nodeClass === undefined) {
    return outsideSettings(node, definition, { catalog, subgraphs, open: new Set() });
  }
  const type = node['type'];
  if (nodeClass === undefined && typeof type === 'string' && isFrontendOnly(type)) {
    return pageNodeSettings(type, node['widgets_values']);
  }
  return storedWidgets(node, nodeClass).widgets;
}

interface Around {
  readonly catalog: NodeCatalog;
  readonly subgraphs: ReadonlyMap<string, JsonObject>;
  /** Definitions that we are inside of; one that contains itself has no end. */
  readonly open: ReadonlySet<JsonObject>;
}

/** What a note says and what a primitive holds have no names in the file; these are the page's. */
function pageNodeSettings(type: string, values: JsonValue | undefined): readonly SettingView[] {
  const first = isJsonArray(values) ? values[0] : undefined;
  if (first === undefined) return [];
  const name = PAGE_SETTING_NAMES.get(type);
  return name === undefined ? [] : [{ name, value: first }];
}

const PAGE_SETTING_NAMES: ReadonlyMap<string, string> = new Map([
  ['Note', 'text'],
  ['MarkdownNote', 'text'],
  ['PrimitiveNode', 'value'],
  ['GetNode', 'Constant'],
  ['SetNode', 'Constant'],
]);

function outsideSettings(
  instance: JsonObject,
  definition: JsonObject,
  around: Around,
): readonly SettingView[] {
  if (around.open.has(definition)) return [];
  const inside: Around = { ...around, open: new Set([...around.open, definition]) };
  const inner = new Map(storedNodes(definition).map((node) => [toIdText(node['id']), node]));
  const read = new Map<JsonObject, readonly SettingView[]>();
  return promotedWidgets(instance, definition).map((widget) => {
    const node = widget.source === undefined ? undefined : inner.get(widget.source.nodeId);
    const settings = node === undefined ? [] : (read.get(node) ?? innerSettings(node, inside));
    if (node !== undefined) read.set(node, settings);
    const source = settings.find((setting) => setting.name === widget.source?.widget);
    return {
      name: widget.name,
      value: widget.value ?? source?.value ?? null,
      ...(source?.spec === undefined ? {} : { spec: source.spec }),
    };
  });
}

function innerSettings(node: JsonObject, around: Around): readonly SettingView[] {
  const type = typeof node['type'] === 'string' ? node['type'] : '';
  const definition = around.subgraphs.get(type);
  return definition === undefined
    ? storedWidgets(node, around.catalog.get(type)).widgets
    : outsideSettings(node, definition, around);
}
