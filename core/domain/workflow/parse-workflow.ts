import { parseExactJson } from '../../base/exact-json.ts';
import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../base/json.ts';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { WorkflowDocument } from './document.ts';
import { readLayout, skipSpace } from './lossless/text-layout.ts';

/**
 * Reads a workflow from text: the page's save format, the API format, a `/prompt` body, or the two
 * picture chunks in one object. Everything that was in it is kept, the text too. Errors:
 * `workflow/not-json`, `workflow/not-a-workflow`.
 */
export function parseWorkflow(text: string): Result<WorkflowDocument, AppError> {
  const parsed = parseExactJson(text);
  if (parsed.ok) return unwrap(parsed.value, text, 0);
  const { message, offset } = parsed.error;
  return err(appError('workflow/not-json', { reason: message, offset }));
}

/** Like {@link parseWorkflow} for JSON that was read already. */
export function workflowFromJson(json: JsonValue): Result<WorkflowDocument, AppError> {
  return unwrap(json, undefined, 0);
}

/** Wrappers nest at most twice in files that tools write: a text in an object in a text. */
const MAX_WRAPPERS = 4;

/** `source` is the text of this value, when there is one. */
function unwrap(
  json: JsonValue,
  source: string | undefined,
  depth: number,
): Result<WorkflowDocument, AppError> {
  if (typeof json === 'string' && depth < MAX_WRAPPERS && /^\s*[{[]/.test(json)) {
    const inner = parseExactJson(json);
    return inner.ok ? unwrap(inner.value, json, depth + 1) : refuse(describeKind(json));
  }
  if (!isJsonObject(json)) return refuse(describeKind(json));
  const text = source === undefined ? {} : { source };
  if (isJsonArray(json['nodes'])) return ok({ format: 'graph', root: json, ...text });
  if (isApiGraph(json)) return ok({ format: 'api', root: json, ...text });
  if (depth < MAX_WRAPPERS) {
    // The save format is the source of truth, so it wins where a file carries both.
    for (const key of ['workflow', 'prompt', 'output'] as const) {
      const wrapped = json[key];
      if (wrapped === undefined || wrapped === null) continue;
      const found = unwrap(wrapped, source && textOf(source, key), depth + 1);
      if (found.ok) return found;
    }
  }
  return refuse(describeObject(json));
}

/** The text of one member of an object. */
function textOf(source: string, name: string): string | undefined {
  const part = readLayout(source, skipSpace(source, 0)).parts.findLast(
    (each) => each.key?.name === name,
  );
  return part && source.slice(part.start, part.end);
}

function isApiGraph(json: JsonObject): boolean {
  let nodes = 0;
  for (const node of Object.values(json)) {
    if (!isJsonObject(node) || typeof node['class_type'] !== 'string') return false;
    nodes += 1;
  }
  return nodes > 0;
}

function refuse(reason: string): Result<never, AppError> {
  return err(appError('workflow/not-a-workflow', { reason }));
}

function describeKind(json: JsonValue): string {
  if (json === null) return 'the file holds nothing but “null”';
  if (isJsonArray(json)) return 'the file holds a list, and a workflow is an object with nodes';
  return `the file holds a single ${typeof json === 'string' ? 'text' : 'value'}, and a workflow is an object with nodes`;
}

function describeObject(json: JsonObject): string {
  const keys = Object.keys(json);
  if (keys.length === 0) return 'the file is empty: it has no nodes';
  const classless = Object.entries(json).find(
    ([, node]) => isJsonObject(node) && isJsonObject(node['inputs']) && !('class_type' in node),
  );
  if (classless !== undefined) return `node ${classless[0]} does not say which kind of node it is`;
  // A terminal obeys control characters, whoever wrote them.
  const shown = keys.slice(0, 3).map((key) => `“${key.replace(UNSEEN, '').slice(0, 40)}”`);
  return `it has no nodes; what it has is ${shown.join(', ')}${keys.length > 3 ? ' and more' : ''}`;
}

const UNSEEN = /[\p{Cc}\p{Cf}]/gu;
