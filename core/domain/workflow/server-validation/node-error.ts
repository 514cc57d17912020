import { type JsonObject, type JsonValue } from '../../../base/json.ts';
import { toPythonRepr, toPythonText } from './python-text.ts';

/** One entry of `node_errors[id].errors`, as ComfyUI 0.3.64 writes it. */
export interface NodeError {
  readonly type: string;
  readonly message: string;
  readonly details: string;
  readonly extra_info: JsonObject;
}

/** The input an error is about: its name and its spec as the server reads it, `[type, options]`. */
export interface CheckedInput {
  readonly name: string;
  readonly type: JsonValue;
  readonly options: JsonObject;
}

/** Longer lists than this are not sent back (execution.py). */
const LONGEST_LIST = 20;

/** A required input is not in the payload. */
export function inputMissing(name: string): NodeError {
  return {
    type: 'required_input_missing',
    message: 'Required input is missing',
    details: name,
    extra_info: { input_name: name },
  };
}

/** A list that is not a link. */
export function badLink(input: CheckedInput, received: JsonValue): NodeError {
  return {
    type: 'bad_linked_input',
    message: 'Bad linked input, must be a length-2 list of [node_id, slot_index]',
    details: input.name,
    extra_info: { ...about(input), received_value: received },
  };
}

/** A link whose two ends have types that do not meet. */
export function typeMismatch(input: CheckedInput, received: JsonValue, link: JsonValue): NodeError {
  return {
    type: 'return_type_mismatch',
    message: 'Return type mismatch between linked nodes',
    details: `${input.name}, received_type(${toPythonText(received)}) mismatch input_type(${toPythonText(input.type)})`,
    extra_info: { ...about(input), received_type: received, linked_node: link },
  };
}

/** A value that Python cannot convert to the input's type. */
export function notConvertible(
  input: CheckedInput,
  received: JsonValue,
  reason: string,
): NodeError {
  return {
    type: 'invalid_input_type',
    message: `Failed to convert an input value to a ${toPythonText(input.type)} value`,
    details: `${input.name}, ${toPythonText(received)}, ${reason}`,
    extra_info: { ...about(input), received_value: received, exception_message: reason },
  };
}

/** A number outside the input's range. */
export function outOfRange(
  input: CheckedInput,
  received: JsonValue,
  side: 'min' | 'max',
): NodeError {
  const isFloat = input.type === 'FLOAT';
  const limit = toPythonText(input.options[side] ?? null, isFloat);
  const value = toPythonText(received, isFloat);
  return {
    type: side === 'min' ? 'value_smaller_than_min' : 'value_bigger_than_max',
    message:
      side === 'min'
        ? `Value ${value} smaller than min of ${limit}`
        : `Value ${value} bigger than max of ${limit}`,
    details: input.name,
    extra_info: { ...about(input), received_value: received },
  };
}

/** A value that is not one of the choices. */
export function notInList(
  input: CheckedInput,
  choices: readonly JsonValue[],
  received: JsonValue,
): NodeError {
  const isLong = choices.length > LONGEST_LIST;
  const list = isLong ? `(list of length ${choices.length})` : toPythonRepr(choices);
  return {
    type: 'value_not_in_list',
    message: 'Value not in list',
    details: `${input.name}: '${toPythonText(received)}' not in ${list}`,
    extra_info: {
      input_name: input.name,
      input_config: isLong ? null : [input.type, input.options],
      received_value: received,
    },
  };
}

/** A node's own check refused the value. */
export function refusedByNode(name: string, reason: string): NodeError {
  return {
    type: 'custom_validation_failed',
    message: 'Custom validation failed for node',
    details: `${name} - ${reason}`,
    extra_info: { input_name: name },
  };
}

/** The server's own code fell over while it looked at the node behind a link. */
export function innerException(
  input: CheckedInput,
  link: JsonValue,
  exception: PythonException,
): NodeError {
  return {
    type: 'exception_during_inner_validation',
    message: 'Exception when validating inner node',
    details: exception.message,
    extra_info: {
      ...about(input),
      exception_message: exception.message,
      exception_type: exception.type,
      traceback: TRACEBACK,
      linked_node: link,
    },
  };
}

/** The server's own code fell over while it looked at an output node. */
export function outerException(exception: PythonException): NodeError {
  return {
    type: 'exception_during_validation',
    message: 'Exception when validating node',
    details: exception.message,
    extra_info: { exception_type: exception.type, traceback: TRACEBACK },
  };
}

/** What Python would have thrown: class name and its `str()`. */
export interface PythonException {
  readonly type: 'KeyError' | 'IndexError' | 'TypeError' | 'AttributeError';
  readonly message: string;
}

const TRACEBACK: readonly string[] = ['  File "execution.py", in validate_inputs\n'];

function about(input: CheckedInput): JsonObject {
  return { input_name: input.name, input_config: [input.type, input.options] };
}
