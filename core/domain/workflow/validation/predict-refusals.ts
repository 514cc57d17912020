import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { Problem } from '../../../contract/workflow.schema.ts';
import type { NodeCatalog } from '../catalog.ts';
import type { PayloadNote } from '../payload/payload-note.ts';
import { type ClassSource } from '../server-validation/validate-node.ts';
import { validatePayload } from '../server-validation.ts';
import { settingLabel } from '../setting-label.ts';
import { findInputSpec } from '../widgets/widget-layout.ts';
import { choiceProblem, showValue } from './choice-problem.ts';
import type { PayloadNode } from './payload-facts.ts';

/** What the server would refuse, before it is asked, in the artist's words; its own answers are read by `serverProblems`. */
export function predictRefusals(
  payload: JsonObject,
  nodes: ReadonlyMap<string, PayloadNode>,
  report: readonly PayloadNote[],
  catalog: NodeCatalog,
): readonly Problem[] {
  const verdict = validatePayload(payload, withStandIns(catalog));
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
  if (verdict.error?.type === 'prompt_no_outputs') problems.push(noOutputs());
  return problems;
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
    message: 'Nothing in this workflow saves or shows a result; add a node such as Save Image.',
  };
}

function describe(node: PayloadNode, error: JsonObject, reasons: Reasons): Problem | undefined {
  const type = typeof error['type'] === 'string' ? error['type'] : '';
  const info = isJsonObject(error['extra_info']) ? error['extra_info'] : {};
  const input = typeof info['input_name'] === 'string' ? info['input_name'] : '';
  const received = info['received_value'];
  const spec = node.nodeClass === undefined ? undefined : findInputSpec(node.nodeClass, input);
  const where = `${settingLabel(input)} on ${node.title}`;
  const make = (message: string, suggestions?: readonly JsonValue[]): Problem => ({
    type,
    severity: 'error',
    nodeId: node.id,
    nodeTitle: node.title,
    classType: node.classType,
    input,
    message,
    ...(suggestions === undefined ? {} : { suggestions }),
  });
  switch (type) {
    case 'required_input_missing':
      return make(missingMessage(node, input, spec?.isWidget === true, reasons));
    case 'bad_linked_input':
      return make(`The connection to ${where} cannot be read.`);
    case 'return_type_mismatch':
      return make(
        `${where} takes ${typeWords(spec?.type)}, but ${typeWords(info['received_type'])} is connected to it.`,
      );
    case 'invalid_input_type':
      return make(
        `${where} must be ${kindWords(spec?.type)}, and “${showValue(received)}” is not.`,
        spec?.default === undefined ? undefined : [spec.default],
      );
    case 'value_smaller_than_min':
      return make(
        `${where} is ${showValue(received)}, and the smallest it can be is ${String(spec?.min ?? '')}.`,
        spec?.min === undefined ? undefined : [spec.min],
      );
    case 'value_bigger_than_max':
      return make(
        `${where} is ${showValue(received)}, and the largest it can be is ${String(spec?.max ?? '')}.`,
        spec?.max === undefined ? undefined : [spec.max],
      );
    case 'value_not_in_list':
      return choiceProblem(node, input, received ?? null, spec?.choices ?? []);
    case 'exception_during_inner_validation':
    case 'exception_during_validation':
      // The server's code fell over a connection that leads nowhere; that is reported by itself.
      return undefined;
    default:
      return make(`ComfyUI would refuse ${where}.`);
  }
}

function missingMessage(
  node: PayloadNode,
  input: string,
  isSetting: boolean,
  reasons: Reasons,
): string {
  const label = settingLabel(input);
  if (isSetting) return `${label} on ${node.title} has no value.`;
  const reason = reasons.get(`${node.id}/${input}`);
  return reason === undefined
    ? `${node.title} needs something connected to ${label}.`
    : `${node.title} needs ${label}: ${reason}`;
}

function typeWords(type: JsonValue | undefined): string {
  return typeof type === 'string' && type !== '' ? type.split(',').join(' or ') : 'something else';
}

function kindWords(type: string | undefined): string {
  if (type === 'INT') return 'a whole number';
  if (type === 'FLOAT') return 'a number';
  if (type === 'BOOLEAN') return 'on or off';
  return type === 'STRING' ? 'a text' : 'another kind of value';
}
