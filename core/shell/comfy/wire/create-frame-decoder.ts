import { parseExactJson } from '../../../base/exact-json.ts';
import { type JsonObject, isJsonObject } from '../../../base/json.ts';
import { type Result, err, ok } from '../../../base/result.ts';
import type { ComfyEvent } from '../../../ports/comfy.ts';
import { decodePreview } from './decode-preview.ts';
import { type RunMemory, createRunMemory } from './create-run-memory.ts';
import { arrayField, numberField, objectField, textField, texts } from './json-fields.ts';
import { isBlocked, readFailure } from './read-failure.ts';
import { readNodeOutput } from './read-outputs.ts';
import { readRemaining } from './read-server.ts';

/** Turns one socket's frames into events; refuses a torn frame with the reason, for the log. */
export interface FrameDecoder {
  text(frame: string): Result<readonly ComfyEvent[], string>;
  binary(frame: Uint8Array): Result<readonly ComfyEvent[], string>;
}

/** Makes a decoder with the memory of one socket: which nodes it already told about. */
export function createFrameDecoder(): FrameDecoder {
  const memory = createRunMemory();
  return {
    text: (frame) => {
      const parsed = parseExactJson(frame);
      if (!parsed.ok) return err(`a message that is not JSON: ${parsed.error.message}`);
      if (!isJsonObject(parsed.value)) return err('a message that is not an object');
      const type = textField(parsed.value, 'type');
      if (type === undefined) return err('a message without a type');
      return ok(decodeMessage(type, objectField(parsed.value, 'data'), memory));
    },
    binary: (frame) => {
      const preview = decodePreview(frame);
      if (!preview.ok) return preview;
      return ok(preview.value === undefined ? [] : [preview.value]);
    },
  };
}

/** Messages of 0.3.64 as recorded; what other packs send is ignored. */
function decodeMessage(type: string, data: JsonObject, memory: RunMemory): readonly ComfyEvent[] {
  if (type === 'status') {
    const remaining = readRemaining(data['status']);
    return remaining === undefined ? [] : [{ kind: 'queue-changed', remaining }];
  }
  const promptId = textField(data, 'prompt_id');
  // After a reconnect comes one bare `executing` without an id: it cannot be told whose it is.
  if (promptId === undefined) return [];
  switch (type) {
    case 'execution_start':
      return [{ kind: 'started', promptId }];
    case 'execution_cached':
      return [{ kind: 'cached', promptId, nodeIds: texts(arrayField(data, 'nodes')) }];
    case 'executing':
      return decodeExecuting(promptId, data, memory);
    case 'progress':
      return memory.step(promptId, {
        node: textField(data, 'node') ?? '',
        value: numberField(data, 'value') ?? 0,
        max: numberField(data, 'max') ?? 0,
      });
    case 'progress_state':
      return memory.state(promptId, objectField(data, 'nodes'));
    case 'executed':
      return decodeExecuted(promptId, data);
    case 'execution_error': {
      const failure = readFailure(data);
      if (!isBlocked(failure)) return [{ kind: 'failed', promptId, failure }];
      const reason = failure.message.replace(/^Execution Blocked:\s*/, '');
      return [{ kind: 'blocked', promptId, nodeId: failure.nodeId, reason }];
    }
    case 'execution_interrupted': {
      const nodeId = textField(data, 'node_id');
      return [{ kind: 'interrupted', promptId, ...(nodeId === undefined ? {} : { nodeId }) }];
    }
    default:
      // `execution_success` comes before the history has the run; `executing` with null comes after.
      return [];
  }
}

function decodeExecuting(
  promptId: string,
  data: JsonObject,
  memory: RunMemory,
): readonly ComfyEvent[] {
  const node = textField(data, 'node');
  if (node === undefined) {
    memory.forget(promptId);
    return [{ kind: 'ended', promptId }];
  }
  const nodeId = textField(data, 'display_node') ?? node;
  memory.show(promptId, node, nodeId);
  return [{ kind: 'node-started', promptId, nodeId }];
}

function decodeExecuted(promptId: string, data: JsonObject): readonly ComfyEvent[] {
  const nodeId = textField(data, 'display_node') ?? textField(data, 'node');
  if (nodeId === undefined) return [];
  const { files } = readNodeOutput(nodeId, data['output']);
  return files.length === 0 ? [] : [{ kind: 'node-output', promptId, nodeId, files }];
}
