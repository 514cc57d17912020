import { stringifyExactJson } from '../../core/base/exact-json.ts';
import {
  type JsonObject,
  type JsonValue,
  isJsonArray,
  isJsonObject,
} from '../../core/base/json.ts';

/** One way in which our payload is not the page's. */
export interface AnswerDifference {
  readonly id: string;
  readonly classType: string;
  /** What of the node differs: all of it (one side has none), its class, its title, or one input. */
  readonly part: 'node' | 'class_type' | '_meta' | { readonly input: string };
  /** Absent where that side has nothing. */
  readonly page?: JsonValue;
  readonly ours?: JsonValue;
}

/** Compares every node, input and title in both directions. */
export function compareAnswers(page: JsonObject, ours: JsonObject): readonly AnswerDifference[] {
  const found: AnswerDifference[] = [];
  for (const id of new Set([...Object.keys(page), ...Object.keys(ours)])) {
    const theirs = page[id];
    const made = ours[id];
    const at = { id, classType: classOf(theirs ?? made) };
    if (!isJsonObject(theirs) || !isJsonObject(made)) {
      found.push({ ...at, part: 'node', ...sides(theirs, made) });
      continue;
    }
    for (const part of ['class_type', '_meta'] as const) {
      if (sameAnswer(theirs[part], made[part])) continue;
      found.push({ ...at, part, ...sides(theirs[part], made[part]) });
    }
    const [before, after] = [inputsOf(theirs), inputsOf(made)];
    for (const input of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (sameAnswer(before[input], after[input])) continue;
      found.push({ ...at, part: { input }, ...sides(before[input], after[input]) });
    }
  }
  return found;
}

/** What a payload has at the place of a difference. */
export function valueAt(
  payload: JsonObject,
  { id, part }: Pick<AnswerDifference, 'id' | 'part'>,
): JsonValue | undefined {
  const node = payload[id];
  if (part === 'node' || !isJsonObject(node)) return node;
  return typeof part === 'string' ? node[part] : inputsOf(node)[part.input];
}

/** Where a difference is, in words: "12:3 KSampler.seed". */
export function placeOf({ id, classType, part }: AnswerDifference): string {
  if (part === 'node') return `${id} ${classType}`;
  return typeof part === 'string'
    ? `${id} ${classType} ${part}`
    : `${id} ${classType}.${part.input}`;
}

/** A side of a difference on one line. */
export function showAnswer(value: JsonValue | undefined): string {
  const text = value === undefined ? 'nothing' : stringifyExactJson(value);
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}

/** Whether two parts of payloads are the same; the order of keys does not count. */
export function sameAnswer(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (isJsonArray(a) && isJsonArray(b)) {
    return a.length === b.length && a.every((value, index) => sameAnswer(value, b[index]));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => sameAnswer(a[key], b[key]));
}

function sides(
  page: JsonValue | undefined,
  ours: JsonValue | undefined,
): Pick<AnswerDifference, 'page' | 'ours'> {
  return { ...(page === undefined ? {} : { page }), ...(ours === undefined ? {} : { ours }) };
}

function classOf(node: JsonValue | undefined): string {
  const type = isJsonObject(node) ? node['class_type'] : undefined;
  return typeof type === 'string' ? type : '?';
}

function inputsOf(node: JsonObject): JsonObject {
  return isJsonObject(node['inputs']) ? node['inputs'] : {};
}
