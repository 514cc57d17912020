import { type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { InputSpec, NodeClass } from '../catalog.ts';
import { readInputSpec } from '../create-catalog.ts';

/** One place in a node's `widgets_values` as the page lays it out. */
export type LayoutEntry =
  | { readonly kind: 'widget'; readonly spec: InputSpec }
  /** "control after generate" behind a seed. */
  | { readonly kind: 'control'; readonly of: string }
  /** The text behind the control of a choice, by which the page narrows what it picks from. */
  | { readonly kind: 'filter' }
  /** The upload button behind the required settings of a node that takes a file. */
  | { readonly kind: 'upload' };

/**
 * The places that a class's settings take, before any dynamic choice adds its own. The page adds the upload
 * button to the required inputs, once for a node; where the server gives an order it is not in it, and last.
 */
export function widgetLayout(nodeClass: NodeClass): readonly LayoutEntry[] {
  return shapeOf(nodeClass).layout;
}

/**
 * For each value that pages before 1.16 stored for a class: true when it belongs to an input that is a
 * socket by `forceInput`. Undefined for a class without such inputs.
 */
export function forcedSockets(nodeClass: NodeClass): readonly boolean[] | undefined {
  return shapeOf(nodeClass).forced;
}

/** The places of a class whose places are the same whatever is stored: no dynamic choices, no forced sockets. */
export function fixedLayout(nodeClass: NodeClass): readonly LayoutEntry[] | undefined {
  return shapeOf(nodeClass).fixed;
}

/** What follows from a class alone, worked out once for each. */
interface ClassShape {
  readonly layout: readonly LayoutEntry[];
  readonly forced: readonly boolean[] | undefined;
  readonly fixed: readonly LayoutEntry[] | undefined;
}

// Keyed by immutable values, so that it can only save time.
const shapes = new WeakMap<NodeClass, ClassShape>();

function shapeOf(nodeClass: NodeClass): ClassShape {
  const known = shapes.get(nodeClass);
  if (known !== undefined) return known;
  const forced = findForced(nodeClass);
  const isDynamic = nodeClass.inputs.some((spec) => spec.type === DYNAMIC_CHOICE);
  const layout = layOut(nodeClass);
  const fixed = forced === undefined && !isDynamic ? layout : undefined;
  const shape = { layout, forced, fixed };
  shapes.set(nodeClass, shape);
  return shape;
}

function findForced({ inputs }: NodeClass): readonly boolean[] | undefined {
  const isForced = (spec: InputSpec): boolean => spec.options['forceInput'] === true;
  if (!inputs.some(isForced)) return undefined;
  return inputs.flatMap((spec) => {
    if (isForced(spec)) return true;
    return spec.isWidget ? widgetEntries(spec).map(() => false) : [];
  });
}

function layOut(nodeClass: NodeClass): readonly LayoutEntry[] {
  const layout: LayoutEntry[] = [];
  const upload = nodeClass.inputs.some((spec) => spec.required && spec.hasUpload === true);
  let isPlaced = !upload || isJsonObject(nodeClass.raw['input_order']);
  for (const spec of nodeClass.inputs) {
    if (!spec.required && !isPlaced) {
      layout.push({ kind: 'upload' });
      isPlaced = true;
    }
    if (spec.isWidget) layout.push(...widgetEntries(spec));
  }
  if (upload && !layout.some(({ kind }) => kind === 'upload')) layout.push({ kind: 'upload' });
  return layout;
}

/** The places that one setting takes: itself, its control, and the filter of a choice's control. */
export function widgetEntries(spec: InputSpec): readonly LayoutEntry[] {
  const own = { kind: 'widget', spec } as const;
  if (spec.hasControl !== true) return [own];
  const control = { kind: 'control', of: spec.name } as const;
  return spec.type === 'COMBO' ? [own, control, { kind: 'filter' }] : [own, control];
}

/**
 * The inputs that a dynamic choice brings for the value it has, named `choice.input`; sockets too.
 * Empty for any other setting and for a value that is not one of the choices.
 */
export function dynamicInputs(spec: InputSpec, value: JsonValue): readonly InputSpec[] {
  if (spec.type !== DYNAMIC_CHOICE) return NONE;
  const options = spec.options['options'];
  if (!isJsonArray(options)) return [];
  const chosen = options.find((option) => isJsonObject(option) && option['key'] === value);
  if (!isJsonObject(chosen) || !isJsonObject(chosen['inputs'])) return [];
  const found: InputSpec[] = [];
  for (const section of ['required', 'optional'] as const) {
    const inputs = chosen['inputs'][section];
    if (!isJsonObject(inputs)) continue;
    for (const [name, entry] of Object.entries(inputs)) {
      found.push(readInputSpec(`${spec.name}.${name}`, entry, section === 'required'));
    }
  }
  return found;
}

const DYNAMIC_CHOICE = 'COMFY_DYNAMICCOMBO_V3';
const NONE: readonly InputSpec[] = [];

/**
 * The spec of an input by the name it has in a payload: declared ones by their name, rows of a growing
 * group (`images.image0`) by the group's template.
 */
export function findInputSpec(nodeClass: NodeClass, name: string): InputSpec | undefined {
  const declared = nodeClass.inputs.find((spec) => spec.name === name);
  if (declared !== undefined || !name.includes('.')) return declared;
  const head = name.slice(0, name.indexOf('.'));
  const group = nodeClass.inputs.find((spec) => spec.name === head);
  const template = group?.type === 'COMFY_AUTOGROW_V3' ? group.options['template'] : undefined;
  if (group === undefined || !isJsonObject(template) || !isJsonObject(template['input'])) {
    return undefined;
  }
  for (const section of ['required', 'optional'] as const) {
    const inputs = template['input'][section];
    const first = isJsonObject(inputs) ? Object.values(inputs)[0] : undefined;
    if (first !== undefined) return readInputSpec(name, first, false);
  }
  return undefined;
}
