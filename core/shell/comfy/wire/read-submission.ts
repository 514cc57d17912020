import { type JsonObject, type JsonValue, isJsonObject } from '../../../base/json.ts';
import { type Result, err, ok } from '../../../base/result.ts';
import { type AppError, appError } from '../../../contract/errors.ts';
import { serverProblems } from '../../../domain/run/server-problems.ts';
import { RUN_KEY } from '../../../domain/workflow/metadata/read-picture-metadata.ts';
import type { Accepted, Submission } from '../../../ports/comfy.ts';
import type { ComfyHttp } from '../create-comfy-http.ts';
import type { ComfyAnswer } from '../net/create-wire.ts';
import { numberField, objectField, textField } from './json-fields.ts';

/**
 * The body of `POST /prompt`. The pictures get the workflow, so that they can be opened again, and the
 * run's id, so that they can be told as its own even when the server has forgotten the run.
 */
export function submissionBody(submission: Submission, clientId: string): JsonObject {
  const { payload, promptId, workflow } = submission;
  return {
    prompt: payload,
    client_id: clientId,
    prompt_id: promptId,
    // The id first: chunks are in this order, and it is looked for in the first bytes of a file.
    extra_data: {
      extra_pnginfo: { [RUN_KEY]: { run: promptId }, ...(workflow === null ? {} : { workflow }) },
    },
  };
}

/**
 * Reads the answer to `POST /prompt`. A 200 may still carry `node_errors` for outputs that were
 * dropped: they become warnings.
 */
export function readSubmission(
  answer: ComfyAnswer,
  http: Pick<ComfyHttp, 'readJson' | 'refusal'>,
  submission: Submission,
): Result<Accepted, AppError> {
  if (answer.status === 413) return err(appError('comfy/too-large', { limit: bodyLimit(answer) }));
  if (answer.status === 500) return err(brokeDown());
  if (answer.status !== 200 && answer.status !== 400) return err(http.refusal(answer));
  const json = http.readJson(answer);
  if (!json.ok) return json;
  if (answer.status === 400) return err(readRefusal(json.value, submission.payload));
  const body = isJsonObject(json.value) ? json.value : {};
  return ok({
    promptId: textField(body, 'prompt_id') ?? submission.promptId,
    number: numberField(body, 'number') ?? 0,
    warnings: serverProblems(body['node_errors'], 'warning'),
  });
}

function readRefusal(body: JsonValue, payload: JsonObject): AppError {
  const error = isJsonObject(body) ? objectField(body, 'error') : {};
  const type = textField(error, 'type') ?? 'unknown';
  const message = textField(error, 'message') ?? '';
  if (type === 'prompt_no_outputs') return appError('comfy/no-outputs', {});
  const missing = missingClass(error, message);
  if (missing !== undefined) return appError('comfy/missing-nodes', { classTypes: [missing] });
  const problems = serverProblems(isJsonObject(body) ? body['node_errors'] : undefined);
  return appError('comfy/prompt-refused', {
    type,
    message: describeRefusal(type, message, problems.length, Object.keys(payload).length),
    problems: [...problems],
  });
}

/** 0.3.64 says so in a sentence; servers of 2026 have a type for it. It names the first one only. */
function missingClass(error: JsonObject, message: string): string | undefined {
  const named = textField(objectField(error, 'extra_info'), 'class_type');
  if (textField(error, 'type') === 'missing_node_type' && named !== undefined) return named;
  return /^Cannot execute because node (.+) does not exist\.?$/.exec(message)?.[1];
}

function describeRefusal(type: string, message: string, problems: number, nodes: number): string {
  if (problems === 1) return 'ComfyUI found a problem in the workflow.';
  if (problems > 1) return `ComfyUI found ${String(problems)} problems in the workflow.`;
  // A circle of connections is refused without a word about where (seen with 0.3.64).
  if (type === 'prompt_outputs_failed_validation' && nodes > 0) {
    return 'ComfyUI refused the workflow without saying why; the connections may go round in a circle.';
  }
  return message === ''
    ? 'ComfyUI refused the workflow without saying why.'
    : `ComfyUI said: “${message.replace(/\.$/, '')}”.`;
}

function brokeDown(): AppError {
  return appError('comfy/prompt-refused', {
    type: 'server_error',
    message: 'ComfyUI broke down while it read the workflow; its log says why.',
    problems: [],
  });
}

/** "Maximum request body size 104857600 exceeded." in bytes; 100 MiB is the server's default. */
function bodyLimit(answer: ComfyAnswer): number {
  const said = /size (\d+)/.exec(new TextDecoder().decode(answer.bytes))?.[1];
  return said === undefined ? 100 * 1024 * 1024 : Number(said);
}
