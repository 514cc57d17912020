import { type JsonObject, type JsonValue } from '../../../base/json.ts';
import { type InputSpec, type NodeClass, isOwnClass } from '../catalog.ts';
import { toPair } from '../view/graph-format.ts';
import { type NewNode } from './draft.ts';
import { toStoredId } from './graph-scope.ts';
import { controlValue } from './widget-control.ts';
import { layOutValues, settingSpecs } from './widget-values.ts';
import { withoutKeys } from './without-keys.ts';

/** The size in pixels that the page gives a fresh node, near enough to place others beside it. */
export function estimateSize(nodeClass: NodeClass): readonly [number, number] {
  const specs = nodeClass.inputs;
  const settings = specs.filter((spec) => spec.isWidget);
  const tall = settings.filter((spec) => spec.multiline === true).length;
  const rows = Math.max(specs.length - settings.length, nodeClass.outputs.length);
  const width = tall > 0 ? 400 : settings.length > 0 ? 315 : 210;
  return [width, rows * 20 + (settings.length - tall) * 24 + tall * 120 + 14];
}

/** A save-format node that the page opens as if it had been drawn there; links come afterwards. */
export function buildGraphNode(node: NewNode, order: number): JsonObject {
  const { nodeClass } = node;
  return {
    id: toStoredId(node.id.slice(node.id.lastIndexOf(':') + 1)),
    type: nodeClass.classType,
    pos: [...node.position],
    size: [...estimateSize(nodeClass)],
    flags: {},
    order,
    mode: 0,
    ...buildClassParts(nodeClass, node.values),
    ...(node.title === undefined ? {} : { title: node.title }),
  };
}

/** The saved node with another class in its place: it keeps its place, mode, colours and own title. */
export function replaceClass(
  node: JsonObject,
  oldClass: NodeClass | undefined,
  nodeClass: NodeClass,
  values: ReadonlyMap<string, JsonValue>,
): JsonObject {
  const title = node['title'];
  const [width, height] = estimateSize(nodeClass);
  const size = toPair(node['size']) ?? [0, 0];
  const control = controlValue(node, oldClass);
  const hasOwnTitle = title !== undefined && title !== oldClass?.displayName;
  return {
    ...withoutKeys(node, 'widgets_values_named', 'title'),
    type: nodeClass.classType,
    size: [Math.max(size[0], width), Math.max(size[1], height)],
    ...buildClassParts(nodeClass, values, control),
    ...(hasOwnTitle ? { title } : {}),
  };
}

/** What of a saved node follows from its class: slots, properties, settings. */
function buildClassParts(
  nodeClass: NodeClass,
  values: ReadonlyMap<string, JsonValue>,
  control?: JsonValue,
): JsonObject {
  const sockets = settingSpecs(nodeClass, values).filter(
    (spec) => !spec.isWidget && !spec.type.startsWith('COMFY_'),
  );
  return {
    inputs: sockets.map(buildSocket),
    outputs: nodeClass.outputs.map(({ name, type, isList }) => ({
      name,
      type,
      ...(isList ? { shape: LIST_SHAPE } : {}),
      links: null,
    })),
    properties: {
      ...(isOwnClass(nodeClass) ? { cnr_id: 'comfy-core' } : {}),
      'Node name for S&R': nodeClass.classType,
    },
    widgets_values: layOutValues(nodeClass, values, () => control),
  };
}

/** Litegraph's numbers for how a slot is drawn: a hollow circle for optional inputs, a grid for lists. */
const OPTIONAL_SHAPE = 7;
const LIST_SHAPE = 6;

function buildSocket(spec: InputSpec): JsonObject {
  return {
    name: spec.name,
    type: spec.type,
    ...(spec.required ? {} : { shape: OPTIONAL_SHAPE }),
    link: null,
  };
}
