import { isJsonObject, type JsonObject, type JsonValue } from '../../../base/json.ts';
import { type NodeError, outerException } from './node-error.ts';
import { toPythonText } from './python-text.ts';
import {
  type ClassSource,
  validateNode,
  validateUpstream,
  type ValidationWalk,
} from './validate-node.ts';

/** Fewer nodes than this cannot make a chain that is too long for the stack. */
const LARGE = 300;

/** What ComfyUI 0.3.64 answers to a payload that is a JSON object. */
export interface PayloadVerdict {
  /** True when at least one output can run; `nodeErrors` may still name others that cannot. */
  readonly ok: boolean;
  readonly error: NodeError | null;
  /** As in the answer's `node_errors`: node id → errors, dependent_outputs, class_type. */
  readonly nodeErrors: JsonObject;
  /** Output nodes that will run. */
  readonly outputs: readonly string[];
  /** The payload with values converted as the server does ("6" → 6); this is what it queues. */
  readonly payload: JsonObject;
  /** The server's own code dies of this payload: it answers 500 and no JSON. */
  readonly isFatal: boolean;
}

/** What the check needs beside payload and catalog. */
export interface PayloadCheck {
  /** Whether LoadImage and its kin find the file; everything is there when absent. */
  readonly fileExists?: (name: string) => boolean;
  /** `partial_execution_targets` of the request: only these outputs run. */
  readonly targets?: readonly JsonValue[];
}

/** Answers a payload exactly as ComfyUI 0.3.64 answers `POST /prompt` (`validate_prompt`). */
export function validatePayload(
  payload: JsonObject,
  catalog: ClassSource,
  check: PayloadCheck = {},
): PayloadVerdict {
  const refuse = (error: NodeError): PayloadVerdict => ({ ...nothing(payload), error });
  const outputs: string[] = [];
  for (const [id, node] of Object.entries(payload)) {
    if (typeof node === 'number' || typeof node === 'bigint' || typeof node === 'boolean') {
      return { ...nothing(payload), isFatal: true };
    }
    if (node === null) return { ...nothing(payload), isFatal: true };
    if (!isJsonObject(node) || !Object.hasOwn(node, 'class_type')) {
      return refuse(
        invalid('Cannot execute because a node is missing the class_type property.', id),
      );
    }
    const classType = toPythonText(node['class_type'] ?? null);
    const known = catalog.get(classType);
    if (known === undefined) {
      return refuse(invalid(`Cannot execute because node ${classType} does not exist.`, id));
    }
    const isWanted = check.targets === undefined || check.targets.includes(id);
    if (known.raw['output_node'] === true && isWanted) outputs.push(id);
  }
  if (outputs.length === 0) return refuse(plainError('prompt_no_outputs', 'Prompt has no outputs'));
  return checkOutputs(payload, catalog, check, outputs);
}

function checkOutputs(
  payload: JsonObject,
  catalog: ClassSource,
  check: PayloadCheck,
  outputs: readonly string[],
): PayloadVerdict {
  const walk: ValidationWalk = {
    payload,
    catalog,
    fileExists: check.fileExists ?? (() => true),
    verdicts: new Map(),
    converted: new Map(),
    open: new Set(),
  };
  const isLarge = Object.keys(payload).length > LARGE;
  const good: string[] = [];
  const lines: string[] = [];
  const found = new Map<string, { errors: readonly NodeError[]; outputs: string[] }>();
  for (const output of outputs) {
    if (isLarge) validateUpstream(walk, output);
    const outcome = validateNode(walk, output);
    const verdict =
      'exception' in outcome ? { ok: false, errors: [outerException(outcome.exception)] } : outcome;
    walk.verdicts.set(output, verdict);
    if (verdict.ok) {
      good.push(output);
      continue;
    }
    lines.push(...verdict.errors.map((error) => `${error.message}: ${error.details}`));
    // The server lists every node that failed so far, also those of an earlier output.
    for (const [nodeId, { ok, errors }] of walk.verdicts) {
      if (ok || errors.length === 0) continue;
      const entry = found.get(nodeId) ?? { errors, outputs: [] };
      entry.outputs.push(output);
      found.set(nodeId, entry);
    }
  }
  const nodeErrors = Object.fromEntries(
    [...found].map(([id, entry]) => [id, describeNode(payload, id, entry)]),
  );
  const ok = good.length > 0;
  const error = ok
    ? null
    : plainError(
        'prompt_outputs_failed_validation',
        'Prompt outputs failed validation',
        lines.join('\n'),
      );
  return { ok, error, nodeErrors, outputs: good, payload: converted(walk), isFatal: false };
}

function describeNode(
  payload: JsonObject,
  id: string,
  entry: { readonly errors: readonly NodeError[]; readonly outputs: readonly string[] },
): JsonObject {
  const node = payload[id];
  return {
    errors: entry.errors.map((error) => ({ ...error })),
    dependent_outputs: entry.outputs,
    class_type: isJsonObject(node) ? (node['class_type'] ?? null) : null,
  };
}

function converted(walk: ValidationWalk): JsonObject {
  const nodes = Object.entries(walk.payload).map(([id, node]): [string, JsonValue] => {
    const values = walk.converted.get(id);
    if (values === undefined || !isJsonObject(node)) return [id, node];
    const inputs = isJsonObject(node['inputs']) ? node['inputs'] : {};
    return [id, { ...node, inputs: { ...inputs, ...Object.fromEntries(values) } }];
  });
  return Object.fromEntries(nodes);
}

function nothing(payload: JsonObject): PayloadVerdict {
  return { ok: false, error: null, nodeErrors: {}, outputs: [], payload, isFatal: false };
}

function invalid(message: string, nodeId: string): NodeError {
  return { type: 'invalid_prompt', message, details: `Node ID '#${nodeId}'`, extra_info: {} };
}

function plainError(type: string, message: string, details = ''): NodeError {
  return { type, message, details, extra_info: {} };
}
