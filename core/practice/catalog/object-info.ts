import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../base/json.ts';
import { parseExactJson } from '../../base/exact-json.ts';

/** The practice server's `/object_info`. */
export interface ObjectInfo {
  /** One class as `/object_info/{class}` tells it; undefined when the server does not have it. */
  get(classType: string): { readonly raw: JsonObject } | undefined;
  /** Every class, in the server's order. */
  all(): JsonObject;
}

/**
 * Reads the facts of ComfyUI 0.3.64's 496 classes and fills in what a full answer has. The choices
 * of LoadImage and LoadImageMask are the files of the input folder at the time of asking.
 */
export async function loadObjectInfo(inputFiles: () => readonly string[]): Promise<ObjectInfo> {
  const { default: file } = await import('./object-info.facts.json', { with: { type: 'json' } });
  const parsed = parseExactJson(file.text);
  const facts = parsed.ok && isJsonObject(parsed.value) ? parsed.value : {};
  const classes = new Map<string, JsonObject>();
  for (const [name, entry] of Object.entries(facts)) {
    if (isJsonObject(entry)) classes.set(name, fill(name, entry));
  }
  const current = (name: string): JsonObject | undefined => {
    const entry = classes.get(name);
    return entry === undefined || !LISTS_INPUT_FILES.has(name)
      ? entry
      : withChoices(entry, 'image', inputFiles());
  };
  return {
    get: (classType) => {
      const raw = current(classType);
      return raw === undefined ? undefined : { raw };
    },
    all: () => Object.fromEntries([...classes.keys()].map((name) => [name, current(name) ?? {}])),
  };
}

const LISTS_INPUT_FILES: ReadonlySet<string> = new Set(['LoadImage', 'LoadImageMask']);

function fill(name: string, entry: JsonObject): JsonObject {
  const outputs = isJsonArray(entry['output']) ? entry['output'] : [];
  return {
    name,
    display_name: name,
    description: '',
    python_module: 'nodes',
    category: '',
    output_node: false,
    output: outputs,
    output_is_list: outputs.map(() => false),
    output_name: outputs.map((type) => (typeof type === 'string' ? type : '')),
    // Only classes of the newer kind (V3) say this of themselves, and then list a tooltip per output.
    ...(Object.hasOwn(entry, 'api_node') ? { output_tooltips: outputs.map(() => null) } : {}),
    ...entry,
  };
}

function withChoices(entry: JsonObject, input: string, choices: readonly string[]): JsonObject {
  const sections = isJsonObject(entry['input']) ? entry['input'] : {};
  const required = isJsonObject(sections['required']) ? sections['required'] : {};
  const spec = required[input];
  const options: JsonValue = isJsonArray(spec) ? (spec[1] ?? {}) : {};
  return {
    ...entry,
    input: { ...sections, required: { ...required, [input]: [choices, options] } },
  };
}
