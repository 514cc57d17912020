import type { JsonValue } from '../../../base/json.ts';
import { settingLabel } from '../view/setting-label.ts';
import { nearChoices } from './choices/near-choices.ts';

/** What a sentence about a refusal can draw on; a server's answer tells less than the workflow does. */
export interface RefusalFacts {
  /** Input or setting as ComfyUI calls it. */
  readonly input?: string | undefined;
  /** Absent where only the server's answer is known. */
  readonly nodeTitle?: string | undefined;
  readonly classType?: string | undefined;
  readonly value?: JsonValue | undefined;
  /** The smallest or largest value there is. */
  readonly limit?: JsonValue | undefined;
  readonly choices?: readonly JsonValue[] | undefined;
  /** Type that the input takes, and type that it was given. */
  readonly takes?: string | undefined;
  readonly gives?: string | undefined;
  /** True where a value is missing rather than a connection. */
  readonly isSetting?: boolean;
  /** Why nothing is there, as a sentence. */
  readonly reason?: string | undefined;
  /** What the server said about it, without folders and secrets. */
  readonly said?: string | undefined;
  /** Titles of the nodes of a circle, in feeding order. */
  readonly circle?: readonly string[];
}

/**
 * One sentence for the artist about one thing that ComfyUI refuses, the same whether it is foreseen or was answered.
 * A type that is not known keeps the server's words.
 */
export function refusalSentence(type: string, facts: RefusalFacts): string {
  const sentence = Object.hasOwn(sentences, type) ? sentences[type] : undefined;
  return sentence === undefined ? inTheirWords(type, facts) : sentence(facts);
}

/** A value as it reads in a sentence. */
export function showValue(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value.length > 80 ? `${value.slice(0, 77)}…` : value;
  if (typeof value === 'object') return value === null ? 'nothing' : 'a list or object';
  return String(value);
}

/** Error types as recorded from 0.3.64, and those that newer servers add (domain facts 3.5). */
const sentences: Readonly<Record<string, (facts: RefusalFacts) => string>> = {
  required_input_missing: ({ input = '', nodeTitle, isSetting, reason, ...rest }) => {
    if (isSetting === true) return `${where({ ...rest, input, nodeTitle })} has no value.`;
    const node = nodeTitle ?? 'This node';
    return reason === undefined
      ? `${node} needs something connected to ${settingLabel(input)}.`
      : `${node} needs ${settingLabel(input)}: ${reason}`;
  },
  value_not_in_list: (facts) => {
    const { value, choices } = facts;
    if (value === '') {
      const empty = choices?.length === 0 ? ', and ComfyUI has nothing to choose from' : '';
      return `${where(facts)} has nothing chosen${empty}.`;
    }
    return `${where(facts)} is “${showValue(value)}”, which ComfyUI does not have${advice(value, choices)}`;
  },
  value_smaller_than_min: (facts) =>
    facts.limit === undefined
      ? `${where(facts)} is ${showValue(facts.value)}, which is too small.`
      : `${where(facts)} is ${showValue(facts.value)}, and the smallest it can be is ${showValue(facts.limit)}.`,
  value_bigger_than_max: (facts) =>
    facts.limit === undefined
      ? `${where(facts)} is ${showValue(facts.value)}, which is too large.`
      : `${where(facts)} is ${showValue(facts.value)}, and the largest it can be is ${showValue(facts.limit)}.`,
  invalid_input_type: (facts) =>
    facts.value === null
      ? `${where(facts)} is empty, and it must be ${kindWords(facts.takes)}.`
      : `${where(facts)} must be ${kindWords(facts.takes)}, and “${showValue(facts.value)}” is not.`,
  return_type_mismatch: (facts) =>
    `${where(facts)} takes ${typeWords(facts.takes)}, but ${typeWords(facts.gives)} is connected to it.`,
  bad_linked_input: (facts) =>
    `The connection to ${where(facts)} cannot be read; connecting it again mends it.`,
  custom_validation_failed: (facts) => {
    const file = /invalid \w+ file(?:: (?<name>.+))?/i.exec(facts.said ?? '');
    return file === null
      ? `ComfyUI does not accept ${where(facts)}${facts.said === undefined ? '' : `: ${facts.said}`}.`
      : `The file for ${where(facts)} is not in ComfyUI’s input folder${quoted(facts.value ?? file.groups?.['name'])}.`;
  },
  exception_during_validation: brokenUpstream,
  exception_during_inner_validation: brokenUpstream,
  dependency_cycle: ({ circle }) =>
    circle === undefined
      ? 'Some nodes feed each other in a circle, so none of them can start.'
      : `These nodes feed each other in a circle, so none of them can start: ${circle.join(' → ')}.`,
  missing_node_type: ({ classType = '', nodeTitle, choices }) => {
    const near = choices?.[0];
    const hint = near === undefined ? '' : ` The nearest it has is ${showValue(near)}.`;
    const who = nodeTitle === undefined || nodeTitle === classType ? 'this workflow' : nodeTitle;
    return `This ComfyUI has no “${classType}” node, which ${who} needs.${hint}`;
  },
  prompt_no_outputs: () =>
    'Nothing in this workflow saves or shows a result; add a node such as Save Image.',
};

function where({ input, nodeTitle }: RefusalFacts): string {
  const label = input === undefined || input === '' ? 'This setting' : settingLabel(input);
  return nodeTitle === undefined ? label : `${label} on ${nodeTitle}`;
}

function advice(value: JsonValue | undefined, choices: readonly JsonValue[] | undefined): string {
  if (choices === undefined) return '.';
  const { same, near } = nearChoices(showValue(value), choices);
  if (same !== undefined) return `; it has it as “${same}”.`;
  if (near.length > 0) return `; the nearest is ${near.map((name) => `“${name}”`).join(' or ')}.`;
  if (choices.length === 0) return '; its list is empty.';
  const plain = choices.filter((choice) => typeof choice !== 'object');
  if (plain.length === 0) return '.';
  const named = plain.slice(0, MAX_NAMED).map((choice) => `“${showValue(choice)}”`);
  const more = plain.length - named.length;
  if (more > 0) return `; it has ${named.join(', ')} and ${String(more)} more.`;
  return `; it has ${[named.slice(0, -1).join(', '), named.at(-1)].filter((part) => part).join(' and ')}.`;
}

const MAX_NAMED = 3;

/** The server's own code fell over what the broken connection leads to. */
function brokenUpstream({ said = '' }: RefusalFacts): string {
  return /^'[^']*'$/.test(said)
    ? `Something upstream is connected to a node that is not there (${said}).`
    : 'ComfyUI could not check this node; a connection upstream may point to an output that is not there.';
}

function inTheirWords(type: string, { said = '' }: RefusalFacts): string {
  return said === '' ? `ComfyUI refused this node (${type}).` : said;
}

function quoted(value: JsonValue | undefined): string {
  return value === undefined ? '' : `: “${showValue(value)}”`;
}

function typeWords(type: string | undefined): string {
  return type === undefined || type === '' ? 'something else' : type.split(',').join(' or ');
}

function kindWords(type: string | undefined): string {
  if (type === 'INT') return 'a whole number';
  if (type === 'FLOAT') return 'a number';
  if (type === 'BOOLEAN') return 'on or off';
  return type === 'STRING' ? 'a text' : 'another kind of value';
}
