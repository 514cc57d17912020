import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../base/json.ts';
import type { Problem } from '../../contract/workflow.schema.ts';
import { redactText } from '../failure/redact-text.ts';
import { settingLabel } from '../workflow/setting-label.ts';

/**
 * The `node_errors` of ComfyUI's answer to `POST /prompt` in an artist's words, one problem per error.
 * Titles are left to whoever knows the workflow. Old servers send an empty list instead of an object.
 */
export function serverProblems(
  nodeErrors: JsonValue | undefined,
  severity: Problem['severity'] = 'error',
): readonly Problem[] {
  if (!isJsonObject(nodeErrors)) return [];
  return Object.entries(nodeErrors).flatMap(([nodeId, node]) => {
    if (!isJsonObject(node)) return [];
    const classType = textOf(node['class_type']);
    const errors = isJsonArray(node['errors']) ? node['errors'] : [];
    return errors
      .filter(isJsonObject)
      .map((error) => toProblem(error, { nodeId, classType, severity }));
  });
}

interface Place {
  readonly nodeId: string;
  readonly classType: string | undefined;
  readonly severity: Problem['severity'];
}

function toProblem(error: JsonObject, place: Place): Problem {
  const type = textOf(error['type']) ?? 'unknown';
  const extra = isJsonObject(error['extra_info']) ? error['extra_info'] : {};
  const input = textOf(extra['input_name']);
  const suggestions = type === 'value_not_in_list' ? allowedValues(extra['input_config']) : [];
  return {
    type,
    severity: place.severity,
    nodeId: place.nodeId,
    ...(place.classType === undefined ? {} : { classType: place.classType }),
    ...(input === undefined ? {} : { input }),
    message: describe(type, {
      error,
      extra,
      name: input === undefined ? 'This setting' : settingLabel(input),
    }),
    ...(suggestions.length === 0 ? {} : { suggestions }),
  };
}

interface Facts {
  readonly error: JsonObject;
  readonly extra: JsonObject;
  readonly name: string;
}

/** Error types as recorded from 0.3.64; newer servers add some, which keep the server's own words. */
function describe(type: string, { error, extra, name }: Facts): string {
  const value = shown(extra['received_value']);
  const details = redactText(textOf(error['details']) ?? '');
  const said = [textOf(error['message']), details].filter((part) => part).join(': ');
  switch (type) {
    case 'required_input_missing':
      return `Nothing is connected to ${name}, and this node cannot run without it.`;
    case 'value_not_in_list':
      return `${value} is not one of the choices that ComfyUI has for ${name}.`;
    case 'value_smaller_than_min':
      return `${name} is ${value}, which is below the smallest allowed value${limit(extra, 'min')}.`;
    case 'value_bigger_than_max':
      return `${name} is ${value}, which is above the largest allowed value${limit(extra, 'max')}.`;
    case 'invalid_input_type':
      return `${name} is ${value}, which cannot be read as a value for it.`;
    case 'return_type_mismatch':
      return `What is connected to ${name} is of the wrong kind${received(extra)}.`;
    case 'bad_linked_input':
      return `The connection to ${name} is damaged.`;
    case 'custom_validation_failed':
      return details.includes('Invalid image file')
        ? `The picture for ${name} was not found in ComfyUI's input folder.`
        : `ComfyUI does not accept ${name}: ${details}.`;
    case 'exception_during_validation':
    case 'exception_during_inner_validation':
      return /^'[^']*'$/.test(details)
        ? `Something upstream is connected to a node that is not there (${details}).`
        : 'ComfyUI could not check this node; a connection upstream may point to an output that is not there.';
    case 'dependency_cycle':
      return 'The connections go round in a circle, so no node can be first.';
    default:
      return said === '' ? `ComfyUI refused this node (${type}).` : said;
  }
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function shown(value: JsonValue | undefined): string {
  if (value === undefined) return 'The value';
  if (typeof value === 'string') return `“${redactText(value)}”`;
  if (value === null) return 'empty';
  return typeof value === 'object' ? 'a list' : String(value);
}

function limit(extra: JsonObject, key: 'min' | 'max'): string {
  const config = extra['input_config'];
  const options = isJsonArray(config) ? config[1] : undefined;
  const value = isJsonObject(options) ? options[key] : undefined;
  return typeof value === 'number' || typeof value === 'bigint' ? `, ${String(value)}` : '';
}

function received(extra: JsonObject): string {
  const kind = textOf(extra['received_type']);
  return kind === undefined ? '' : `: it gives ${kind}`;
}

/** `[["a","b"], {…}]` or `["COMBO", {"options": […]}]`; null when the list was too long to send. */
function allowedValues(config: JsonValue | undefined): readonly JsonValue[] {
  if (!isJsonArray(config)) return [];
  const [first, options] = config;
  if (isJsonArray(first)) return first;
  const listed = isJsonObject(options) ? options['options'] : undefined;
  return isJsonArray(listed) ? listed : [];
}
