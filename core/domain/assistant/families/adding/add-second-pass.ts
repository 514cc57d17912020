import type { JsonObject } from '../../../../base/json.ts';
import type { Op } from '../../../../contract/workflow.schema.ts';
import { changeValue, shown } from '../../reading/change-value.ts';
import type { Clause } from '../../reading/clause.ts';
import { type Outcome, ask, edit } from '../../plan.ts';
import { type Scene, inputOfType, outputOfType, widgetOf } from '../../scene/scene.ts';
import { type Tap, newNode, feed, freeIds, takeOver } from '../../scene/splice.ts';
import { samplersOf } from '../../scene/trace.ts';
import { refer } from '../../replying/wording.ts';
import type { NodeView } from '../../../workflow/view/view.ts';

const WHAT = String.raw`(?:second (?:sampling )?pass|2nd pass|two[- ]pass|hi-?res[ -]?(?:fix|pass)|high-?res[ -]?(?:fix|pass)|refine(?:r|ment)? pass|latent upscale(?: pass)?|detail pass|another pass|second sampler)`;
const FACTOR = String.raw`(?:\s*(?:,|and|at|by|to|with|of|scaled|upscaled|a)*\s*(?:x\s*(?<before>[\d.]+)|(?<after>[\d.]+)\s*(?:x|times)(?: (?:scale|upscale|larger|bigger))?))?`;
const DENOISE = String.raw`(?:\s*(?:,|and|at|with|@|a|of)*\s*(?:denoise (?:of |at |to |= ?)?(?<denoise>\d*\.?\d+)|(?<denoiseFirst>\d*\.?\d+) denoise))?`;
const STEPS = String.raw`(?:\s*(?:,|and|at|with|a|of)*\s*(?<steps>\d+) steps)?`;
const PATTERN = new RegExp(
  `^(?:add|insert|do|make|put in|give me|i want|include|set up|use|turn on|enable|need|want|throw in|chuck in) (?:it )?(?:an? |the )?(?:[\\d.]+x )?${WHAT}${FACTOR}${DENOISE}${STEPS}${DENOISE.replace('denoise>', 'denoise2>').replace('denoiseFirst>', 'denoiseFirst2>')}$`,
);
const VERBLESS = new RegExp(`^${WHAT}\\b.`);
const BARE = new RegExp(`^${WHAT}(?: please)?$`);
const EARLY_FACTOR = /\b(?<factor>[\d.]+)x (?:second|hi|latent|two|2nd|refine|detail)/;

/** How much larger the second pass is and how much it repaints, where the words do not say. */
const FACTOR_DEFAULT = 1.5;
const DENOISE_DEFAULT = 0.5;

/** Adds a larger second sampling pass after the first: latent upscale, then the same sampler at less denoise. */
export function planAddSecondPass(clause: Clause, scene: Scene): Outcome | undefined {
  const hasOne = samplersOf(scene).some((sampler) => followsASampler(sampler, scene));
  // "Second pass denoise .4" is about the second pass that is there, if one is.
  const words = VERBLESS.test(clause.plain) && !hasOne ? `add ${clause.plain}` : clause.plain;
  const groups = PATTERN.exec(words)?.groups ?? (BARE.test(words) ? {} : undefined);
  if (groups === undefined) return undefined;
  const samplers = samplersOf(scene);
  const [first] = samplers;
  if (first === undefined)
    return ask('There is no sampler here, so there is nothing to do a second pass with.', [
      'upscale 2x',
    ]);
  const chained = samplers.find((sampler) => followsASampler(sampler, scene));
  if (chained !== undefined) {
    return ask(`There is a second pass already: ${scene.label(chained)}. What should it do?`, [
      `lower denoise a bit on ${refer(chained)}`,
      `raise steps a bit on ${refer(chained)}`,
      'upscale 2x',
    ]);
  }
  if (samplers.length > 1 || first.classType !== 'KSampler') {
    return ask(
      `A second pass can be added after one KSampler; this workflow samples with ${samplers.map((node) => scene.label(node)).join(' and ')}.`,
      ['upscale 2x'],
    );
  }
  const early = EARLY_FACTOR.exec(clause.plain)?.groups?.['factor'];
  const factor = Number(early ?? groups['before'] ?? groups['after'] ?? FACTOR_DEFAULT);
  const denoise =
    groups['denoise'] ?? groups['denoiseFirst'] ?? groups['denoise2'] ?? groups['denoiseFirst2'];
  return build(
    first,
    factor,
    denoise === undefined ? DENOISE_DEFAULT : Number(denoise),
    groups['steps'],
    scene,
  );
}

function followsASampler(sampler: NodeView, scene: Scene): boolean {
  let node: NodeView | undefined = sampler;
  for (let hops = 0; node !== undefined && hops < 20; hops += 1) {
    const input = inputOfType(node, 'LATENT');
    node = input && scene.sourceOf(node, input.name)?.node;
    if (node !== undefined && samplersOf(scene).includes(node)) return true;
  }
  return false;
}

function build(
  first: NodeView,
  factor: number,
  denoise: number,
  steps: string | undefined,
  scene: Scene,
): Outcome {
  const spec = widgetOf(first, 'denoise')?.spec;
  const checked = changeValue(1, { kind: 'to', value: denoise }, spec, undefined);
  if (!checked.ok || !(factor > 0 && factor <= 8)) {
    return ask('A second pass takes a size factor up to 8 and a denoise from 0 to 1.', [
      'add a second pass at 1.5x with denoise 0.5',
    ]);
  }
  const output = outputOfType(first, 'LATENT') ?? 0;
  const [scaleId = '', samplerId = ''] = freeIds(scene, 2);
  const settings: Record<string, JsonObject[string]> = {};
  for (const widget of first.widgets) {
    if (widget.name !== 'control_after_generate') settings[widget.name] = widget.value;
  }
  settings['denoise'] = Number(checked.value);
  if (steps !== undefined) settings['steps'] = Number(steps);
  const tap: Tap = { node: first, output };
  const ops: Op[] = [
    newNode(scaleId, 'LatentUpscaleBy', {
      widgets: { upscale_method: 'bislerp', scale_by: factor },
    }),
    feed(tap, scaleId, 'samples'),
    newNode(samplerId, 'KSampler', { title: 'Second pass', widgets: settings }),
    ...['model', 'positive', 'negative'].flatMap((input) => {
      const source = scene.sourceOf(first, input);
      return source === undefined ? [] : [feed(source, samplerId, input)];
    }),
    {
      op: 'connect',
      from: { nodeId: scaleId, output: 'LATENT' },
      to: { nodeId: samplerId, input: 'latent_image' },
    },
    ...takeOver(scene.linksFrom({ nodeId: first.id, output }), samplerId, 'LATENT'),
  ];
  return edit(ops, [
    `second pass added after ${scene.label(first)}: ${shown(factor)}× larger, denoise ${shown(denoise)}`,
  ]);
}
