import type { NodeMode, Op } from '../../../contract/workflow.schema.ts';
import { type Clause, typedPart } from '../reading/clause.ts';
import { type Outcome, ask, edit } from '../plan.ts';
import { resolveNodes } from '../scene/resolve-node.ts';
import type { Scene } from '../scene/scene.ts';
import { textsOf } from '../scene/trace.ts';
import { removeFromText } from '../reading/prompt-text.ts';
import { nearestNames } from '../../workflow/nearest-name.ts';
import { orList, refer } from '../replying/wording.ts';
import type { NodeView } from '../../workflow/view/view.ts';

type Action = 'mute' | 'bypass' | 'enable' | 'disable' | 'delete';

const VERBS: readonly (readonly [words: string, action: Action])[] = [
  [
    'unmute|un-mute|unbypass|un-bypass|enable|activate|re-?enable|re-?activate|turn (?:back )?on|switch (?:back )?on|bring back|wake(?: up)?',
    'enable',
  ],
  ['mute', 'mute'],
  ['bypass|skip|by-pass', 'bypass'],
  ['disable|deactivate|turn off|switch off|ignore', 'disable'],
  [
    'delete|remove|get rid of|drop|kill|lose|take out|throw away|rip out|trash|strip out|bin',
    'delete',
  ],
];
const ACTIONS = VERBS.map(
  ([words, action]) => [new RegExp(`^(?:${words}) (?<what>.+)$`, 'd'), action] as const,
);
const TRAILING = /^(?<verb>(?:turn|switch|take) )?(?<what>.+?) (?<way>on|off|out|back on)$/;
const WITHOUT = /^(?:(?:try|do)(?: (?:it|this|that|one))? )?(?:without|minus|sans) (?<what>.+)$/;
const RENAME =
  /^(?:rename|retitle|name|call) (?<what>.+?)(?:\s+(?:to|as|=)\s+|\s*:\s*|\s+(?="))(?<title>.+)$/d;
const PRONOUN = /^(?:it|this|that|them|everything|all)$/;

/** Mutes, bypasses, enables, deletes or renames nodes. */
export function planStructure(clause: Clause, scene: Scene): Outcome | undefined {
  const rename = RENAME.exec(clause.plain);
  if (rename !== null) return planRename(clause, rename, scene);
  for (const [pattern, action] of ACTIONS) {
    const what = pattern.exec(clause.plain)?.groups?.['what'];
    if (what !== undefined) return act(action, what, clause, scene);
  }
  const without = WITHOUT.exec(clause.plain)?.groups?.['what'];
  if (without !== undefined) return ifThere('disable', without, clause, scene);
  const trailing = TRAILING.exec(clause.plain)?.groups;
  if (trailing?.['what'] === undefined) return undefined;
  const action =
    trailing['way'] === 'out' ? 'delete' : trailing['way'] === 'off' ? 'disable' : 'enable';
  return trailing['verb'] === undefined
    ? ifThere(action, trailing['what'], clause, scene)
    : act(action, trailing['what'], clause, scene);
}

/** "Lora off": only where there is such a node; without a verb it may be about anything. */
function ifThere(action: Action, what: string, clause: Clause, scene: Scene): Outcome | undefined {
  const words = what.replace(/^(?:the|my) /, '');
  const isThere = resolveNodes(words, scene.nodes, scene).nodes.length > 0;
  return isThere && !PRONOUN.test(words) ? act(action, what, clause, scene) : undefined;
}

function act(action: Action, what: string, clause: Clause, scene: Scene): Outcome | undefined {
  const phrases = what.split(/\s*(?:,|&|\band\b)\s*/).filter((phrase) => phrase !== '');
  const nodes: NodeView[] = [];
  for (const phrase of phrases) {
    if (PRONOUN.test(phrase))
      return ask(
        `Which node do you mean by “${phrase}”?`,
        nodesToOffer(candidatesFor(action, scene)).map((node) => `${action} ${refer(node)}`),
      );
    const words = phrase.replace(/^(?:the|my|that|this|its) /, '').replace(/ nodes?$/, '');
    const candidates = candidatesFor(action, scene);
    const wanted = words === '' ? phrase : words;
    const preferred = resolveNodes(wanted, candidates, scene);
    const match = preferred.nodes.length > 0 ? preferred : resolveNodes(wanted, scene.nodes, scene);
    if (match.nodes.length === 0) return notFound(action, words, phrases.length > 1, scene);
    if (match.nodes.length > 1 && !match.wantsAll && !isPlural(phrase)) {
      return ask(
        `Which one do you mean: ${orList(match.nodes.map((node) => scene.label(node)))}?`,
        [
          ...match.nodes
            .slice(0, 5)
            .map((node) => clause.typed.toLowerCase().replace(phrase, refer(node))),
          `${action} all ${words}s`.replace(/ss$/, 's'),
        ],
      );
    }
    nodes.push(...match.nodes.filter((node) => !nodes.includes(node)));
  }
  return actOn(action, nodes, scene);
}

/** Only what is off can be switched on, so that "enable the LoRA" finds the one that is off. */
function candidatesFor(action: Action, scene: Scene): readonly NodeView[] {
  if (action !== 'enable') return scene.nodes;
  const off = scene.nodes.filter((node) => node.mode !== 'active');
  return off.length > 0 ? off : scene.nodes;
}

function isPlural(phrase: string): boolean {
  return /s$/.test(phrase) && !/(?:ss|canvas|pass)$/.test(phrase) && !/#/.test(phrase);
}

function actOn(action: Action, nodes: readonly NodeView[], scene: Scene): Outcome {
  const ops: Op[] = [];
  const says: string[] = [];
  for (const node of nodes) {
    if (action === 'delete') {
      ops.push({ op: 'delete_node', nodeId: node.id, reconnect: true });
      says.push(`${scene.label(node)} removed`);
      continue;
    }
    const mode = modeFor(action, node);
    if (node.mode === mode) {
      says.push(`${scene.label(node)} is already ${mode}`);
      continue;
    }
    ops.push({ op: 'set_mode', nodeId: node.id, mode });
    says.push(`${scene.label(node)} ${mode === 'active' ? 'on again' : mode}`);
  }
  return edit(ops, says);
}

/** "Turn off": nodes that can hand through what they get are bypassed, so that the rest still runs. */
function modeFor(action: Exclude<Action, 'delete'>, node: NodeView): NodeMode {
  if (action === 'enable') return 'active';
  if (action === 'mute') return 'muted';
  if (action === 'bypass') return 'bypassed';
  const handsThrough = node.outputs.some((output) =>
    node.inputs.some((input) => input.type === output.type),
  );
  return handsThrough ? 'bypassed' : 'muted';
}

function notFound(
  action: Action,
  words: string,
  isList: boolean,
  scene: Scene,
): Outcome | undefined {
  const inText = (['positive', 'negative'] as const).filter((side) =>
    textsOf(scene, side).some((spot) => removeFromText(spot.text, words) !== undefined),
  );
  if (action === 'delete' && inText.length > 0) {
    return ask(
      `There is no node called “${words}”, but the ${orList(inText)} text says it.`,
      inText.map((side) => `remove "${words}" from the ${side} prompt`),
    );
  }
  // "Remove cat, dog and bird" may well be about words, so several unknown names are left to others.
  if (isList) return undefined;
  const near = nearestNames(
    words,
    scene.nodes.map((node) => node.title),
    3,
  );
  const found = scene.nodes.filter((node) => near.includes(node.title)).slice(0, 4);
  return ask(
    `There is no ${/^(?:lora|vae)/.test(words) ? words.toUpperCase().replace('LORA', 'LoRA') : `node called “${words}”`} in this workflow.${near.length > 0 ? ` The nearest: ${orList(near)}.` : ''}`,
    found.length > 0 ? found.map((node) => `${action} ${refer(node)}`) : ['explain this workflow'],
  );
}

function nodesToOffer(nodes: readonly NodeView[]): readonly NodeView[] {
  const optional = nodes.filter((node) =>
    /lora|upscale|preview|save|controlnet/i.test(node.classType),
  );
  return (optional.length > 0 ? optional : nodes).slice(0, 3);
}

function planRename(clause: Clause, match: RegExpExecArray, scene: Scene): Outcome | undefined {
  const title = typedPart(clause, match, 'title');
  const words = (match.groups?.['what'] ?? '')
    .replace(/^(?:the|my) /, '')
    .replace(/^node (?!\d)/, '');
  const found = resolveNodes(words, scene.nodes, scene);
  const [node] = found.nodes;
  if (title === undefined || node === undefined) return undefined;
  if (found.nodes.length > 1) {
    return ask(
      `Which one do you mean: ${orList(found.nodes.map((each) => scene.label(each)))}?`,
      found.nodes.slice(0, 5).map((each) => `rename ${refer(each)} to "${title}"`),
    );
  }
  return edit(
    [{ op: 'set_title', nodeId: node.id, title }],
    [`${scene.label(node)} is now called ${title}`],
  );
}
