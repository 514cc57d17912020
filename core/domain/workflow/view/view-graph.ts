import type { JsonObject } from '../../../base/json.ts';
import type { InputSpec, NodeCatalog, NodeClass } from '../catalog.ts';
import { isFrontendOnly } from './frontend-only.ts';
import {
  type StoredLink,
  objectsIn,
  storedInputs,
  storedMode,
  storedNodes,
  storedOutputs,
  storedSubgraphs,
  toIdText,
  toPair,
  toTypeText,
} from './graph-format.ts';
import { linkIndexOf } from '../store/graph-state.ts';
import type { GroupView, InputView, NodeView, OutputView, WorkflowView } from './view.ts';
import { dynamicInputs, findInputSpec } from '../widgets/widget-layout.ts';
import { type SettingView, graphSettings } from './graph-settings.ts';
import { toWorkflowView } from './to-workflow-view.ts';

/**
 * Views one save-format graph; ids like "12:34" reach into subgraph instances. `known` gives views of
 * nodes that were made before with the same links, definitions and catalog.
 */
export function viewGraph(
  graph: JsonObject,
  catalog: NodeCatalog,
  outer: ReadonlyMap<string, JsonObject> = new Map(),
  known?: (node: JsonObject) => NodeView | undefined,
): WorkflowView {
  // A definition sees its own nested definitions and those around it.
  const subgraphs = new Map([...outer, ...storedSubgraphs(graph)]);
  const links = linkIndexOf(graph).byId;
  const around = { catalog, subgraphs, links };
  const nodes = storedNodes(graph).map((node) => known?.(node) ?? viewSavedNode(node, around));
  const inside = new Map<string, WorkflowView>();
  const inner = (path: string): NodeView | undefined => {
    const colon = path.indexOf(':');
    if (colon < 0) return undefined;
    const id = path.slice(0, colon);
    const definition = subgraphs.get(view.node(id)?.classType ?? '');
    if (definition === undefined) return undefined;
    const found = inside.get(id) ?? viewGraph(definition, catalog, subgraphs);
    inside.set(id, found);
    return found.node(path.slice(colon + 1));
  };
  const view = toWorkflowView(nodes, viewGroups(graph), inner);
  return view;
}

/** What of the rest of a file the view of one node needs. */
export interface Surroundings {
  readonly catalog: NodeCatalog;
  readonly subgraphs: ReadonlyMap<string, JsonObject>;
  readonly links: { get(linkId: string): StoredLink | undefined };
}

/** Views one node of a save-format graph. */
export function viewSavedNode(node: JsonObject, around: Surroundings): NodeView {
  const id = toIdText(node['id']) ?? '';
  const classType = typeof node['type'] === 'string' ? node['type'] : '';
  const nodeClass = around.catalog.get(classType);
  const definition = around.subgraphs.get(classType);
  const settings = graphSettings(node, nodeClass, definition, around.catalog, around.subgraphs);
  const position = toPair(node['pos']);
  const size = toPair(node['size']);
  const ownTitle = node['title'];
  const fallback = definition === undefined ? undefined : definition['name'];
  const inputs = viewInputs(node, nodeClass, settings, around.links);
  const linked = new Set(inputs.flatMap((input) => (input.link === undefined ? [] : input.name)));
  return {
    id,
    classType,
    title:
      typeof ownTitle === 'string' && ownTitle !== ''
        ? ownTitle
        : typeof fallback === 'string'
          ? fallback
          : (nodeClass?.displayName ?? classType),
    mode: storedMode(node),
    ...(position === undefined ? {} : { position }),
    ...(size === undefined ? {} : { size }),
    ...(typeof node['color'] === 'string' ? { color: node['color'] } : {}),
    widgets: settings.map(({ name, value, spec }) => ({
      name,
      value,
      ...(spec && { spec }),
      isLinked: linked.has(name),
    })),
    inputs,
    outputs: viewOutputs(node, nodeClass),
    ...(nodeClass === undefined ? {} : { nodeClass }),
    isVirtual: nodeClass === undefined && definition === undefined && isFrontendOnly(classType),
  };
}

/** Sockets in slot order; a setting's socket only when something is linked to it. */
function viewInputs(
  node: JsonObject,
  nodeClass: NodeClass | undefined,
  settings: readonly SettingView[],
  links: Surroundings['links'],
): readonly InputView[] {
  const settingNames = new Set(settings.map((setting) => setting.name));
  const inputs: InputView[] = [];
  const seen = new Set<string>();
  for (const stored of storedInputs(node)) {
    const link = stored.linkId === undefined ? undefined : links.get(stored.linkId);
    seen.add(stored.name);
    const isSetting = stored.widgetName !== undefined || settingNames.has(stored.name);
    if (isSetting && link === undefined) continue;
    const spec = nodeClass === undefined ? undefined : findInputSpec(nodeClass, stored.name);
    inputs.push({
      name: stored.name,
      type: spec?.type ?? toTypeText(stored.type),
      ...(link && { link: { nodeId: link.originId, output: link.originSlot } }),
      ...(spec && { spec }),
    });
  }
  for (const spec of undrawnSockets(nodeClass, settings)) {
    if (!seen.has(spec.name)) inputs.push({ name: spec.name, type: spec.type, spec });
  }
  return inputs;
}

/** Sockets that the class has and an older file may not show yet. */
function undrawnSockets(
  nodeClass: NodeClass | undefined,
  settings: readonly SettingView[],
): readonly InputSpec[] {
  const dynamic = settings.flatMap(({ spec, value }) => (spec ? dynamicInputs(spec, value) : []));
  return [...(nodeClass?.inputs ?? []), ...dynamic].filter(
    (spec) => !spec.isWidget && spec.type !== 'COMFY_AUTOGROW_V3',
  );
}

function viewOutputs(node: JsonObject, nodeClass: NodeClass | undefined): readonly OutputView[] {
  const stored = storedOutputs(node);
  const declared = nodeClass?.outputs ?? [];
  // The server's slots are what a link's number means; a file may be from before one was added.
  return declared.length >= stored.length
    ? declared.map(({ name, type }) => ({ name, type }))
    : stored.map(({ name, type }) => ({ name, type: toTypeText(type) }));
}

/** The frames of one save-format graph; those without whole bounds are left out. */
export function viewGroups(graph: JsonObject): readonly GroupView[] {
  return objectsIn(graph['groups']).flatMap((group) => {
    const bounds = group['bounding'];
    const numbers = Array.isArray(bounds) ? bounds.map(Number) : [];
    const [x, y, width, height] = numbers;
    if (x === undefined || y === undefined || width === undefined || height === undefined) {
      return [];
    }
    const title = typeof group['title'] === 'string' ? group['title'] : '';
    const color = typeof group['color'] === 'string' ? { color: group['color'] } : {};
    return [{ title, bounds: [x, y, width, height] as const, ...color }];
  });
}
