import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { NodeCatalog, NodeClass } from '../catalog.ts';
import { toIdText } from './graph-format.ts';
import type { InputView, LinkSource, NodeView, WidgetView, WorkflowView } from './view.ts';
import { dynamicInputs, findInputSpec } from '../widgets/widget-layout.ts';
import { toWorkflowView } from './to-workflow-view.ts';

/** Views an API-format workflow: nodes by id, links as `[id, slot]` among the values. */
export function viewApi(root: JsonObject, catalog: NodeCatalog): WorkflowView {
  const nodes: NodeView[] = [];
  for (const [id, node] of Object.entries(root)) {
    if (isJsonObject(node)) nodes.push(viewApiNode(id, node, catalog));
  }
  return toWorkflowView(nodes, [], () => undefined);
}

/** Reads `[id, slot]`, the API format's way to write a link; anything else is a value. */
export function toLinkSource(value: JsonValue | undefined): LinkSource | undefined {
  if (!isJsonArray(value) || value.length !== 2) return undefined;
  const nodeId = toIdText(value[0]);
  const output = value[1];
  if (nodeId === undefined || typeof output !== 'number' || !Number.isInteger(output)) {
    return undefined;
  }
  return { nodeId, output };
}

function viewApiNode(id: string, node: JsonObject, catalog: NodeCatalog): NodeView {
  const classType = typeof node['class_type'] === 'string' ? node['class_type'] : '';
  const nodeClass = catalog.get(classType);
  const meta = isJsonObject(node['_meta']) ? node['_meta']['title'] : undefined;
  const title = typeof meta === 'string' && meta !== '' ? meta : undefined;
  const values = isJsonObject(node['inputs']) ? node['inputs'] : {};
  const { widgets, inputs } = nodeClass ? viewDeclared(values, nodeClass) : viewUndeclared(values);
  return {
    id,
    classType,
    title: title ?? nodeClass?.displayName ?? classType,
    mode: 'active',
    widgets,
    inputs,
    outputs: (nodeClass?.outputs ?? []).map(({ name, type }) => ({ name, type })),
    ...(nodeClass === undefined ? {} : { nodeClass }),
    isVirtual: false,
  };
}

interface Parts {
  readonly widgets: WidgetView[];
  readonly inputs: InputView[];
}

/** Declared inputs in the server's order, then whatever else the file sets. */
function viewDeclared(values: JsonObject, nodeClass: NodeClass): Parts {
  const parts: Parts = { widgets: [], inputs: [] };
  const seen = new Set<string>();
  const queue = [...nodeClass.inputs].reverse();
  for (let spec = queue.pop(); spec !== undefined; spec = queue.pop()) {
    seen.add(spec.name);
    const value = Object.hasOwn(values, spec.name) ? values[spec.name] : undefined;
    const link = toLinkSource(value);
    if (spec.isWidget && (value !== undefined || spec.required)) {
      const own = link !== undefined ? (spec.default ?? null) : (value ?? spec.default ?? null);
      parts.widgets.push({ name: spec.name, value: own, spec, isLinked: link !== undefined });
      if (value !== undefined) queue.push(...[...dynamicInputs(spec, value)].reverse());
    }
    // A growing group is no input by itself; its rows follow below.
    if (link !== undefined || !(spec.isWidget || spec.type === 'COMFY_AUTOGROW_V3')) {
      parts.inputs.push({ name: spec.name, type: spec.type, ...(link && { link }), spec });
    }
  }
  for (const [name, value] of Object.entries(values)) {
    if (seen.has(name)) continue;
    const spec = findInputSpec(nodeClass, name);
    const link = toLinkSource(value);
    if (link === undefined) {
      parts.widgets.push({ name, value, ...(spec && { spec }), isLinked: false });
    } else parts.inputs.push({ name, type: spec?.type ?? '*', link, ...(spec && { spec }) });
  }
  return parts;
}

function viewUndeclared(values: JsonObject): Parts {
  const parts: Parts = { widgets: [], inputs: [] };
  for (const [name, value] of Object.entries(values)) {
    const link = toLinkSource(value);
    if (link === undefined) parts.widgets.push({ name, value, isLinked: false });
    else parts.inputs.push({ name, type: '*', link });
  }
  return parts;
}
