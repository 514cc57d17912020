import type { JsonValue } from '../../../base/json.ts';
import { nameLikeness, nearestNames } from '../../workflow/nearest-name.ts';

/** What words come to among the values that a setting may have. */
export type ChoiceMatch =
  | { readonly kind: 'one'; readonly choice: string }
  | { readonly kind: 'several'; readonly choices: readonly string[] }
  | { readonly kind: 'none'; readonly near: readonly string[] };

/** How artists write names that ComfyUI spells otherwise; compact form → compact form. */
const SPELLINGS: Readonly<Record<string, string>> = {
  eulera: 'eulerancestral',
  dpm2a: 'dpm2ancestral',
  dpmpp2sa: 'dpmpp2sancestral',
  dpmpp2s: 'dpmpp2sancestral',
  dpmppsdekarras: 'dpmppsde',
  unipc: 'unipc',
  sgm: 'sgmuniform',
  ddimuniform: 'ddimuniform',
};

/** Finds the value that words mean: spelt out, as a part of one name only, or not at all. */
export function matchChoice(words: string, choices: readonly JsonValue[]): ChoiceMatch {
  const names = choices.filter((choice) => typeof choice === 'string');
  const wanted = compact(words);
  // A list of things is no name.
  if (/,\s|\band\b/.test(words)) return { kind: 'none', near: [] };
  if (wanted === '') return { kind: 'none', near: names.slice(0, 3) };
  const spelt = SPELLINGS[wanted] ?? wanted;
  const exact = names.filter((name) => isWholeName(words, name));
  if (exact[0] !== undefined) return { kind: 'one', choice: exact[0] };
  const pieces = wordsOf(words);
  const partial = names.filter((name) => {
    const form = compact(bareName(name));
    const folderAndName = compact(name);
    return (
      pieces.length > 0 &&
      (form.includes(spelt) || pieces.every((piece) => folderAndName.includes(piece)))
    );
  });
  if (wanted.length >= 2 && partial.length === 1 && partial[0] !== undefined)
    return { kind: 'one', choice: partial[0] };
  if (wanted.length >= 2 && partial.length > 1) return { kind: 'several', choices: partial };
  const near = nearestNames(words, names, 3);
  const [best] = near;
  if (best !== undefined && isSlip(spelt, compact(bareName(best))))
    return { kind: 'one', choice: best };
  return { kind: 'none', near };
}

/** True when words are all of a name, spelt as artists spell it: "euler a" is euler_ancestral. */
export function isWholeName(words: string, name: string): boolean {
  const wanted = compact(words);
  const spelt = SPELLINGS[wanted] ?? wanted;
  return compact(name) === spelt || compact(bareName(name)) === spelt;
}

/** A model file as artists say it: no folder, no extension. */
export function bareName(name: string): string {
  return name.replace(/^.*[/\\]/, '').replace(/\.(?:safetensors|sft|ckpt|pth?|bin|gguf)$/i, '');
}

/** Letters and digits only, lower case; "++" is "pp" as in the names of samplers. */
export function compact(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('++', 'pp')
    .replaceAll(/[^\p{L}\d]/gu, '');
}

function wordsOf(text: string): readonly string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('++', 'pp')
      .match(/\p{L}+|\d+/gu) ?? []
  );
}

/** One letter wrong in a short name, two in a long one: "eular" is euler, "dremshaper" is dreamshaper. */
function isSlip(typed: string, name: string): boolean {
  if (typed.length < 5 || typed[0] !== name[0]) return false;
  if (/\d/.test(typed) && !/\d/.test(name)) return false;
  const letters = (text: string): string => text.replaceAll(/\d+$/g, '');
  const isAsLong = Math.abs(letters(typed).length - letters(name).length) <= 2;
  return isAsLong && nameLikeness(letters(typed), letters(name)) >= 0.8;
}
