import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { HistoryEntry } from '../../../ports/comfy.ts';
import { arrayField, numberField, objectField, textField, texts } from './json-fields.ts';
import { isBlocked, readFailure } from './read-failure.ts';
import { readNodeOutput } from './read-outputs.ts';

/** Reads the answer of `GET /history/{id}`; undefined while the run is not in it. */
export function readHistory(answer: JsonValue, promptId: string): HistoryEntry | undefined {
  const entry = isJsonObject(answer) ? answer[promptId] : undefined;
  if (!isJsonObject(entry)) return undefined;
  const messages = readMessages(objectField(entry, 'status'));
  const failure = messages
    .filter(({ name }) => name === 'execution_error')
    .map(({ data }) => readFailure(data))
    .find((candidate) => !isBlocked(candidate));
  const outputs = readOutputs(entry);
  const startedAt = timeOf(messages.find(({ name }) => name === 'execution_start'));
  const endedAt = timeOf(messages.findLast(({ name }) => isEnd(name)));
  return {
    promptId,
    ending: endingOf(entry, messages, failure !== undefined),
    files: outputs.flatMap(({ files }) => files),
    texts: outputs.flatMap(({ nodeId, texts: said }) => said.map((text) => ({ nodeId, text }))),
    cachedNodes: messages
      .filter(({ name }) => name === 'execution_cached')
      .flatMap(({ data }) => texts(arrayField(data, 'nodes'))),
    ...(failure === undefined ? {} : { failure }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}

interface StatusMessage {
  readonly name: string;
  readonly data: JsonObject;
}

/** `status_str` is "error" for an interrupted run too: only the messages tell them apart. */
function endingOf(
  entry: JsonObject,
  messages: readonly StatusMessage[],
  hasFailed: boolean,
): HistoryEntry['ending'] {
  if (messages.some(({ name }) => name === 'execution_interrupted')) return 'interrupted';
  if (hasFailed) return 'failed';
  const status = textField(objectField(entry, 'status'), 'status_str');
  return status === 'error' ? 'failed' : 'succeeded';
}

function readMessages(status: JsonObject): readonly StatusMessage[] {
  return arrayField(status, 'messages').flatMap((message) => {
    if (!isJsonArray(message)) return [];
    const [name, data] = message;
    return typeof name === 'string' && isJsonObject(data) ? [{ name, data }] : [];
  });
}

function isEnd(name: string): boolean {
  return ['execution_success', 'execution_error', 'execution_interrupted'].includes(name);
}

function timeOf(message: StatusMessage | undefined): number | undefined {
  return message === undefined ? undefined : numberField(message.data, 'timestamp');
}

/** Nodes made while running have ids like "2.0.0.1"; `meta` names the one that the artist sees. */
function readOutputs(entry: JsonObject): readonly {
  readonly nodeId: string;
  readonly files: HistoryEntry['files'];
  readonly texts: readonly string[];
}[] {
  const meta = objectField(entry, 'meta');
  return Object.entries(objectField(entry, 'outputs')).map(([id, output]) => {
    const nodeId = textField(objectField(meta, id), 'display_node') ?? id;
    return { nodeId, ...readNodeOutput(nodeId, output) };
  });
}
