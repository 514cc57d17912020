import { type Scene, widgetOf } from '../scene/scene.ts';
import { settingLabel } from '../../workflow/view/setting-label.ts';
import type { NodeView } from '../../workflow/view/view.ts';

/** A setting as artists name it, and the settings of nodes that it stands for. */
export interface SettingConcept {
  readonly key: string;
  /** As it begins a sentence: "Steps". */
  readonly label: string;
  /** What it may be called; lower case, the longest that fits wins. */
  readonly aliases: readonly string[];
  /** Widget names; the first of these lists of which the workflow has any is meant, and of it every one on a node. */
  readonly widgets: readonly (readonly string[])[];
  /** Only on nodes of these classes. */
  readonly on?: RegExp;
  /** How far "a bit", plainly, and "a lot" go; where absent, 10, 20 and 50 per cent. */
  readonly paces?: readonly [small: number, plain: number, large: number];
}

const FRACTION_PACES = [0.05, 0.1, 0.25] as const;
const STRENGTH_PACES = [0.1, 0.2, 0.4] as const;

const CONCEPTS: readonly SettingConcept[] = [
  {
    key: 'steps',
    label: 'Steps',
    aliases: [
      'sampling steps',
      'sampler steps',
      'step count',
      'steps',
      'step',
      'iterations',
      'iters',
    ],
    widgets: [['steps']],
    paces: [5, 10, 20],
  },
  {
    key: 'cfg',
    label: 'CFG',
    aliases: ['cfg scale', 'cfg', 'classifier free guidance'],
    widgets: [['cfg'], ['guidance']],
    paces: [0.5, 1, 3],
  },
  {
    key: 'guidance',
    label: 'Guidance',
    aliases: [
      'flux guidance',
      'guidance scale',
      'guidance strength',
      'guidance',
      'prompt adherence',
    ],
    widgets: [['guidance'], ['cfg']],
    paces: [0.5, 1, 3],
  },
  {
    key: 'denoise',
    label: 'Denoise',
    aliases: [
      'denoise strength',
      'denoising strength',
      'denoise amount',
      'denoising',
      'denoise',
      'img2img strength',
    ],
    widgets: [['denoise']],
    paces: FRACTION_PACES,
  },
  {
    key: 'batch',
    label: 'Batch size',
    aliases: ['batch size', 'batch count', 'batch of', 'batch'],
    widgets: [['batch_size'], ['amount']],
    paces: [1, 1, 4],
  },
  {
    key: 'lora strength',
    label: 'LoRA strength',
    aliases: [
      'lora strength',
      'lora weight',
      'lora intensity',
      'lora influence',
      'loras strength',
      'lora amount',
    ],
    widgets: [['strength_model', 'strength_clip']],
    on: /lora/i,
    paces: STRENGTH_PACES,
  },
  {
    key: 'clip strength',
    label: 'CLIP strength',
    aliases: ['lora clip strength', 'clip strength', 'strength clip', 'clip weight'],
    widgets: [['strength_clip']],
    on: /lora/i,
    paces: STRENGTH_PACES,
  },
  {
    key: 'model strength',
    label: 'Model strength',
    aliases: ['lora model strength', 'model strength', 'strength model', 'model weight'],
    widgets: [['strength_model']],
    on: /lora/i,
    paces: STRENGTH_PACES,
  },
  {
    key: 'controlnet strength',
    label: 'ControlNet strength',
    aliases: [
      'controlnet strength',
      'control net strength',
      'controlnet weight',
      'cnet strength',
      'control strength',
    ],
    widgets: [['strength']],
    on: /controlnet/i,
    paces: STRENGTH_PACES,
  },
  {
    key: 'strength',
    label: 'Strength',
    aliases: ['strength', 'weight', 'intensity', 'influence'],
    widgets: [['strength_model', 'strength_clip', 'strength']],
    paces: STRENGTH_PACES,
  },
  {
    key: 'clip skip',
    label: 'CLIP skip',
    aliases: ['clip skip', 'clipskip', 'clip layer'],
    widgets: [['stop_at_clip_layer']],
    paces: [1, 1, 2],
  },
  {
    key: 'scale',
    label: 'Scale',
    aliases: [
      'upscale factor',
      'upscale amount',
      'upscale by',
      'scale factor',
      'scale by',
      'scale',
    ],
    widgets: [['scale_by']],
    paces: [0.25, 0.5, 1],
  },
  {
    key: 'width',
    label: 'Width',
    aliases: ['width', 'wide'],
    widgets: [['width']],
    paces: [64, 128, 256],
  },
  {
    key: 'height',
    label: 'Height',
    aliases: ['height', 'tall', 'high'],
    widgets: [['height']],
    paces: [64, 128, 256],
  },
  {
    key: 'blur radius',
    label: 'Blur radius',
    aliases: ['blur radius', 'blur size', 'blur', 'radius'],
    widgets: [['blur_radius']],
    paces: [1, 2, 4],
  },
  {
    key: 'start step',
    label: 'Start at step',
    aliases: ['start at step', 'start step', 'starting step'],
    widgets: [['start_at_step']],
    paces: [1, 2, 5],
  },
  {
    key: 'end step',
    label: 'End at step',
    aliases: ['end at step', 'end step', 'stop at step'],
    widgets: [['end_at_step']],
    paces: [1, 2, 5],
  },
  {
    key: 'frames',
    label: 'Frames',
    aliases: ['frames', 'frame count', 'number of frames', 'length'],
    widgets: [['length'], ['video_frames'], ['frames']],
    paces: [8, 16, 48],
  },
  {
    key: 'fps',
    label: 'Frame rate',
    aliases: ['fps', 'frame rate', 'framerate'],
    widgets: [['fps'], ['frame_rate']],
    paces: [1, 2, 6],
  },
  {
    key: 'filename',
    label: 'File name',
    aliases: [
      'filename prefix',
      'file name prefix',
      'output prefix',
      'output name',
      'file prefix',
      'filename',
      'file name',
      'prefix',
    ],
    widgets: [['filename_prefix']],
  },
];

