import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../base/json.ts';
import type { InputSpec, NodeCatalog, NodeClass, OutputSpec } from './catalog.ts';
import { toTypeText } from './view/graph-format.ts';

/**
 * Makes the node catalog from the answer of `/object_info`. A class is read when it is first asked
 * for; entries of another shape are read as far as they go and never throw.
 */
export function createNodeCatalog(objectInfo: JsonObject): NodeCatalog {
  const classTypes = Object.keys(objectInfo).filter((name) => isJsonObject(objectInfo[name]));
  const read = new Map<string, NodeClass>();
  return {
    size: classTypes.length,
    classTypes,
    get: (classType) => {
      const known = read.get(classType);
      if (known !== undefined) return known;
      const raw = Object.hasOwn(objectInfo, classType) ? objectInfo[classType] : undefined;
      if (!isJsonObject(raw)) return undefined;
      const made = readNodeClass(classType, raw);
      read.set(classType, made);
      return made;
    },
  };
}

/** Reads one input as `/object_info` gives it: `[type]`, `[type, options]` or `[[choices], options]`. */
export function readInputSpec(name: string, entry: JsonValue, required: boolean): InputSpec {
  const parts = isJsonArray(entry) ? entry : [entry];
  const options = isJsonObject(parts[1]) ? parts[1] : {};
  const head = parts[0];
  // A list of type names never occurs as a type here, so a list is always the old shape of COMBO.
  const type = isJsonArray(head) ? 'COMBO' : toTypeText(head);
  const choices = isJsonArray(head) ? head : readChoices(type, options);
  const isWidget = drawsWidget(type, options);
  return {
    name,
    type,
    required,
    isWidget,
    ...(choices === undefined ? {} : { choices }),
    ...(options['default'] === undefined ? {} : { default: options['default'] }),
    ...numeric('min', options),
    ...numeric('max', options),
    ...(typeof options['step'] === 'number' ? { step: options['step'] } : {}),
    ...(options['multiline'] === true ? { multiline: true } : {}),
    ...(isWidget && hasControl(name, type, options) ? { hasControl: true } : {}),
    ...(isWidget && UPLOAD_FLAGS.some((flag) => options[flag] === true) ? { hasUpload: true } : {}),
    options,
  };
}

/** The value the page puts in a fresh setting: its default, else the first choice, else an empty one. */
export function defaultValueOf(spec: InputSpec): JsonValue {
  if (spec.default !== undefined) return spec.default;
  if (spec.choices !== undefined) return spec.choices[0] ?? '';
  if (spec.type === 'STRING') return '';
  if (spec.type === 'BOOLEAN') return false;
  return spec.type === 'INT' || spec.type === 'FLOAT' ? 0 : '';
}

/** The types for which the page (1.27) draws a setting; every other type is a socket. */
const WIDGET_TYPES: ReadonlySet<string> = new Set([
  'INT',
  'FLOAT',
  'STRING',
  'BOOLEAN',
  'COMBO',
  'COLOR',
  'MARKDOWN',
  'COMFY_DYNAMICCOMBO_V3',
  'LOAD_3D',
  'LOAD_3D_ANIMATION',
  'WEBCAM',
  'AUDIO_RECORD',
]);

const UPLOAD_FLAGS = [
  'image_upload',
  'animated_image_upload',
  'video_upload',
  'audio_upload',
  'file_upload',
] as const;

function readNodeClass(classType: string, raw: JsonObject): NodeClass {
  const input = isJsonObject(raw['input']) ? raw['input'] : {};
  return {
    classType,
    displayName: textOf(raw['display_name']) || classType,
    description: textOf(raw['description']),
    category: textOf(raw['category']),
    module: textOf(raw['python_module']),
    inputs: [
      ...readInputs(input['required'], orderOf(raw, 'required'), true),
      ...readInputs(input['optional'], orderOf(raw, 'optional'), false),
    ],
    outputs: readOutputs(raw),
    isOutput: raw['output_node'] === true,
    isDeprecated: raw['deprecated'] === true,
    isExperimental: raw['experimental'] === true,
    isApiNode: raw['api_node'] === true,
    raw,
  };
}

function orderOf(raw: JsonObject, section: string): readonly JsonValue[] {
  const order = isJsonObject(raw['input_order']) ? raw['input_order'][section] : undefined;
  return isJsonArray(order) ? order : [];
}

function readInputs(
  section: JsonValue | undefined,
  order: readonly JsonValue[],
  required: boolean,
): readonly InputSpec[] {
  if (!isJsonObject(section)) return [];
  // JSON readers move names that look like numbers to the front; the order list has them right.
  const names = new Set<string>();
  for (const name of order) {
    if (typeof name === 'string' && Object.hasOwn(section, name)) names.add(name);
  }
  for (const name of Object.keys(section)) names.add(name);
  return [...names].map((name) => readInputSpec(name, section[name] ?? null, required));
}

function readOutputs(raw: JsonObject): readonly OutputSpec[] {
  const types = isJsonArray(raw['output']) ? raw['output'] : [];
  const names = isJsonArray(raw['output_name']) ? raw['output_name'] : [];
  const lists = isJsonArray(raw['output_is_list']) ? raw['output_is_list'] : [];
  return types.map((type, index) => {
    const typeText = toTypeText(type);
    return {
      name: textOf(names[index]) || typeText,
      type: typeText,
      isList: lists[index] === true,
    };
  });
}

function readChoices(type: string, options: JsonObject): readonly JsonValue[] | undefined {
  if (!isJsonArray(options['options'])) return undefined;
  if (type !== 'COMFY_DYNAMICCOMBO_V3') return type === 'COMBO' ? options['options'] : undefined;
  return options['options'].map((option) =>
    isJsonObject(option) ? (option['key'] ?? '') : option,
  );
}

function drawsWidget(type: string, options: JsonObject): boolean {
  if (options['forceInput'] === true) return false;
  const widgetType = options['widgetType'];
  return WIDGET_TYPES.has(typeof widgetType === 'string' ? widgetType : type);
}

function hasControl(name: string, type: string, options: JsonObject): boolean {
  const flag = options['control_after_generate'];
  // An unset flag means yes for these two names; false means no.
  if (flag === undefined || flag === null) {
    return type === 'INT' && (name === 'seed' || name === 'noise_seed');
  }
  return flag !== false && (type === 'INT' || type === 'COMBO');
}

function numeric(
  key: 'min' | 'max',
  options: JsonObject,
): { readonly [K in 'min' | 'max']?: number | bigint } {
  const value = options[key];
  return typeof value === 'number' || typeof value === 'bigint' ? { [key]: value } : {};
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
