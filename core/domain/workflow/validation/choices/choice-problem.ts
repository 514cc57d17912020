import type { JsonValue } from '../../../../base/json.ts';
import type { Problem } from '../../../../contract/workflow.schema.ts';
import { nearChoices } from './near-choices.ts';
import type { PayloadNode } from '../payload-facts.ts';
import { refusalSentence, showValue } from '../refusal-sentences.ts';

const MAX_SUGGESTIONS = 5;

/** Says that a value is not one of the choices, and which ones are near. */
export function choiceProblem(
  node: PayloadNode,
  input: string,
  value: JsonValue,
  choices: readonly JsonValue[],
): Problem {
  const { near } = nearChoices(showValue(value), choices);
  return {
    type: 'value_not_in_list',
    severity: 'error',
    nodeId: node.id,
    nodeTitle: node.title,
    classType: node.classType,
    input,
    message: refusalSentence('value_not_in_list', {
      input,
      nodeTitle: node.title,
      value,
      choices,
    }),
    suggestions: near.length > 0 ? near : choices.slice(0, MAX_SUGGESTIONS),
  };
}
