import type { Scene } from '../scene/scene.ts';
import { textsOf } from '../scene/trace.ts';
import { THINGS_TO_SAY } from '../families/explain.ts';
import {
  type SettingConcept,
  nodesWith,
  settingsOf,
  settingsThere,
  widgetsOn,
} from '../reading/settings.ts';
import { removeFromText } from '../reading/prompt-text.ts';
import { FILLERS } from '../words/lexicon.ts';
import { compact } from '../scene/match-choice.ts';
import { nameLikeness } from '../../workflow/nearest-name.ts';

/** Wishes about the picture, and the things to try that come nearest. */
const WISHES: readonly (readonly [words: RegExp, offers: readonly string[]])[] = [
  [
    /\b(?:sharp|crisp|detail|clear|focus|soft|blurry)/,
    [
      'raise sharpen radius a bit',
      'raise alpha a bit',
      'raise steps by 10',
      'raise cfg a bit',
      'upscale 2x',
      'add "sharp focus, fine detail" to the prompt',
    ],
  ],
  [/\b(?:fast|quick|speed|slow|time)/, ['set steps to 20', 'make it 25% smaller']],
  [/\b(?:nois|grain|clean|artefact|artifact)/, ['raise steps by 10', 'lower cfg a bit']],
  [/\b(?:burn|fried|overcook|saturat|harsh|contrast)/, ['lower cfg a bit', 'lower cfg a lot']],
  [/\b(?:bigger|larger|resolution|res|huge|print)\b/, ['upscale 2x', 'make it 25% bigger']],
  [
    /\b(?:less|away|looser|further)\b.*\b(?:plate|original|source|input)\b/,
    ['raise denoise a bit'],
  ],
  [/\b(?:plate|original|source|input)\b/, ['lower denoise a bit']],
  [/\b(?:follow|stick|close)\b.*\b(?:less|loose)/, ['raise denoise a bit']],
  [/\b(?:closer|follow|adher|match|faithful)/, ['raise cfg a bit', 'lower denoise a bit']],
  [/\b(?:different|vary|variation|else|random)/, ['randomise the seed', 'run 4 variations']],
  [
    /\b(?:better|nicer|quality|improve|good|pop|amazing)\b/,
    ['raise steps by 10', 'add a second pass', 'upscale 2x'],
  ],
];

/** What to say about a request that is none of ours. */
export interface Unclear {
  /** Things to say instead; the nearest first, at most four. */
  readonly offers: readonly string[];
  /** A wish that no one setting fulfils, words that a text could say, or nothing that we know. */
  readonly kind: 'wish' | 'text' | 'unknown';
}

/** Finds what comes nearest to a request that was not understood. */
export function unclearRequest(request: string, scene: Scene | undefined): Unclear {
  if (scene === undefined) return { offers: THINGS_TO_SAY, kind: 'unknown' };
  const named = settingsThere(scene)
    .filter(
      (concept) =>
        isNumber(concept, scene) && concept.aliases.some((alias) => isNear(alias, request)),
    )
    .slice(0, 2)
    .map((concept) => `raise ${concept.key} a bit`);
  const wishes = WISHES.filter(([words]) => words.test(request))
    .flatMap(([, offers]) => offers)
    .filter((offer) => isPossible(offer, scene));
  const text = inText(request, scene);
  const near = [...new Set([...named, ...wishes, ...text])].slice(0, 4);
  return near.length === 0
    ? { offers: ['what can I change', 'explain this workflow', 'help'], kind: 'unknown' }
    : { offers: near, kind: wishes.length > 0 ? 'wish' : text.length > 0 ? 'text' : 'unknown' };
}

/** "More rain", "less cinematic", "make it moodier": what the prompt could say for it. */
function inText(request: string, scene: Scene): readonly string[] {
  const spots = textsOf(scene, 'positive');
  if (spots.length === 0) return [];
  const gone =
    /^(?:less|no|no more|not so|without(?: any)?|fewer) (?<words>[\p{L} '-]{3,40})$/u.exec(request)
      ?.groups?.['words'];
  if (gone !== undefined) {
    if (spots.some((spot) => removeFromText(spot.text, gone) !== undefined))
      return [`remove "${gone}" from the prompt`];
    return textsOf(scene, 'negative').length > 0 ? [`add "${gone}" to the negative prompt`] : [];
  }
  const other =
    /^(?:replace|swap|change|turn) .+? (?:with|for|to|into) (?<other>[\p{L} '-]{3,40})$/u.exec(
      request,
    )?.groups?.['other'];
  if (other !== undefined) return [`add "${other}" to the prompt`, 'what is the prompt'];
  const words = describedWords(request);
  return words === undefined ? [] : [`add "${words}" to the prompt`];
}

/** Words about how the picture comes about, not about what is in it. */
const ABOUT_PICTURE = /\b(?:follow|image|picture|plate|colours?|colors?|setting|prompt)\b/;

/** "Make it moodier" → moodier: words that could stand in the text. */
function describedWords(request: string): string | undefined {
  const patterns = [
    /^(?:add|include|put in|more|extra) (?:some |a |an |the )?(?<words>[\p{L} ,'-]{3,60})$/u,
    /^(?:make|i want|give|turn|grade|colou?r|light|dress)\s+(?:it|this|the (?:image|picture|scene|shot)|me)?\s*(?:look |feel |more |a bit |much |into |a lot )*(?<words>[\p{L} '-]{3,40})$/u,
  ];
  for (const pattern of patterns) {
    const words = pattern.exec(request)?.groups?.['words']?.trim();
    if (words !== undefined && !ABOUT_PICTURE.test(words)) return words;
  }
  return undefined;
}

function isNumber(concept: SettingConcept, scene: Scene): boolean {
  const [node] = nodesWith(concept, scene);
  const [name] = node === undefined ? [] : widgetsOn(concept, node);
  return typeof node?.widgets.find((widget) => widget.name === name)?.value === 'number';
}

function isPossible(offer: string, scene: Scene): boolean {
  if (offer.includes('prompt')) return textsOf(scene, 'positive').length > 0;
  const setting = /^(?:raise|lower|set) (?<name>.+?) (?:by|to|a (?:bit|lot))\b/.exec(offer)
    ?.groups?.['name'];
  if (setting === undefined) return true;
  const concept = settingsOf(scene).find((each) => each.aliases.includes(setting));
  return concept !== undefined && nodesWith(concept, scene).length === 1;
}

function isNear(alias: string, request: string): boolean {
  return request
    .split(/\s+/)
    .some(
      (word) =>
        word.length > 3 && !FILLERS.has(word) && nameLikeness(compact(word), compact(alias)) > 0.7,
    );
}
