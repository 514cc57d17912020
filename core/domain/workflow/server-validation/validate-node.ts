import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../base/json.ts';
import { coerceValue } from './coerce-value.ts';
import { type FileCheck, fileChecks } from './file-checks.ts';
import {
  badLink,
  type CheckedInput,
  inputMissing,
  innerException,
  type NodeError,
  notConvertible,
  notInList,
  outOfRange,
  type PythonException,
  refusedByNode,
  typeMismatch,
} from './node-error.ts';
import { toPythonRepr, toPythonText } from './python-text.ts';
import { typesMeet } from './type-match.ts';

/** What validation needs to know of a node class: its `/object_info` entry. */
export interface ClassSource {
  get(classType: string): { readonly raw: JsonObject } | undefined;
}

/** What is known so far about one node. */
export interface NodeVerdict {
  readonly ok: boolean;
  readonly errors: readonly NodeError[];
}

/** One validation of one payload: its inputs, and what it has found out. */
export interface ValidationWalk {
  readonly payload: JsonObject;
  readonly catalog: ClassSource;
  readonly fileExists: (name: string) => boolean;
  readonly verdicts: Map<string, NodeVerdict>;
  /** Values that the server converted, per node and input. */
  readonly converted: Map<string, Map<string, JsonValue>>;
  readonly open: Set<string>;
}

/** A verdict, or the exception that Python's code would have died of. */
export type NodeOutcome = NodeVerdict | { readonly exception: PythonException };

/** Python's own limit is 1,000 frames; only a loop gets near it, since long chains are checked from their far end. */
const MAX_DEPTH = 1_000;

/** Checks a node and everything it hangs on, as `validate_inputs` in ComfyUI's execution.py. */
export function validateNode(walk: ValidationWalk, nodeId: string): NodeOutcome {
  const known = walk.verdicts.get(nodeId);
  if (known !== undefined) return known;
  // A loop ends in a RecursionError that the server swallows: invalid, and no reason given.
  if (walk.open.has(nodeId) || walk.open.size > MAX_DEPTH) return { ok: false, errors: [] };
  walk.open.add(nodeId);
  const outcome = checkInputs(walk, nodeId);
  walk.open.delete(nodeId);
  if (!('exception' in outcome)) walk.verdicts.set(nodeId, outcome);
  return outcome;
}

/**
 * Checks what an output hangs on from the far end, so that no chain is too long for the stack. The
 * result is the same as asking for the output alone.
 */
export function validateUpstream(walk: ValidationWalk, outputId: string): void {
  const waiting: { readonly nodeId: string; isReady: boolean }[] = [
    { nodeId: outputId, isReady: false },
  ];
  const seen = new Set<string>();
  for (let next = waiting.at(-1); next !== undefined; next = waiting.at(-1)) {
    const { nodeId } = next;
    if (next.isReady || seen.has(nodeId) || walk.verdicts.has(nodeId)) {
      waiting.pop();
      if (next.isReady && nodeId !== outputId) validateNode(walk, nodeId);
      continue;
    }
    seen.add(nodeId);
    next.isReady = true;
    // Last in, first out: pushed backwards, they are checked in the order of the inputs.
    for (const from of linkedNodes(walk, nodeId).reverse()) {
      if (!seen.has(from)) waiting.push({ nodeId: from, isReady: false });
    }
  }
}

function linkedNodes(walk: ValidationWalk, nodeId: string): string[] {
  const node = ownObject(walk.payload, nodeId);
  const inputs = node === undefined ? undefined : ownObject(node, 'inputs');
  return Object.values(inputs ?? {}).flatMap((value) => {
    const from = isJsonArray(value) && value.length === 2 ? value[0] : undefined;
    return typeof from === 'string' && ownObject(walk.payload, from) !== undefined ? [from] : [];
  });
}

function checkInputs(walk: ValidationWalk, nodeId: string): NodeOutcome {
  const node = ownObject(walk.payload, nodeId);
  if (node === undefined) return keyError(toPythonRepr(nodeId));
  const inputs = ownObject(node, 'inputs');
  if (inputs === undefined) return keyError("'inputs'");
  const classType = toPythonText(node['class_type'] ?? null);
  const raw = walk.catalog.get(classType)?.raw ?? {};
  const fileCheck = fileChecks.get(classType);
  const errors: NodeError[] = [];
  let ok = true;
  for (const { input, isRequired } of inputsOf(raw)) {
    if (!Object.hasOwn(inputs, input.name)) {
      if (isRequired) errors.push(inputMissing(input.name));
      continue;
    }
    const value = inputs[input.name] ?? null;
    if (isJsonArray(value)) {
      const link = checkLink(walk, input, value);
      if ('exception' in link) return link;
      errors.push(...link.errors);
      if (!link.ok) ok = false;
    } else {
      const checked = checkValue(walk, nodeId, input, value, fileCheck);
      if (checked !== undefined) errors.push(checked);
    }
  }
  if (errors.length === 0 || fileCheck !== undefined) {
    const refused = checkFile(walk, inputs, fileCheck);
    if (refused !== undefined) errors.push(refused);
  }
  return { ok: ok && errors.length === 0, errors };
}

