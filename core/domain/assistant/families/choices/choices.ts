import type { Clause } from '../../reading/clause.ts';
import { bareName, compact, isWholeName, matchChoice } from '../../scene/match-choice.ts';
import { type Outcome, ask } from '../../plan.ts';
import type { Scene } from '../../scene/scene.ts';
import { nameLikeness } from '../../../workflow/nearest-name.ts';
import {
  type Kind,
  choose,
  holders,
  listOf,
  splitNode,
  splitSchedule,
  unquoted,
} from './choose-from-list.ts';
import { TO, VERB, planOtherLists, planUniqueValue } from './other-lists.ts';

const KINDS: readonly Kind[] = [
  { words: 'sampler(?:[ _]name)?|sampling method', label: 'sampler', widgets: ['sampler_name'] },
  { words: 'scheduler|schedule|noise schedule', label: 'scheduler', widgets: ['scheduler'] },
  { words: 'lora_name|loras?(?: model| file)?', label: 'LoRA', widgets: ['lora_name'] },
  { words: 'vae_name|vae(?: model| file)?', label: 'VAE', widgets: ['vae_name'] },
  {
    words: 'model_name|upscale model|upscaler model|upscaler',
    label: 'upscale model',
    widgets: ['model_name'],
  },
  {
    words: 'control_net_name|controlnet(?: model)?|control net',
    label: 'ControlNet',
    widgets: ['control_net_name'],
  },
  {
    words: 'ckpt_name|unet_name|checkpoint|ckpt|base model|model|unet|diffusion model',
    label: 'model',
    widgets: ['ckpt_name', 'unet_name'],
  },
];

/** Picks from a list: sampler, scheduler, checkpoint, LoRA, VAE, or any other list that a node has. */
export function planChoices(clause: Clause, scene: Scene): Outcome | undefined {
  for (const kind of KINDS) {
    const words = readKind(clause.plain, kind);
    if (words === undefined || isSettingWord(words.value)) continue;
    const outcome = choose(clause, scene, kind, words.value, words.node);
    if (outcome !== undefined) return outcome;
  }
  return (
    planOtherLists(clause, scene) ??
    replaceCurrent(clause, scene) ??
    planByValueAlone(clause, scene)
  );
}

function readKind(
  plain: string,
  kind: Kind,
): { readonly value: string; readonly node: string } | undefined {
  const name = `(?:the |my |another |a )?(?:${kind.words})`;
  const patterns = [
    `^(?:${VERB} )?(?:over )?(?:to )?${name}(?: (?:on|for|of|in) (?<node>.+?))?\\s*${TO}\\s*(?<value>.+)$`,
    `^${VERB} (?:the |my )?(?<node>.+?) (?:${kind.words}) ${TO} (?<value>.+)$`,
    `^(?:${VERB} )?(?:over )?(?:to )?${name}(?<value> .+)$`,
    `^${VERB} (?:over )?(?:to )?(?:the |a )?(?<value>.+?) (?:as (?:the )?)?(?:${kind.words})(?: (?:instead|please))?(?: (?:on|for|in) (?<node>.+))?$`,
    `^(?<value>[^ ]+(?: [^ ]+){0,3}) (?:${kind.words})(?: (?:on|for|in) (?<node>.+))?$`,
  ];
  for (const pattern of patterns) {
    const groups = new RegExp(pattern).exec(plain)?.groups;
    if (groups?.['value'] === undefined) continue;
    const [value = '', node = ''] = splitNode(groups['value'].trim());
    return {
      value: unquoted(value)
        .replace(/ instead$/, '')
        .replace(/^(?:the|a|an|my)(?: |$)/, ''),
      node: groups['node'] ?? node,
    };
  }
  return undefined;
}

