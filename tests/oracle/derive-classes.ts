import {
  type JsonObject,
  type JsonValue,
  isJsonArray,
  isJsonObject,
} from '../../core/base/json.ts';
import { isFrontendOnly } from '../../core/domain/workflow/view/frontend-only.ts';
import { objectsIn, storedNodes } from '../../core/domain/workflow/view/graph-format.ts';
import { isControlValue } from '../../core/domain/workflow/widgets/map-positions.ts';
import { unknownTypes } from './oracle-case.ts';

/**
 * Makes up a server's answer for classes that a server of 0.3.64 does not have, from how files store them:
 * sockets as they are, settings by the name their hidden socket has, else numbered. The page and we are
 * given the same, so that what both make of a file can be compared although its classes are not the real ones.
 */
export function deriveClasses(
  workflows: readonly JsonObject[],
  known: (type: string) => boolean,
): JsonObject {
  const shapes = new Map<string, Shape>();
  for (const workflow of workflows) {
    const wanted = new Set(unknownTypes(workflow, known));
    for (const node of nodesOf(workflow)) {
      const type = textOf(node['type']);
      if (!wanted.has(type) || isFrontendOnly(type)) continue;
      const shape = shapes.get(type) ?? {
        sockets: new Map(),
        settings: new Map(),
        controlled: new Set(),
        outputs: [],
        unnamed: 0,
      };
      shapes.set(type, shape);
      addNode(shape, node);
    }
  }
  return Object.fromEntries([...shapes].map(([type, shape]) => [type, toClass(type, shape)]));
}

interface Shape {
  readonly sockets: Map<string, string>;
  readonly settings: Map<string, string>;
  /** Settings with a seed's control behind them. */
  readonly controlled: Set<string>;
  readonly outputs: string[];
  /** Most values that a node of the class stores without naming them, words of seed controls not counted. */
  unnamed: number;
}

function addNode(shape: Shape, node: JsonObject): void {
  const named = node['widgets_values_named'];
  const values = isJsonObject(named) ? named : {};
  const inputs = objectsIn(node['inputs']);
  for (const [index, [name, value]] of Object.entries(values).entries()) {
    if (isControlValue(value) || DRAWN.test(name)) continue;
    if (isControlValue(Object.values(values)[index + 1])) shape.controlled.add(name);
    const stored = inputs.find((input) => input['name'] === name);
    shape.settings.set(name, stored === undefined ? typeOfValue(value) : typeText(stored['type']));
  }
  for (const input of inputs) {
    const [name, type] = [textOf(input['name']), typeText(input['type'])];
    if (name === '' || DRAWN.test(name) || name in values) continue;
    if (isJsonObject(input['widget'])) shape.settings.set(name, type);
    else if (!shape.settings.has(name)) shape.sockets.set(name, type);
  }
  for (const [index, output] of objectsIn(node['outputs']).entries()) {
    shape.outputs[index] ??= typeText(output['type']);
  }
  if (isJsonObject(named) || !isJsonArray(node['widgets_values'])) return;
  const stored = node['widgets_values'].filter((value) => !isControlValue(value)).length;
  shape.unnamed = Math.max(shape.unnamed, stored);
}

/** What pages add to a node beside what its class has. */
const DRAWN = /^(audioUI|upload|control_after_generate|control_filter_list|\$\$.*)$/;

function typeOfValue(value: JsonValue): string {
  if (typeof value === 'boolean') return 'BOOLEAN';
  if (typeof value === 'number') return Number.isInteger(value) ? 'INT' : 'FLOAT';
  return 'STRING';
}

function toClass(
  type: string,
  { sockets, settings, controlled, outputs, unnamed }: Shape,
): JsonObject {
  const required: Record<string, JsonValue> = {};
  for (const [name, socketType] of sockets) {
    if (!settings.has(name))
      required[name] = [socketType, SETTINGS.has(socketType) ? { forceInput: true } : {}];
  }
  for (const [name, settingType] of settings)
    required[name] = settingSpec(settingType, controlled.has(name));
  for (let count = settings.size; count < unnamed; count += 1) {
    required[`setting_${String(count)}`] = settingSpec('STRING');
  }
  return {
    input: { required, optional: {} },
    input_order: { required: Object.keys(required), optional: [] },
    output: outputs,
    output_is_list: outputs.map(() => false),
    output_name: outputs,
    name: type,
    display_name: type,
    description: '',
    python_module: 'custom_nodes.derived',
    category: 'derived',
    output_node: false,
  };
}

function settingSpec(type: string, isControlled = false): JsonValue {
  const options = isControlled ? { control_after_generate: true } : {};
  if (type === 'COMBO') return [['first', 'second'], options];
  return [SETTINGS.has(type) ? type : 'STRING', options];
}

const SETTINGS: ReadonlySet<string> = new Set(['INT', 'FLOAT', 'STRING', 'BOOLEAN', 'COMBO']);

function nodesOf(graph: JsonObject): readonly JsonObject[] {
  const definitions = graph['definitions'];
  const inner = isJsonObject(definitions) ? objectsIn(definitions['subgraphs']) : [];
  return [...storedNodes(graph), ...inner.flatMap(nodesOf)];
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function typeText(value: JsonValue | undefined): string {
  return typeof value === 'string' && value !== '' ? value : '*';
}
