import type { Op } from '../../../contract/workflow.schema.ts';
import type { Clause } from '../clause.ts';
import { shown as shownValue } from '../change-value.ts';
import { bareName, compact, matchChoice } from '../match-choice.ts';
import { type Outcome, ask, edit } from '../plan.ts';
import { resolveNodes } from '../resolve-node.ts';
import { type Scene, widgetOf } from '../scene.ts';
import { settingsOf } from '../settings.ts';
import { nameLikeness } from '../../workflow/nearest-name.ts';
import { settingLabel } from '../../workflow/setting-label.ts';
import { askWhich, orList } from './values.ts';
import type { NodeView, WidgetView } from '../../workflow/view.ts';

/** Lists that have a name of their own in an artist's mouth. */
interface Kind {
  readonly words: string;
  readonly label: string;
  readonly widgets: readonly string[];
}

const KINDS: readonly Kind[] = [
  { words: 'sampler(?: name)?|sampling method', label: 'sampler', widgets: ['sampler_name'] },
  { words: 'scheduler|schedule|noise schedule', label: 'scheduler', widgets: ['scheduler'] },
  { words: 'loras?(?: model| file)?', label: 'LoRA', widgets: ['lora_name'] },
  { words: 'vae(?: model| file)?', label: 'VAE', widgets: ['vae_name'] },
  {
    words: 'upscale model|upscaler model|upscaler',
    label: 'upscale model',
    widgets: ['model_name'],
  },
  {
    words: 'controlnet(?: model)?|control net',
    label: 'ControlNet',
    widgets: ['control_net_name'],
  },
  {
    words: 'checkpoint|ckpt|base model|model|unet|diffusion model',
    label: 'model',
    widgets: ['ckpt_name', 'unet_name'],
  },
];

const VERB = String.raw`(?:set|change|make|switch|swap|use|put|try|load|go|take|pick|select|choose|want|give me|replace|exchange|i want|update|run it with|render with|with)`;
const TO = String.raw`(?:to|for|with|=|:|as|is|into|->|→)`;

