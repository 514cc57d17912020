import { randomUUID } from 'node:crypto';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../base/json.ts';
import { coerceValue } from '../../domain/workflow/server-validation/coerce-value.ts';
import { toPythonText } from '../../domain/workflow/server-validation/python-text.ts';
import { validatePayload } from '../../domain/workflow/server-validation/server-validation.ts';
import { findInputFile } from '../folders.ts';
import { readJson } from '../http/call.ts';
import { crashReply, emptyReply, jsonReply, type Reply } from '../http/reply.ts';
import { bodyReply, type Route } from '../http/router.ts';
import { type Practice } from '../practice.ts';

/** Taking runs in and stopping them. */
export function promptRoutes(practice: Practice): readonly Route[] {
  let nextNumber = 0;
  const takeNumber = (request: JsonObject): number | undefined => {
    if (Object.hasOwn(request, 'number')) {
      const number = coerceValue(request['number'] ?? null, 'FLOAT');
      return number.ok && typeof number.value === 'number' ? number.value : undefined;
    }
    const number = request['front'] === true ? -nextNumber : nextNumber;
    nextNumber += 1;
    return number;
  };
  const submit = async (request: JsonObject): Promise<Reply> => {
    const number = takeNumber(request);
    if (number === undefined) return crashReply();
    if (!Object.hasOwn(request, 'prompt')) return noPrompt();
    const prompt = toPayload(request['prompt'] ?? null);
    if (prompt === undefined) return crashReply();
    const targets = request['partial_execution_targets'];
    const verdict = validatePayload(prompt, await practice.info(), {
      fileExists: (name) => findInputFile(practice.folders, name) !== undefined,
      ...(isJsonArray(targets) ? { targets } : {}),
    });
    if (verdict.isFatal) return crashReply();
    if (!verdict.ok) {
      const error = verdict.error === null ? null : { ...verdict.error };
      return jsonReply({ error, node_errors: verdict.nodeErrors }, 400);
    }
    const promptId = Object.hasOwn(request, 'prompt_id')
      ? toPythonText(request['prompt_id'] ?? null)
      : randomUUID();
    const extra = isJsonObject(request['extra_data']) ? request['extra_data'] : {};
    const client = request['client_id'];
    practice.queue.put({
      number,
      promptId,
      payload: verdict.payload,
      extraData: client === undefined ? extra : { ...extra, client_id: client },
      outputs: verdict.outputs,
    });
    practice.worker.tellStatus();
    practice.worker.wake();
    return jsonReply({ prompt_id: promptId, number, node_errors: verdict.nodeErrors });
  };
  return [
    {
      method: 'GET',
      path: '/prompt',
      handler: () => jsonReply({ exec_info: { queue_remaining: practice.queue.remaining } }),
    },
    {
      method: 'POST',
      path: '/prompt',
      handler: async (call) => {
        const body = await readJson(call);
        if (!body.ok) return bodyReply(body.error);
        // Python's `"number" in body` also works on a list; it just finds nothing there.
        if (isJsonArray(body.value)) return submit({});
        return isJsonObject(body.value) ? submit(body.value) : crashReply();
      },
    },
    {
      method: 'POST',
      path: '/interrupt',
      handler: async (call) => {
        const body = await readJson(call);
        const wanted = body.ok && isJsonObject(body.value) ? body.value['prompt_id'] : undefined;
        const running = practice.queue.running?.promptId;
        if (running !== undefined && (isNothing(wanted) || wanted === running)) {
          practice.steps.interrupt();
        }
        return emptyReply();
      },
    },
  ];
}

/** The payload as an object; an empty list has no outputs either, anything else kills the server's code. */
function toPayload(prompt: JsonValue): JsonObject | undefined {
  if (isJsonObject(prompt)) return prompt;
  return isJsonArray(prompt) && prompt.length === 0 ? {} : undefined;
}

function noPrompt(): Reply {
  const text = 'No prompt provided';
  const error = { type: 'no_prompt', message: text, details: text, extra_info: {} };
  return jsonReply({ error, node_errors: {} }, 400);
}

function isNothing(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === '';
}
