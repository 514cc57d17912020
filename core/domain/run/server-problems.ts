import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../base/json.ts';
import type { Problem } from '../../contract/workflow.schema.ts';
import { redactText } from '../failure/redact-text.ts';
import { nearChoices } from '../workflow/validation/choices/near-choices.ts';
import { refusalSentence, showValue } from '../workflow/validation/refusal-sentences.ts';

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
  const { takes, options, choices } = readConfig(extra['input_config']);
  const received = extra['received_value'];
  const value = typeof received === 'string' ? redactText(received) : received;
  const suggestions = type === 'value_not_in_list' ? suggest(value, choices ?? []) : [];
  return {
    type,
    severity: place.severity,
    nodeId: place.nodeId,
    ...(place.classType === undefined ? {} : { classType: place.classType }),
    ...(input === undefined ? {} : { input }),
    message: refusalSentence(type, {
      input,
      value,
      choices,
      takes,
      limit: options[type === 'value_smaller_than_min' ? 'min' : 'max'],
      gives: textOf(extra['received_type']),
      said: said(type, error),
    }),
    ...(suggestions.length === 0 ? {} : { suggestions }),
  };
}

/** Of a type that is known the details only; of another all that was said. */
function said(type: string, error: JsonObject): string {
  const details = redactText(textOf(error['details']) ?? '');
  if (type.startsWith('exception_during') || type === 'custom_validation_failed') return details;
  return [textOf(error['message']), details].filter((part) => part).join(': ');
}

interface Config {
  readonly takes: string | undefined;
  readonly options: JsonObject;
  /** Undefined where the list was too long to send. */
  readonly choices: readonly JsonValue[] | undefined;
}

/** `[["a","b"], {…}]` or `["COMBO", {"options": […]}]`. */
function readConfig(config: JsonValue | undefined): Config {
  const [first, second] = isJsonArray(config) ? config : [];
  const options = isJsonObject(second) ? second : {};
  const listed = isJsonArray(first) ? first : options['options'];
  return {
    takes: textOf(first),
    options,
    choices: isJsonArray(listed) ? listed : undefined,
  };
}

const MAX_SUGGESTIONS = 20;

/** The near ones first, then the rest of what was sent. */
function suggest(
  value: JsonValue | undefined,
  choices: readonly JsonValue[],
): readonly JsonValue[] {
  const { near } = nearChoices(showValue(value), choices);
  return [...new Set<JsonValue>([...near, ...choices])].slice(0, MAX_SUGGESTIONS);
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