/** Settings that have families of their own and are no plain values. */
const ELSEWHERE =
  /^(?:seed|noise_seed|text|text_g|text_l|clip_l|t5xxl|control_after_generate|sampler_name|scheduler)$/;

/** Every setting that can be named in this workflow: the common ones, then each node's own by its name. */
export function settingsOf(scene: Scene | undefined): readonly SettingConcept[] {
  if (scene === undefined) return CONCEPTS;
  const covered = new Set(CONCEPTS.flatMap((concept) => concept.widgets.flat()));
  const own = new Set(
    scene.nodes
      .flatMap((node) => node.widgets.map((widget) => widget.name))
      .filter((name) => !covered.has(name) && !ELSEWHERE.test(name)),
  );
  return [...CONCEPTS, ...[...own].map(ownConcept)];
}

/** Nodes that have the setting, in the order in which they run; sampler settings fed by a link count too. */
export function nodesWith(concept: SettingConcept, scene: Scene): readonly NodeView[] {
  for (const names of concept.widgets) {
    const nodes = scene.nodes.filter(
      (node) =>
        (concept.on?.test(node.classType) ?? true) &&
        names.some((name) => widgetOf(node, name) !== undefined),
    );
    if (nodes.length > 0) return nodes;
  }
  return [];
}

/** The settings that this workflow has, each once, the common ones first. */
export function settingsThere(scene: Scene): readonly SettingConcept[] {
  const seen = new Set<string>();
  return settingsOf(scene).filter((concept) => {
    const [node] = nodesWith(concept, scene);
    if (node === undefined) return false;
    const keys = widgetsOn(concept, node).map((widget) => `${node.id}/${widget}`);
    const isNew = keys.some((key) => !seen.has(key));
    for (const key of keys) seen.add(key);
    return isNew;
  });
}

/** The settings of a node that the concept stands for. */
export function widgetsOn(concept: SettingConcept, node: NodeView): readonly string[] {
  for (const names of concept.widgets) {
    const there = names.filter((name) => widgetOf(node, name) !== undefined);
    if (there.length > 0) return there;
  }
  return [];
}

function ownConcept(name: string): SettingConcept {
  const spoken = name.replaceAll('_', ' ').toLowerCase();
  const aliases = [...new Set([spoken, name.toLowerCase()])];
  return { key: spoken, label: settingLabel(name), aliases, widgets: [[name]] };
}
