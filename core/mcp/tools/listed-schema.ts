import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../base/json.ts';

/** Keywords that say nothing to a model; the core checks everything itself. */
const SILENT: ReadonlySet<string> = new Set(['$schema', 'readOnly', 'minLength', 'maxLength']);

/**
 * A tool's input schema with what a model needs and nothing else: the same description is said once, and
 * `hidden` properties (second spellings of the same thing) are left out. Still JSON Schema 2020-12, and
 * everything it allows, the tool takes.
 */
export function toListedInput(schema: JsonObject, hidden: readonly string[] = []): JsonObject {
  const said = new Set<string>();
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const shown = Object.fromEntries(
    Object.entries(properties).filter(([name]) => !hidden.includes(name)),
  );
  const listed = shorten({ ...schema, properties: shown }, said);
  return isJsonObject(listed) ? { ...listed, additionalProperties: false } : schema;
}

/** A tool's output schema down to its own properties: what may be there, and of which kind. */
export function toListedOutput(schema: JsonObject): JsonObject {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, kindOf(property)]),
    ),
  };
}

function kindOf(property: JsonValue): JsonObject {
  const type = isJsonObject(property) ? property['type'] : undefined;
  return type === undefined ? {} : { type };
}

function shorten(value: JsonValue, said: Set<string>): JsonValue {
  if (isJsonArray(value)) return value.map((item) => shorten(item, said));
  if (!isJsonObject(value)) return value;
  const kept: Record<string, JsonValue> = {};
  for (const [key, child] of Object.entries(value)) {
    if (SILENT.has(key) || (key === 'additionalProperties' && child === false)) continue;
    if (key === 'description' && typeof child === 'string') {
      if (said.has(child)) continue;
      said.add(child);
    }
    if (key === 'type' && value['const'] !== undefined) continue;
    kept[key] = key === 'properties' ? shortenProperties(child, said) : shorten(child, said);
  }
  return kept;
}

/** Names of properties are no keywords: a property may well be called "description". */
function shortenProperties(value: JsonValue, said: Set<string>): JsonValue {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, property]) => [name, shorten(property, said)]),
  );
}