/** "Use dreamshaper", "karras please": a value that only one kind of list has. */
function planByValueAlone(clause: Clause, scene: Scene): Outcome | undefined {
  const verb = new RegExp(
    `^(?:${VERB}|switch over|change over)(?: it)?(?: over)?(?: to)? (?:the )?(?<value>.+)$`,
  ).exec(clause.plain);
  const [value = '', node = ''] = splitNode(unquoted(verb?.groups?.['value'] ?? clause.plain));
  const fits = KINDS.filter((kind) => {
    const [first] = holders(kind.widgets, scene);
    const choices = first === undefined ? [] : (listOf(first, kind.widgets)?.spec?.choices ?? []);
    const pair =
      kind.label === 'sampler' && first !== undefined ? splitSchedule(value, [first]) : undefined;
    return isSure(pair?.sampler ?? value, choices, verb !== null);
  });
  const [kind] = fits;
  if (fits.length > 1 && kind !== undefined) {
    return ask(
      `“${value}” is both a ${fits.map((fit) => fit.label).join(' and a ')}. Which do you mean?`,
      fits.map((fit) => `set the ${fit.label.toLowerCase()} to ${value}`),
    );
  }
  if (kind !== undefined) return choose(clause, scene, kind, value, node);
  if (verb === null) return undefined;
  return offerLora(value, scene) ?? planUniqueValue(clause, scene, value);
}

const REPLACE =
  /^(?:swap|replace|change|switch|exchange)(?: out)? (?:the )?(?<old>.+?) (?:for|with|to) (?:the )?(?<value>.+)$/;

/** "Swap pixel art for ink wash": the first is what some node has loaded now. */
function replaceCurrent(clause: Clause, scene: Scene): Outcome | undefined {
  const { old = '', value = '' } = REPLACE.exec(clause.plain)?.groups ?? {};
  if (old.length < 3) return undefined;
  const kind = KINDS.find((each) =>
    holders(each.widgets, scene).some((node) => {
      const now = listOf(node, each.widgets)?.value;
      return now !== undefined && matchChoice(old, [now]).kind === 'one';
    }),
  );
  return kind === undefined ? undefined : choose(clause, scene, kind, value, '');
}

/** "Use ink wash" where no LoRA is in yet. */
function offerLora(value: string, scene: Scene): Outcome | undefined {
  const loras =
    scene.catalog.get('LoraLoader')?.inputs.find((input) => input.name === 'lora_name')?.choices ??
    [];
  const found = value.length < 3 ? undefined : matchChoice(value, loras);
  if (found?.kind !== 'one') return undefined;
  const name = bareName(found.choice);
  return ask(`${name} is a LoRA, and there is none in this workflow. Shall I add it?`, [
    `add the ${name} lora`,
  ]);
}

/** Without a verb only whole names count, so that ordinary words are not taken for model files. */
function isSure(
  value: string,
  choices: Parameters<typeof matchChoice>[1],
  hasVerb: boolean,
): boolean {
  const found = matchChoice(value, choices);
  if (found.kind === 'none' || value.length < 3) return false;
  if (found.kind === 'one' && isWholeName(value, found.choice)) return true;
  if (found.kind === 'one' && !contains(found.choice, value))
    return isNearlyAll(found.choice, value);
  if (hasVerb) return true;
  const letters = value.replaceAll(/[^a-z\d]/g, '').length;
  return (
    found.kind === 'one' &&
    letters >= 0.6 * bareName(found.choice).replaceAll(/[^A-Za-z\d]/g, '').length
  );
}

/** True when the value's letters stand in the name, so that it was no slip that made it fit. */
function contains(choice: string, value: string): boolean {
  return (
    matchChoice(value, [choice]).kind === 'one' &&
    compact(choice).includes(compact(value).slice(0, 4))
  );
}

/** A slip in a long name is a slip; in a short one it may be another word. */
function isNearlyAll(choice: string, value: string): boolean {
  return value.length >= 6 && nameLikeness(choice, value) >= 0.8;
}

function isSettingWord(words: string): boolean {
  return /^(?:strength|weight|on|off|up|down|a bit|more|less|higher|lower|node|loader)\b|^[\d.]+\s*[%x]?$/.test(
    words,
  );
}
