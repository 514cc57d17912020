import type { Clause } from '../reading/clause.ts';
import { shown } from '../reading/change-value.ts';
import { type Outcome, type PlanContext, answer, call } from '../plan.ts';
import { resolveNodes } from '../scene/resolve-node.ts';
import { type Scene, widgetOf } from '../scene/scene.ts';
import { nodesWith, settingsOf, widgetsOn } from '../reading/settings.ts';
import { describeSize } from '../size/fit-size.ts';
import { isCanvas } from '../size/model-grid.ts';
import { compact } from '../scene/match-choice.ts';
import { seedOf } from './values/seed.ts';
import { planSayText } from './texts.ts';
import { planTrouble } from './trouble.ts';

const HELP =
  /^(?:help|help me|\?|what can (?:you|i) (?:do|say|ask)(?: here)?|how does this work|commands|what are my options|what do you do|how do i use (?:this|you))$/;
const HELLO = /^(?:hi|hello|hey|hiya|morning|good (?:morning|afternoon|evening)|yo)(?: there)?$/;
const THANKS =
  /^(?:thanks|thank you|cheers|ta|nice|great|perfect|cool|ok|okay|lovely|good|awesome|brilliant|that's (?:great|perfect|it)|looks (?:good|great))(?: (?:a lot|so much|mate|that's great|one|job|work))?$/;
