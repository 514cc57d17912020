import type { Scene } from './scene.ts';
import { textsOf } from './trace.ts';
import { THINGS_TO_SAY } from './families/explain.ts';
import {
  type SettingConcept,
  nodesWith,
  settingsOf,
  settingsThere,
  widgetsOn,
} from './settings.ts';
import { FILLERS } from './words/lexicon.ts';
import { compact } from './match-choice.ts';
import { nameLikeness } from '../workflow/nearest-name.ts';

/** Wishes about the picture, and the things to try that come nearest. */
const WISHES: readonly (readonly [words: RegExp, offers: readonly string[]])[] = [
  [
    /\b(?:sharp|crisp|detail|clear|focus|soft|blurry)/,
    ['raise steps by 10', 'add "sharp focus, fine detail" to the prompt', 'upscale 2x'],
  ],
  [/\b(?:fast|quick|speed|slow|time)/, ['set steps to 20', 'make it 25% smaller']],
  [/\b(?:nois|grain|clean|artefact|artifact)/, ['raise steps by 10', 'lower cfg a bit']],
  [/\b(?:burn|fried|overcook|saturat|harsh|contrast)/, ['lower cfg a bit', 'lower cfg a lot']],
  [/\b(?:bigger|larger|resolution|res|huge|print)\b/, ['upscale 2x', 'make it 25% bigger']],
  [/\b(?:closer|follow|adher|match|faithful)/, ['raise cfg a bit', 'lower denoise a bit']],
  [/\b(?:different|vary|variation|else|random)/, ['randomise the seed', 'run 4 variations']],
  [
    /\b(?:better|nicer|quality|improve|good|pop|amazing)\b/,
    ['raise steps by 10', 'add a second pass', 'upscale 2x'],
  ],
];

/** Things to say instead of a request that was not understood; the nearest first, at most four. */
export function offersFor(request: string, scene: Scene | undefined): readonly string[] {
  if (scene === undefined) return THINGS_TO_SAY;
  const wishes = WISHES.filter(([words]) => words.test(request)).flatMap(([, offers]) => offers);
  const possible = wishes.filter((offer) => isPossible(offer, scene));
  const words = describedWords(request);
  const hasText = textsOf(scene, 'positive').length > 0;
  const text = words === undefined || !hasText ? [] : [`add "${words}" to the prompt`];
  const named = settingsThere(scene)
    .filter(
      (concept) =>
        isNumber(concept, scene) && concept.aliases.some((alias) => isNear(alias, request)),
    )
    .slice(0, 2)
    .map((concept) => `raise ${concept.key} a bit`);
  const offers = [...named, ...possible, ...text];
  return [
    ...new Set(offers.length > 0 ? offers : [...THINGS_TO_SAY.slice(2), 'what can I change']),
  ].slice(0, 4);
}

/** "Make it moodier" → moodier: words that could stand in the text. */
function describedWords(request: string): string | undefined {
  const added = /^(?:add|include|put in) (?:some |a |an |the )?(?<words>[\p{L} ,'-]{3,60})$/u.exec(
    request,
  );
  if (added?.groups?.['words'] !== undefined) return added.groups['words'];
  const match =
    /^(?:make|i want|give|turn)\s+(?:it|this|the (?:image|picture|scene|shot)|me)?\s*(?:look |feel |more |a bit |much |into |a lot )*(?<words>[\p{L} '-]{3,40})$/u.exec(
      request,
    );
  return match?.groups?.['words']?.trim();
}

function isNumber(concept: SettingConcept, scene: Scene): boolean {
  const [node] = nodesWith(concept, scene);
  const [name] = node === undefined ? [] : widgetsOn(concept, node);
  return typeof node?.widgets.find((widget) => widget.name === name)?.value === 'number';
}

function isPossible(offer: string, scene: Scene): boolean {
  if (offer.includes('prompt')) return textsOf(scene, 'positive').length > 0;
  const concept = settingsOf(scene).find((each) =>
    each.aliases.some((alias) => new RegExp(`\\b${alias}\\b`).test(offer)),
  );
  if (concept !== undefined && /^(?:raise|lower|set)/.test(offer))
    return nodesWith(concept, scene).length === 1;
  return true;
}

function isNear(alias: string, request: string): boolean {
  return request
    .split(/\s+/)
    .some(
      (word) =>
        word.length > 3 && !FILLERS.has(word) && nameLikeness(compact(word), compact(alias)) > 0.7,
    );
}
