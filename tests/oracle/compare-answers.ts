import {
  type JsonObject,
  type JsonValue,
  isJsonArray,
  isJsonObject,
} from '../../core/base/json.ts';
import { stringifyExactJson } from '../../core/base/exact-json.ts';

/** One way in which our payload is not the page's. */
export interface AnswerDifference {
  /** Node, class and input: "12:3 KSampler.seed". */
  readonly where: string;
  readonly page: string;
  readonly ours: string;
  /** Why it is meant to be so; absent: ours is wrong. */
  readonly because?: string;
}

/** Compares every node, input and title in both directions. */
export function compareAnswers(page: JsonObject, ours: JsonObject): readonly AnswerDifference[] {
  const found: AnswerDifference[] = [];
  for (const id of new Set([...Object.keys(page), ...Object.keys(ours)])) {
    const theirs = page[id];
    const made = ours[id];
    if (!isJsonObject(theirs) || !isJsonObject(made)) {
      found.push({ where: nodeName(id, theirs ?? made), page: show(theirs), ours: show(made) });
      continue;
    }
    const where = nodeName(id, theirs);
    for (const key of ['class_type', '_meta'] as const) {
      if (same(theirs[key], made[key])) continue;
      found.push({ where: `${where} ${key}`, page: show(theirs[key]), ours: show(made[key]) });
    }
    found.push(...compareInputs(where, inputsOf(theirs), inputsOf(made)));
  }
  return found;
}

function compareInputs(
  where: string,
  page: JsonObject,
  ours: JsonObject,
): readonly AnswerDifference[] {
  const names = [...new Set([...Object.keys(page), ...Object.keys(ours)])];
  return names.flatMap((name) => {
    const a = page[name];
    const b = ours[name];
    if (same(a, b)) return [];
    const because = excuse(a, b);
    return {
      where: `${where}.${name}`,
      page: show(a),
      ours: show(b),
      ...(because === undefined ? {} : { because }),
    };
  });
}

function excuse(page: JsonValue | undefined, ours: JsonValue | undefined): string | undefined {
  if (typeof ours === 'bigint' && typeof page !== 'string' && Number(ours) === Number(page)) {
    return 'the page rounds whole numbers beyond 2^53; ours keeps them';
  }
  return undefined;
}

function same(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (isJsonArray(a) && isJsonArray(b)) {
    return a.length === b.length && a.every((value, index) => same(value, b[index]));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => same(a[key], b[key]));
}

function nodeName(id: string, node: JsonValue | undefined): string {
  const type = isJsonObject(node) ? node['class_type'] : undefined;
  return `${id} ${typeof type === 'string' ? type : '?'}`;
}

function inputsOf(node: JsonObject): JsonObject {
  return isJsonObject(node['inputs']) ? node['inputs'] : {};
}

function show(value: JsonValue | undefined): string {
  const text = value === undefined ? 'nothing' : stringifyExactJson(value);
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}