const EXPLAIN =
  /^(?:explain|describe|summari[sz]e|walk me through|talk me through|what(?:'s| is| does| am i looking at)?)(?: (?:me|to me))? ?(?:(?:this|the|my) (?:workflow|graph|setup|node graph)|this|it|in (?:this|the) (?:workflow|graph)|going on(?: here)?|happening(?: here)?|this (?:workflow|graph) do(?:es|ing)?)(?: (?:do|does|for|to me|doing|here|please))*$/;
const MISSING =
  /^(?:(?:what(?:'s| is)|is (?:there )?anything|are (?:there )?any (?:nodes|models|files)) ?(?:missing|broken|wrong with (?:this|the workflow|it)|not (?:installed|connected))(?: (?:here|in this|from this|in (?:this|the) workflow))?|what(?:'s| is) missing|validate(?: (?:it|this|the workflow|workflow))?|check (?:it|this|(?:the|this|my) (?:workflow|graph))(?: for (?:errors|problems))?|any (?:problems|errors|issues)|missing (?:nodes|models|files)|what(?:'s| is) wrong(?: here| with (?:it|this|the (?:workflow|graph)))?|is (?:this|it|the workflow) (?:ok|okay|valid|alright))$/;
const FAILURE =
  /^(?:why (?:did|does|has|is) (?:it|that|this|the (?:last )?(?:render|run|job)|my (?:render|run))(?: (?:just|keep|last))? ?(?:fail(?:ed|ing|s)?|break|broken|crash(?:ed)?|stop(?:ped)?|die[d]?|error(?:ed)?(?: out)?|not work(?:ing)?|go wrong|failed)|what (?:went wrong|happened|was (?:the|that) error|failed|broke|is (?:the|that|this) error)|explain (?:the |that |this |last )*(?:error|failure|crash)|what(?:'s| is| does) (?:the |that |this )?(?:error)(?: mean)?|why (?:the )?error|it failed|it crashed)$/;
/** Said of a failed run, or of a workflow that will not run. */
const BROKEN =
  /^(?:why(?:'s| is) (?:it|this|that) (?:broken|busted|borked|knackered|red|not working)|(?:it|this|that)(?:'s| is) (?:broken|busted|borked|knackered))$/;
const EDITABLE =
  /^(?:what can i (?:change|edit|tweak|adjust|set)(?: here)?|(?:show|list)(?: me)? (?:all )?(?:the )?(?:settings|parameters|params|knobs|values|editable fields)|settings|what settings (?:are there|do i have|does it have)|which settings (?:are there|can i change)|editable fields)$/;
const SYSTEM =
  /^(?:(?:how much |what(?:'s| is) (?:the |my )?|show (?:me )?(?:the )?)?(?:vram|gpu|memory|ram|system stats|system|hardware|graphics card)(?: (?:is|do i have|left|free|is (?:left|free|used)|do we have|usage|status|have i got|stats|info))*|(?:which|what) (?:gpu|card|graphics card)(?: (?:is this|do i have|am i on))?|system stats)$/;
const LIST =
  /^(?:(?:list|show)(?: me)?(?: all)?(?: (?:the|my|available|installed))*|what|which|(?:are there |do i have |have (?:i|we) got )?any) (?<kind>checkpoints?|models?|loras?|vaes?|controlnets?|upscale models?|upscalers?|unets?|diffusion models?|text encoders?|clips?|embeddings?)(?: (?:do i have|are there|have i got|can i use|is there|are available|available|are installed|do we have|have we got))?$/;
const NODE_INFO =
  /^(?:what (?:does|do) (?:the |a |an )?(?<does>.+?)(?: node)? do|what(?:'s| is) (?:the |a |an )?(?<is>.+?)(?: node)?(?: for)?|(?:explain|describe|tell me about) (?:the |a |an )?(?:node )?(?<about>.+?)(?: node)?)$/;
const QUERY =
  /^(?:(?:what(?:'s| is| are)|how (?:many|much|high|big|large) (?:is |are )?|show (?:me )?|which|what|tell me|current)(?: (?:is|are))? ?(?:the |my )?(?:current )?)(?<what>.+?)(?: (?:is it|are there|set to|now|at|right now|at the moment|value|are set|is set|am i on|do i have|is used|is (?:this|that|it|loaded|in use)|are we (?:on|using)))*$/;

const FOLDERS: readonly (readonly [words: RegExp, folder: string])[] = [
  [/^(?:checkpoint|model)/, 'checkpoints'],
  [/^lora/, 'loras'],
  [/^vae/, 'vae'],
  [/^controlnet/, 'controlnet'],
  [/^upscale/, 'upscale_models'],
  [/^(?:unet|diffusion)/, 'diffusion_models'],
  [/^(?:text|clip)/, 'text_encoders'],
  [/^embedding/, 'embeddings'],
];

/** What the built-in assistant can do, as things to say. */
export const THINGS_TO_SAY: readonly string[] = [
  '30 steps and make it 16:9',
  'add "rain at night" to the prompt',
  'explain this workflow',
  'run 4 variations',
  'undo',
];

/** Questions about the workflow, the last failure, the machine and the assistant itself. */
export function planExplain(
  clause: Clause,
  scene: Scene | undefined,
  context: PlanContext,
): Outcome | undefined {
  const { plain } = clause;
  if (HELP.test(plain)) return answer(HELP_TEXT, THINGS_TO_SAY);
  if (HELLO.test(plain))
    return answer(
      'Hello. Tell me what to change, or ask what this workflow does.',
      THINGS_TO_SAY.slice(0, 3),
    );
  if (THANKS.test(plain)) return answer('Glad to help.');
  if (BROKEN.test(plain)) {
    const hasFailed = context.session.runs.at(-1)?.status === 'failed';
    return call(hasFailed ? 'explain_last_error' : 'validate_workflow', {});
  }
  const trouble = planTrouble(plain);
  if (trouble !== undefined) return trouble;
  if (FAILURE.test(plain)) return call('explain_last_error', {});
  if (EDITABLE.test(plain)) return call('get_editable_fields', {});
  if (MISSING.test(plain)) return call('validate_workflow', {});
  if (SYSTEM.test(plain)) return call('get_system_stats', {});
  if (EXPLAIN.test(plain)) return call('explain_workflow', {});
  const kind = LIST.exec(plain)?.groups?.['kind'];
  const folder = FOLDERS.find(([words]) => words.test(kind ?? '-'))?.[1];
  if (kind !== undefined && folder !== undefined && !isAboutThisOne(plain))
    return call('list_models', { model_type: modelFolder(kind, folder, scene) });
  if (scene === undefined) return nodeInfo(plain, scene, context);
  return planSayText(clause, scene) ?? answerValue(plain, scene) ?? nodeInfo(plain, scene, context);
}

/** "Models" are checkpoints, but for a workflow that loads its diffusion model by itself. */
function modelFolder(kind: string, folder: string, scene: Scene | undefined): string {
  const has = (widget: string): boolean =>
    scene?.nodes.some((node) => widgetOf(node, widget) !== undefined) === true;
  const isUnet = /^models?$/.test(kind) && has('unet_name') && !has('ckpt_name');
  return isUnet ? 'diffusion_models' : folder;
}

/** "Which model" alone asks about the one in use. */
function isAboutThisOne(plain: string): boolean {
  return /^(?:what|which) (?:checkpoint|model|lora|vae|unet)$/.test(plain);
}

function answerValue(plain: string, scene: Scene): Outcome | undefined {
  const what = QUERY.exec(plain)?.groups?.['what'];
  if (what === undefined) return undefined;
  const bare = what.replace(/^(?:the|my|current) /, '');
  if (/^(?:size|resolution|dimensions|aspect ratio|aspect)$/.test(bare)) return answerSize(scene);
  if (/^seeds?$/.test(bare)) return answerSeed(scene);
  const own: readonly (readonly [words: RegExp, label: string, widgets: readonly string[]])[] = [
    [/^sampler$/, 'Sampler', ['sampler_name']],
    [/^scheduler$/, 'Scheduler', ['scheduler']],
    [/^(?:checkpoint|model|base model)$/, 'Model', ['ckpt_name', 'unet_name']],
    [/^loras?$/, 'LoRA', ['lora_name']],
    [/^vae$/, 'VAE', ['vae_name']],
  ];
  const list = own.find(([words]) => words.test(bare));
  const concept = settingsOf(scene).find((each) => each.aliases.includes(bare));
  const widgets = list?.[2] ?? concept?.widgets.flat() ?? [];
  const nodes =
    concept === undefined
      ? scene.nodes.filter((node) => widgets.some((name) => widgetOf(node, name)))
      : nodesWith(concept, scene);
  if (nodes.length === 0) return undefined;
  const label = list?.[1] ?? concept?.label ?? bare;
  const values = nodes.map((node) => {
    const name =
      concept === undefined
        ? widgets.find((each) => widgetOf(node, each))
        : widgetsOn(concept, node)[0];
    return `${shown(widgetOf(node, name ?? '')?.value)}${nodes.length > 1 ? ` on ${scene.label(node)}` : ''}`;
  });
  return answer(`${label} is ${values.join(', ')}.`);
}

function answerSize(scene: Scene): Outcome | undefined {
  const sizes = scene.nodes.filter((node) => widgetOf(node, 'width') && widgetOf(node, 'height'));
  const canvas = sizes.find(isCanvas) ?? sizes[0];
  if (canvas === undefined) return undefined;
  const size = {
    width: Number(widgetOf(canvas, 'width')?.value),
    height: Number(widgetOf(canvas, 'height')?.value),
  };
  return answer(`The size is ${describeSize(size)}.`, ['make it 16:9', 'make it portrait']);
}

function answerSeed(scene: Scene): Outcome | undefined {
  const seeds = scene.nodes.flatMap((node) => {
    const seed = seedOf(node);
    return seed === undefined ? [] : [`${shown(seed.value)} on ${scene.label(node)}`];
  });
  return seeds.length === 0 ? undefined : answer(`The seed is ${seeds.join(', ')}.`);
}

function nodeInfo(
  plain: string,
  scene: Scene | undefined,
  context: PlanContext,
): Outcome | undefined {
  const groups = NODE_INFO.exec(plain)?.groups;
  const words = groups?.['does'] ?? groups?.['is'] ?? groups?.['about'];
  if (words === undefined) return undefined;
  const known = context.catalog.classTypes.find((name) => compact(name) === compact(words));
  if (known !== undefined) return call('get_node_info', { node_type: known });
  const match = scene === undefined ? undefined : resolveNodes(words, scene.nodes, scene);
  const [node] = match?.nodes ?? [];
  return node === undefined ? undefined : call('get_node_info', { node_type: node.classType });
}

const HELP_TEXT = [
  'Say what to change, several things at once if you like, and I show you the change before anything happens. I can:',
  '• set, raise, lower or double any value, on the node you name',
  '• change size, aspect, seed, sampler, scheduler, model, LoRA and VAE',
  '• edit the positive and negative text',
  '• mute, bypass, switch on, delete and rename nodes; add a LoRA, an upscale or a second pass',
  '• run, run several variations, stop; undo, redo, reset, checkpoints; save and open',
  '• explain the workflow, say what is missing and why a run failed',
].join('\n');
