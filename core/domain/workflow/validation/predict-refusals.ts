import { type JsonObject, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { Problem } from '../../../contract/workflow.schema.ts';
import type { NodeCatalog } from '../catalog.ts';
import type { PayloadNote } from '../payload/payload-note.ts';
import { type ClassSource } from '../server-validation/validate-node.ts';
import { validatePayload } from '../server-validation/server-validation.ts';
import { findInputSpec } from '../widgets/widget-layout.ts';
import { choiceProblem } from './choices/choice-problem.ts';
import type { PayloadNode } from './payload-facts.ts';
import { refusalSentence } from './refusal-sentences.ts';

/** What the server would refuse, before it is asked; its own answers are read by `serverProblems`, in the same words. */
export function predictRefusals(
  payload: JsonObject,
  nodes: ReadonlyMap<string, PayloadNode>,
  report: readonly PayloadNote[],
  catalog: NodeCatalog,
): readonly Problem[] {
  const verdict = validatePayload(withInputs(payload), withStandIns(catalog));
  const reasons: Reasons = new Map(
    report.map((note) => [`${note.nodeId}/${note.input ?? ''}`, note.message]),
  );
  const problems: Problem[] = [];
  for (const [id, entry] of Object.entries(verdict.nodeErrors)) {
    const node = nodes.get(id);
    const errors = isJsonObject(entry) && isJsonArray(entry['errors']) ? entry['errors'] : [];
    for (const error of errors) {
      const problem = isJsonObject(error) && node ? describe(node, error, reasons) : undefined;
      if (problem !== undefined) problems.push(problem);
    }
  }
  // A node of an unknown class may be the one that saves.
  const isAllKnown = [...nodes.values()].every(({ nodeClass }) => nodeClass !== undefined);
  if (verdict.error?.type === 'prompt_no_outputs' && isAllKnown) problems.push(noOutputs());
  return problems;
}

/** The server's code falls over a node without `inputs`; with none in it, it says which ones are missing. */
function withInputs(payload: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(payload).map(([id, node]) => [
      id,
      isJsonObject(node) && !isJsonObject(node['inputs']) ? { ...node, inputs: {} } : node,
    ]),
  );
}

/** Why an input was left out, by `node/input`. */
type Reasons = ReadonlyMap<string, string>;

/** The server stops at the first unknown class; with a stand-in for it the rest is checked too. */
function withStandIns(catalog: NodeCatalog): ClassSource {
  return { get: (classType) => catalog.get(classType) ?? STAND_IN };
}

const STAND_IN: { readonly raw: JsonObject } = {
  raw: { input: {}, output: Array.from({ length: 64 }, () => '*'), output_node: false },
};

function noOutputs(): Problem {
  return {
    type: 'prompt_no_outputs',
    severity: 'error',
    message: refusalSentence('prompt_no_outputs', {}),
  };
}

function describe(node: PayloadNode, error: JsonObject, reasons: Reasons): Problem | undefined {
  const type = typeof error['type'] === 'string' ? error['type'] : '';
  const info = isJsonObject(error['extra_info']) ? error['extra_info'] : {};
  const input = typeof info['input_name'] === 'string' ? info['input_name'] : '';
  const value = info['received_value'];
  const spec = node.nodeClass === undefined ? undefined : findInputSpec(node.nodeClass, input);
  // The server's code fell over a connection that leads nowhere; that is reported by itself.
  if (type.startsWith('exception_during')) return undefined;
  if (type === 'value_not_in_list') {
    return choiceProblem(node, input, value ?? null, spec?.choices ?? []);
  }
  const limit = type === 'value_smaller_than_min' ? spec?.min : spec?.max;
  const message = refusalSentence(type, {
    input,
    nodeTitle: node.title,
    value,
    limit,
    takes: spec?.type,
    gives: typeof info['received_type'] === 'string' ? info['received_type'] : undefined,
    isSetting: spec?.isWidget === true,
    reason: reasons.get(`${node.id}/${input}`),
    ...(typeof error['details'] === 'string' ? { said: error['details'] } : {}),
  });
  const instead = type === 'invalid_input_type' ? spec?.default : limit;
  const suggestions = SUGGESTED.has(type) && instead !== undefined ? [instead] : undefined;
  return {
    type,
    severity: 'error',
    nodeId: node.id,
    nodeTitle: node.title,
    classType: node.classType,
    input,
    message,
    ...(suggestions === undefined ? {} : { suggestions }),
  };
}

const SUGGESTED: ReadonlySet<string> = new Set([
  'invalid_input_type',
  'value_smaller_than_min',
  'value_bigger_than_max',
]);
