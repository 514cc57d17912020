import { type JsonValue, isJsonArray, isJsonObject } from '../../core/base/json.ts';
import { stringifyExactJson } from '../../core/base/exact-json.ts';

/** A repeatable row of numbers from 0 up to, not including, 1 (mulberry32). */
export function createChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The text of a workflow with one to six things in it changed, sometimes in the text itself. */
export function mutateWorkflow(workflow: JsonValue, chance: () => number): string {
  const edits = 1 + Math.floor(chance() * 6);
  let changed = workflow;
  for (let edit = 0; edit < edits; edit += 1) changed = mutateValue(changed, chance, 0);
  const text = stringifyExactJson(changed);
  return chance() < 0.15 ? mutateText(text, chance) : text;
}

/** Walks down at random and changes what it lands on; what it does not walk past is shared. */
function mutateValue(value: JsonValue, chance: () => number, depth: number): JsonValue {
  const stop = depth > 0 && chance() < 0.12;
  if (isJsonArray(value) && value.length > 0 && !stop) {
    const at = Math.floor(chance() * value.length);
    const item = value[at] ?? null;
    const roll = chance();
    if (roll < 0.04) return value.filter((_, index) => index !== at);
    if (roll < 0.08) return [...value, item];
    if (roll < 0.1) return value.toReversed();
    return value.with(at, mutateValue(item, chance, depth + 1));
  }
  if (isJsonObject(value) && !stop) {
    const keys = Object.keys(value);
    const key = keys[Math.floor(chance() * keys.length)];
    if (key === undefined) return strange(value, chance);
    const roll = chance();
    if (roll < 0.05)
      return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    if (roll < 0.08) return { ...value, [pick(STRANGE_NAMES, chance)]: value[key] ?? null };
    return { ...value, [key]: mutateValue(value[key] ?? null, chance, depth + 1) };
  }
  return strange(value, chance);
}

function strange(value: JsonValue, chance: () => number): JsonValue {
  if (typeof value === 'number' && chance() < 0.5) return value + Math.floor(chance() * 7) - 3;
  return chance() < 0.1 ? [value] : pick(STRANGE_VALUES, chance);
}

function mutateText(text: string, chance: () => number): string {
  const at = Math.floor(chance() * text.length);
  const roll = chance();
  if (roll < 0.3) return text.slice(0, at);
  if (roll < 0.6) return text.slice(0, at) + text.slice(at + 1 + Math.floor(chance() * 20));
  return text.slice(0, at) + pick(STRANGE_TEXTS, chance) + text.slice(at);
}

function pick<Item>(items: readonly Item[], chance: () => number): Item {
  const item = items[Math.floor(chance() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

const STRANGE_VALUES: readonly JsonValue[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  4,
  2,
  -10,
  -20,
  1e308,
  NaN,
  Infinity,
  -Infinity,
  18446744073709551615n,
  -(2n ** 70n),
  '',
  '0',
  '-10',
  '*',
  'IMAGE,MASK',
  '\u0000\ud800',
  '%KSampler.seed%%date:yyyy%',
  '{a|{b|c}}//',
  'KSampler',
  'PrimitiveNode',
  'Reroute',
  'SetNode',
  'GetNode',
  'workflow>x',
  '__proto__',
  'constructor',
  'toString',
  [],
  [[]],
  [null, null],
  ['1', 0],
  {},
  { link: 1 },
  { class_type: 'KSampler' },
  { nodes: [] },
];
const STRANGE_NAMES = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '',
  '1',
  'nodes',
  'links',
  'class_type',
  'inputs',
  'prompt',
  'workflow',
] as const;
const STRANGE_TEXTS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  'NaN',
  '1e999',
  '\\u0000',
  '\u2028',
  '/*',
  '-',
  '00',
] as const;