function checkLink(
  walk: ValidationWalk,
  input: CheckedInput,
  link: readonly JsonValue[],
): NodeOutcome {
  if (link.length !== 2) return { ok: true, errors: [badLink(input, link)] };
  const [from, slot] = link;
  // Node ids are texts: an integer id is not found, as in a Python dict.
  const source = typeof from === 'string' ? ownObject(walk.payload, from) : undefined;
  if (typeof from !== 'string' || source === undefined) return keyError(toPythonRepr(from ?? null));
  const outputs = walk.catalog.get(toPythonText(source['class_type'] ?? null))?.raw['output'];
  const types = isJsonArray(outputs) ? outputs : [];
  if (typeof slot !== 'number' || !Number.isInteger(slot)) {
    const given = slot === undefined ? 'NoneType' : toPythonText(slot);
    return {
      exception: {
        type: 'TypeError',
        message: `tuple indices must be integers or slices, not ${given}`,
      },
    };
  }
  const received = types[slot < 0 ? types.length + slot : slot];
  if (received === undefined) {
    return { exception: { type: 'IndexError', message: 'tuple index out of range' } };
  }
  if (!typesMeet(received, input.type)) {
    return { ok: true, errors: [typeMismatch(input, received, link)] };
  }
  const inner = validateNode(walk, from);
  if ('exception' in inner) {
    walk.verdicts.set(from, { ok: false, errors: [innerException(input, link, inner.exception)] });
    return { ok: false, errors: [] };
  }
  return { ok: inner.ok, errors: [] };
}

function checkValue(
  walk: ValidationWalk,
  nodeId: string,
  input: CheckedInput,
  given: JsonValue,
  fileCheck: FileCheck | undefined,
): NodeError | undefined {
  const value =
    isJsonObject(given) && Object.hasOwn(given, '__value__') ? (given['__value__'] ?? null) : given;
  const type = typeof input.type === 'string' ? input.type : '';
  const converted = coerceValue(value, type);
  if (!converted.ok) return notConvertible(input, value, converted.error);
  if (converted.value !== given) remember(walk, nodeId, input.name, converted.value);
  if (fileCheck?.input === input.name) return undefined;
  const number = converted.value;
  if (typeof number === 'number' || typeof number === 'bigint') {
    if (isBelow(number, input.options['min'])) return outOfRange(input, number, 'min');
    if (isAbove(number, input.options['max'])) return outOfRange(input, number, 'max');
  }
  if (isJsonArray(input.type) && !includesValue(input.type, converted.value)) {
    return notInList(input, input.type, converted.value);
  }
  return undefined;
}

function checkFile(
  walk: ValidationWalk,
  inputs: JsonObject,
  check: FileCheck | undefined,
): NodeError | undefined {
  if (check === undefined) return undefined;
  const name = inputs[check.input];
  if (typeof name !== 'string' || walk.fileExists(name)) return undefined;
  return refusedByNode(check.input, `Invalid ${check.noun} file: ${name}`);
}

function remember(walk: ValidationWalk, nodeId: string, name: string, value: JsonValue): void {
  const values = walk.converted.get(nodeId) ?? new Map<string, JsonValue>();
  values.set(name, value);
  walk.converted.set(nodeId, values);
}

function* inputsOf(
  raw: JsonObject,
): Generator<{ readonly input: CheckedInput; readonly isRequired: boolean }> {
  const sections = raw['input'];
  if (!isJsonObject(sections)) return;
  for (const section of ['required', 'optional'] as const) {
    const specs = sections[section];
    if (!isJsonObject(specs)) continue;
    for (const [name, spec] of Object.entries(specs)) {
      const [type, options] = isJsonArray(spec) ? spec : [spec, {}];
      // Servers of 2026: it stands for inputs of other names, "images.image0", of which they know how many they want.
      if (type === 'COMFY_AUTOGROW_V3') continue;
      yield {
        input: { name, type: type ?? '', options: isJsonObject(options) ? options : {} },
        isRequired: section === 'required',
      };
    }
  }
}

function ownObject(owner: JsonObject, key: string): JsonObject | undefined {
  const value = Object.hasOwn(owner, key) ? owner[key] : undefined;
  return isJsonObject(value) ? value : undefined;
}

function keyError(message: string): { readonly exception: PythonException } {
  return { exception: { type: 'KeyError', message } };
}

function isBelow(value: number | bigint, limit: JsonValue | undefined): boolean {
  return (typeof limit === 'number' || typeof limit === 'bigint') && value < limit;
}

function isAbove(value: number | bigint, limit: JsonValue | undefined): boolean {
  return (typeof limit === 'number' || typeof limit === 'bigint') && value > limit;
}

function includesValue(list: readonly JsonValue[], value: JsonValue): boolean {
  return list.some((item) =>
    // Python: 1 == 1.0 == True, but '1' is something else.
    typeof item === 'boolean' || typeof value === 'boolean'
      ? Number(item) === Number(value) && typeof item !== 'string' && typeof value !== 'string'
      : item === value ||
        (typeof item !== 'object' &&
          typeof item !== 'string' &&
          typeof value === 'bigint' &&
          item === Number(value)),
  );
}
