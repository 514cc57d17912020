import type { JsonObject } from '../../../base/json.ts';
import type { ExecutionFailure } from '../../../ports/comfy.ts';
import { packOf } from '../../../domain/failure/pack-of.ts';
import { arrayField, textField, texts } from './json-fields.ts';

/** Longer messages are lists of tensors or logs, which help nobody. */
const MAX_MESSAGE = 2_000;

/**
 * An `execution_error` without its traceback and inputs, which hold paths, names and sometimes keys; of the
 * traceback only the node pack is kept.
 */
export function readFailure(data: JsonObject): ExecutionFailure {
  const pack = packOf(texts(arrayField(data, 'traceback')).join('\n'));
  return {
    nodeId: textField(data, 'node_id') ?? '',
    classType: textField(data, 'node_type') ?? '',
    exceptionType: textField(data, 'exception_type') ?? '',
    message: (textField(data, 'exception_message') ?? '').trim().slice(0, MAX_MESSAGE),
    ...(pack === undefined ? {} : { pack }),
  };
}

/** A blocked node is skipped and the run goes on, so this error ends nothing (seen with 0.3.64). */
export function isBlocked(failure: ExecutionFailure): boolean {
  return failure.exceptionType === 'ExecutionBlocked';
}
