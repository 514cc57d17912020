import { parseExactJson } from '../../../base/exact-json.ts';
import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import { AppErrorSchema } from '../../../contract/errors.ts';
import type { FailureFacts } from '../../run/interpret-failure.ts';
import { serverProblems } from '../../run/server-problems.ts';
import { packOf } from '../pack-of.ts';
import type { Evidence, ReadEvidence } from './evidence.ts';
import { readLog } from './read-log.ts';

/**
 * Reads a log, an error or answer as JSON, a history (of one run or many), recorded events line by line, or
 * what our own `--json` printed.
 */
export function readEvidence(text: string): ReadEvidence {
  const parsed = parseExactJson(text.trim());
  if (parsed.ok && typeof parsed.value === 'object' && parsed.value !== null) {
    return readJson(parsed.value);
  }
  const lines = text.split('\n').flatMap((line) => {
    const value = line.trimStart().startsWith('{') ? parseExactJson(line) : undefined;
    return value?.ok === true && isJsonObject(value.value) ? [value.value] : [];
  });
  const events = lines.flatMap(readEvent);
  if (events.length > 0) return { source: 'events', found: events };
  return { source: 'log', found: readLog(text) };
}

function readJson(value: JsonValue): ReadEvidence {
  if (isJsonArray(value)) {
    return { source: 'events', found: value.filter(isJsonObject).flatMap(readEvent) };
  }
  if (!isJsonObject(value)) return { source: 'log', found: [] };
  const own = ownError(value);
  if (own !== undefined) return { source: 'error', found: [own] };
  const answer = readAnswer(value);
  if (answer !== undefined) return { source: 'answer', found: answer };
  const event = readEvent(value);
  if (event.length > 0) return { source: 'events', found: event };
  const entries = [value, ...Object.values(value).filter(isJsonObject)].filter((entry) =>
    isJsonObject(entry['status']),
  );
  if (entries.length > 0) return { source: 'history', found: entries.flatMap(readHistoryEntry) };
  const failure = toFailure(value);
  return { source: 'error', found: failure === undefined ? [] : [failure] };
}

/** `{"error": {"code", "data", …}}` of a command of ours, or the error alone. */
function ownError(value: JsonObject): Evidence | undefined {
  for (const candidate of [value, value['error'], value['failure']]) {
    if (!isJsonObject(candidate)) continue;
    const { code = null, data = null } = candidate;
    const parsed = AppErrorSchema.safeParse({ code, data });
    if (parsed.success) return { kind: 'own', error: parsed.data };
  }
  return undefined;
}

/** An answer to `POST /prompt`; a good one may still carry outputs that were left out. */
function readAnswer(value: JsonObject): readonly Evidence[] | undefined {
  const { error, node_errors: nodeErrors } = value;
  if (!('node_errors' in value) && !isJsonObject(error)) return undefined;
  if (isJsonObject(error) && typeof error['type'] !== 'string') return undefined;
  const said = isJsonObject(error)
    ? ['type', 'message', 'details'].map((key) => textOf(error, key)).join(' ')
    : '';
  const problems = serverProblems(nodeErrors, isJsonObject(error) ? 'error' : 'warning');
  return problems.length === 0 && said === '' ? [] : [{ kind: 'refusal', problems, said }];
}

/** A WebSocket frame, also as our recorder writes it: `{"kind": "text", "text": "…"}`. */
function readEvent(value: JsonObject): readonly Evidence[] {
  const wrapped = textOf(value, 'text');
  if (wrapped.startsWith('{')) {
    const frame = parseExactJson(wrapped);
    return frame.ok && isJsonObject(frame.value) ? readEvent(frame.value) : [];
  }
  const data = value['data'];
  if (!isJsonObject(data)) return [];
  return readMessage(textOf(value, 'type'), data);
}

function readHistoryEntry(entry: JsonObject): readonly Evidence[] {
  const status = entry['status'];
  const messages = isJsonObject(status) ? status['messages'] : undefined;
  if (messages === undefined || !isJsonArray(messages)) return [];
  return messages.flatMap((message) => {
    const [name, data] = isJsonArray(message) ? message : [];
    return typeof name === 'string' && isJsonObject(data) ? readMessage(name, data) : [];
  });
}

function readMessage(name: string, data: JsonObject): readonly Evidence[] {
  if (name === 'execution_interrupted') {
    return [
      { kind: 'run', failure: factsOf({ ...data, exception_type: 'execution_interrupted' }) },
    ];
  }
  if (name !== 'execution_error') return [];
  const failure = toFailure(data);
  return failure === undefined ? [] : [failure];
}

function toFailure(data: JsonObject): Evidence | undefined {
  const hasFacts = 'exception_message' in data || 'exception_type' in data;
  return hasFacts ? { kind: 'run', failure: factsOf(data) } : undefined;
}

function factsOf(data: JsonObject): FailureFacts {
  const traceback = data['traceback'];
  const frames = traceback !== undefined && isJsonArray(traceback) ? traceback : [];
  const pack = packOf(frames.filter((frame) => typeof frame === 'string').join('\n'));
  return {
    nodeId: textOf(data, 'node_id'),
    classType: textOf(data, 'node_type'),
    exceptionType: textOf(data, 'exception_type'),
    message: textOf(data, 'exception_message').trim(),
    ...(pack === undefined ? {} : { pack }),
  };
}

function textOf(from: JsonObject, key: string): string {
  const value = from[key];
  return typeof value === 'string' ? value : '';
}
