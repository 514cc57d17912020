import type { JsonValue } from '../../../base/json.ts';
import type { Problem } from '../../../contract/workflow.schema.ts';
import { nearestNames } from '../nearest-name.ts';
import { settingLabel } from '../setting-label.ts';
import type { PayloadNode } from './payload-facts.ts';

/** Says that a value is not one of the choices, and which ones are near. */
export function choiceProblem(
  node: PayloadNode,
  input: string,
  value: JsonValue,
  choices: readonly JsonValue[],
): Problem {
  const names = choices.filter((choice) => typeof choice === 'string');
  const wanted = showValue(value);
  const same = names.filter((name) => plainPath(name) === plainPath(wanted));
  const near = same.length > 0 ? same.slice(0, 1) : nearestNames(wanted, names);
  const label = settingLabel(input);
  return {
    type: 'value_not_in_list',
    severity: 'error',
    nodeId: node.id,
    nodeTitle: node.title,
    classType: node.classType,
    input,
    message:
      wanted === ''
        ? `${label} on ${node.title} has nothing chosen${choices.length === 0 ? ', and ComfyUI has nothing to choose from' : ''}.`
        : `${label} on ${node.title} is “${wanted}”, which ComfyUI does not have${advice(same, near, choices)}`,
    suggestions: near.length > 0 ? near : choices.slice(0, MAX_SUGGESTIONS),
  };
}

/** A value as it reads in a sentence. */
export function showValue(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value.length > 80 ? `${value.slice(0, 77)}…` : value;
  if (typeof value === 'object') return value === null ? 'nothing' : 'a list or object';
  return String(value);
}

const MAX_SUGGESTIONS = 5;

function advice(
  same: readonly string[],
  near: readonly string[],
  choices: readonly JsonValue[],
): string {
  if (same[0] !== undefined) return `; it has it as “${same[0]}”.`;
  if (near.length > 0) return `; the nearest is ${near.map((name) => `“${name}”`).join(' or ')}.`;
  return choices.length === 0 ? '; its list is empty.' : '.';
}

/** Windows and Linux servers write folders differently, and only one of them minds upper case. */
function plainPath(name: string): string {
  return name.replaceAll('\\', '/').toLowerCase();
}
