import { type JsonValue, isJsonArray } from '../../../../base/json.ts';
import type { InputSpec } from '../../catalog.ts';
import { hasChoices, isFileName } from '../graph/class-plan.ts';
import { fillNameTokens, pickDynamicText } from './text-tokens.ts';
import { type Writing, addNote } from './writing.ts';

/** A bare list would be read as a link by the server. */
export function toPayloadValue(value: JsonValue): JsonValue {
  return isJsonArray(value) ? { __value__: value } : value;
}

/** A setting's text as the page sends it: choices made, comments gone, the tokens of file names filled in. */
export function expandText(
  writing: Writing,
  name: string,
  value: JsonValue,
  spec: InputSpec | undefined,
): JsonValue {
  if (typeof value !== 'string') return value;
  const { moment, lookUp } = writing.emitting;
  if (spec !== undefined && hasChoices(spec)) {
    const { text, picked } = pickDynamicText(value, moment.pick);
    if (picked > 0 && moment.pick === undefined) {
      const message = `“${name}” offers choices in braces; the first of each was taken.`;
      addNote(writing, 'guessed', message);
    }
    return text;
  }
  if (!isFileName(name, writing.node.nodeClass)) return value;
  const { text, unfilled } = fillNameTokens(value, lookUp, moment.now);
  if (unfilled.length > 0) {
    const message = `${unfilled.join(', ')} in the file name was not filled in.`;
    addNote(writing, 'left-out', message);
  }
  return text;
}