/** Picks from a list: sampler, scheduler, checkpoint, LoRA, VAE, or any other list that a node has. */
export function planChoices(clause: Clause, scene: Scene): Outcome | undefined {
  for (const kind of KINDS) {
    const words = readKind(clause.plain, kind);
    if (words === undefined || isSettingWord(words.value)) continue;
    const outcome = choose(clause, scene, kind, words.value, words.node);
    if (outcome !== undefined) return outcome;
  }
  return planOtherLists(clause, scene) ?? planByValueAlone(clause, scene);
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

function splitNode(value: string): readonly string[] {
  const match = /^(?<value>.+?) (?:on|for|in) (?:the )?(?<node>.+)$/.exec(value);
  return match === null ? [value] : [match.groups?.['value'] ?? '', match.groups?.['node'] ?? ''];
}

function choose(
  clause: Clause,
  scene: Scene,
  kind: Kind,
  words: string,
  nodeWords: string,
): Outcome | undefined {
  const candidates = holders(kind.widgets, scene);
  if (candidates.length === 0) {
    return ask(
      `This workflow has no node that picks ${/^[aeiouA]/.test(kind.label) ? 'an' : 'a'} ${kind.label}.`,
      kind.label === 'LoRA' ? [`add the ${words} lora`] : ['explain this workflow'],
    );
  }
  const pair = kind.label === 'sampler' ? splitSchedule(words, candidates) : undefined;
  const wanted = pair?.sampler ?? words;
  const match = resolveNodes(nodeWords, candidates, scene);
  const [first] = match.nodes;
  if (first === undefined) return undefined;
  const widget = listOf(first, kind.widgets);
  if (widget === undefined) return undefined;
  if (wanted === '') return askWhichValue(kind.label, widget);
  const found = matchChoice(wanted, widget.spec?.choices ?? []);
  if (found.kind !== 'one')
    return askChoice(
      found.kind === 'several' ? found.choices : found.near,
      wanted,
      kind.label,
      nodeWords,
      widget,
      found.kind === 'several',
    );
  if (match.nodes.length > 1 && !match.wantsAll) {
    return askWhich(`Which ${kind.label} do you mean`, clause.typed, match.nodes, scene);
  }
  const outcomes = match.nodes.map((node) =>
    pick(node, kind.widgets, found.choice, kind.label, candidates.length > 1, scene),
  );
  const more =
    pair === undefined
      ? []
      : match.nodes.map((node) =>
          pick(node, ['scheduler'], pair.scheduler, 'scheduler', candidates.length > 1, scene),
        );
  const all = [...outcomes, ...more];
  return edit(
    all.flatMap((each) => each.ops),
    all.flatMap((each) => each.says),
  );
}

function askWhichValue(label: string, widget: WidgetView): Outcome {
  const names = (widget.spec?.choices ?? []).filter((choice) => typeof choice === 'string');
  const shown = names.filter((name) => name !== widget.value).slice(0, 5);
  return ask(
    `Which ${label}? It is ${bareName(shownValue(widget.value))} now.`,
    shown.map((name) => `set the ${label} to "${bareName(name)}"`),
  );
}

/** "DPM++ 2M Karras" is a sampler and a scheduler in one name. */
function splitSchedule(
  words: string,
  nodes: readonly NodeView[],
): { readonly sampler: string; readonly scheduler: string } | undefined {
  const parts =
    /^(?<sampler>.+?)[ _-]+(?:with |and )?(?<scheduler>karras|exponential|sgm uniform|beta|simple|normal)$/.exec(
      words,
    )?.groups;
  const schedulers =
    nodes[0] === undefined ? undefined : widgetOf(nodes[0], 'scheduler')?.spec?.choices;
  if (parts === undefined || schedulers === undefined) return undefined;
  const found = matchChoice(parts['scheduler'] ?? '', schedulers);
  return found.kind === 'one'
    ? { sampler: parts['sampler'] ?? '', scheduler: found.choice }
    : undefined;
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
  return verb === null ? undefined : offerLora(value, scene);
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

/** Lists, switches and short texts that have no kind of their own: "upscale method to lanczos". */
function planOtherLists(clause: Clause, scene: Scene): Outcome | undefined {
  for (const concept of settingsOf(scene)) {
    for (const alias of concept.aliases) {
      const pattern = new RegExp(
        `^(?:${VERB} )?(?:the )?${escapeRegExp(alias)}(?: (?:on|for|of|in) (?:the )?(?<node>.+?))?\\s*(?:${TO}\\s*|\\s)(?<value>.+)$`,
        'd',
      );
      const match = pattern.exec(clause.plain);
      const range = match?.indices?.groups?.['value'];
      if (range === undefined) continue;
      const typed = unquoted(clause.reading.typed(range[0], range[1]).trim());
      const outcome = setOther(
        clause,
        scene,
        concept.widgets.flat(),
        typed,
        match?.groups?.['node'] ?? '',
      );
      if (outcome !== undefined) return outcome;
    }
  }
  return undefined;
}

function setOther(
  clause: Clause,
  scene: Scene,
  widgets: readonly string[],
  typed: string,
  nodeWords: string,
): Outcome | undefined {
  const kindOf = (node: NodeView): string | undefined => listOf(node, widgets)?.spec?.type;
  const candidates = scene.nodes.filter((node) =>
    /^(?:COMBO|STRING|BOOLEAN)$/.test(kindOf(node) ?? ''),
  );
  const [value = '', tail = ''] =
    kindOf(candidates[0] ?? scene.nodes[0] ?? ({ widgets: [] } as never)) === 'STRING'
      ? [typed]
      : splitNode(typed.toLowerCase());
  const match = resolveNodes(nodeWords === '' ? tail : nodeWords, candidates, scene);
  const [first] = match.nodes;
  const widget = first === undefined ? undefined : listOf(first, widgets);
  if (first === undefined || widget?.spec === undefined) return undefined;
  const label = settingLabel(widget.name);
  const read = readSpecValue(value, widget);
  if (read === undefined)
    return askChoice(
      matchNear(value, widget),
      value,
      label.toLowerCase(),
      nodeWords,
      widget,
      false,
    );
  if (match.nodes.length > 1 && !match.wantsAll)
    return askWhich(`Which ${label} do you mean`, clause.typed, match.nodes, scene);
  const results = match.nodes.map((node) =>
    pick(node, widgets, read, label, candidates.length > 1, scene),
  );
  return edit(
    results.flatMap((each) => each.ops),
    results.flatMap((each) => each.says),
  );
}

function readSpecValue(value: string, widget: WidgetView): string | boolean | undefined {
  if (widget.spec?.type === 'STRING') return value;
  if (widget.spec?.type === 'BOOLEAN') {
    if (/^(?:on|yes|true|enabled?)$/i.test(value)) return true;
    return /^(?:off|no|false|disabled?)$/i.test(value) ? false : undefined;
  }
  const found = matchChoice(value, widget.spec?.choices ?? []);
  return found.kind === 'one' ? found.choice : undefined;
}

function matchNear(value: string, widget: WidgetView): readonly string[] {
  const found = matchChoice(value, widget.spec?.choices ?? []);
  return found.kind === 'several' ? found.choices : found.kind === 'none' ? found.near : [];
}

function pick(
  node: NodeView,
  widgets: readonly string[],
  value: string | boolean,
  label: string,
  isNamed: boolean,
  scene: Scene,
): { readonly ops: readonly Op[]; readonly says: readonly string[] } {
  const widget = listOf(node, widgets);
  const where = isNamed ? ` on ${scene.label(node)}` : '';
  const name = label.slice(0, 1).toUpperCase() + label.slice(1);
  if (widget === undefined || widget.value === value) {
    return { ops: [], says: [`${name}${where} is already ${String(value)}`] };
  }
  const op: Op = { op: 'set_widget', nodeId: node.id, widget: widget.name, value };
  return { ops: [op], says: [`${name}${where} ${shownValue(widget.value)} → ${String(value)}`] };
}

function askChoice(
  names: readonly string[],
  wanted: string,
  label: string,
  nodeWords: string,
  widget: WidgetView,
  isSeveral: boolean,
): Outcome {
  const all = (widget.spec?.choices ?? []).filter((choice) => typeof choice === 'string');
  const shown = (names.length > 0 ? names : all).slice(0, 5);
  const listed = orList(shown.map(bareName));
  const text = isSeveral
    ? `“${wanted}” fits more than one ${label}: ${listed}?`
    : `There is no ${label} called “${wanted}”. ${names.length > 0 ? `The nearest: ${listed}.` : `There is ${listed}.`}`;
  const suffix = nodeWords === '' ? '' : ` on ${nodeWords}`;
  return ask(
    text,
    shown.map((name) => `set the ${label} to "${bareName(name)}"${suffix}`),
  );
}

/** Nodes whose class lists values for one of the settings; refiners and other loaders alike. */
function holders(widgets: readonly string[], scene: Scene): readonly NodeView[] {
  return scene.nodes.filter((node) => listOf(node, widgets)?.spec?.choices !== undefined);
}

function listOf(node: NodeView, widgets: readonly string[]): WidgetView | undefined {
  return node.widgets.find((widget) => widgets.includes(widget.name));
}

function isSettingWord(words: string): boolean {
  return /^(?:strength|weight|on|off|up|down|a bit|more|less|higher|lower|node|loader)\b|^[\d.]+\s*[%x]?$/.test(
    words,
  );
}

function unquoted(text: string): string {
  return text.replace(/^["'“]|["'”]$/g, '').trim();
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
