import { ALL_WORDS, ORDINAL_WORDS } from '../words/lexicon.ts';
import { shown } from '../reading/change-value.ts';
import { type Scene, isActive } from './scene.ts';
import { isSampler, textsOf } from './trace.ts';
import type { NodeView } from '../../workflow/view/view.ts';

/** The nodes that words may mean: none, one, several that were all meant, or several of which one was meant. */
export interface NodeMatch {
  readonly nodes: readonly NodeView[];
  readonly wantsAll: boolean;
}

const NOBODY: NodeMatch = { nodes: [], wantsAll: false };

/** What artists call nodes that do a certain thing. */
const ROLES: readonly (readonly [
  words: RegExp,
  isIt: (node: NodeView, scene: Scene) => boolean,
])[] = [
  [/^(?:k ?)?samplers?$|^pass(?:es)?$/, (node) => isSampler(node)],
  [/^loras?(?: loaders?)?$/, (node) => /lora/i.test(node.classType)],
  [/^(?:controlnets?|control nets?|cnet)$/, (node) => /ControlNetApply/i.test(node.classType)],
  [/^(?:checkpoint|ckpt)s?(?: loaders?)?$/, (node) => /checkpoint/i.test(node.classType)],
  [/^vae loaders?$/, (node) => node.classType === 'VAELoader'],
  [/^(?:vae )?decod(?:e|er|ing)s?$/, (node) => /^VAEDecode/.test(node.classType)],
  [/^(?:vae )?encod(?:e|er|ing)s?$/, (node) => /^VAEEncode/.test(node.classType)],
  [/^(?:save|saves|saver|output|save image|file output)$/, (node) => /^Save/.test(node.classType)],
  [/^previews?(?: image)?$/, (node) => /^Preview/.test(node.classType)],
  [/^(?:up ?scal(?:e|er|ing)s?|image up ?scal(?:e|er))$/, (node) => isUpscaler(node)],
  [/^latent up ?scal(?:e|er|ing)$/, (node) => /^LatentUpscale/.test(node.classType)],
  [
    /^(?:upscale model|upscaler model|upscale model loader)$/,
    (node) => node.classType === 'UpscaleModelLoader',
  ],
  [/^(?:empty )?latents?(?: image)?$/, (node) => /^Empty.*Latent/.test(node.classType)],
  [
    /^(?:load image|image loader|input image|source image|reference image|input|plate)$/,
    (node) => /^LoadImage/.test(node.classType),
  ],
  [/^(?:unet|diffusion model|unet loader)$/, (node) => node.classType === 'UNETLoader'],
  [/^clip(?: loader)?$/, (node) => /CLIPLoader/.test(node.classType)],
  [
    /^(?:positive|positive prompt|prompt|positive text)$/,
    (node, scene) => holdsText(node, scene, 'positive'),
  ],
  [
    /^(?:negative|negative prompt|neg|negative text)$/,
    (node, scene) => holdsText(node, scene, 'negative'),
  ],
];

/** Passes have an order of their own: the base pass is the first sampler, hires and refiner passes come later. */
const PASS_WORDS: readonly (readonly [words: RegExp, at: number])[] = [
  [/\b(?:base|main|low ?res|initial)\b/, 1],
  [/\b(?:hi-?res(?: ?fix)?|high-?res|hires ?fix|refiner|refine|detail)\b/, -1],
];

/**
 * Finds the nodes that words mean among `candidates` (in the order in which they run). Empty words mean
 * whichever there is. Muted and bypassed nodes count only when no active one fits.
 */
export function resolveNodes(
  words: string,
  candidates: readonly NodeView[],
  scene: Scene,
): NodeMatch {
  const id = /#(\d+(?::\d+)*)|\bnode (\d+(?::\d+)*)\b/.exec(words);
  if (id !== null) {
    const node = candidates.find((other) => other.id === (id[1] ?? id[2]));
    return node === undefined ? NOBODY : { nodes: [node], wantsAll: true };
  }
  const { rest, ordinal, wantsAll } = readWhichOne(words);
  const found = rest === '' ? preferActive(candidates) : byName(rest, candidates, scene);
  if (ordinal === undefined || found.length === 0) return { nodes: found, wantsAll };
  const one = ordinal < 0 ? found.at(ordinal) : found[ordinal - 1];
  return one === undefined ? NOBODY : { nodes: [one], wantsAll: true };
}

/** True for nodes that make a picture or a latent larger. */
export function isUpscaler(node: NodeView): boolean {
  return /upscale|ImageScale/i.test(node.classType) && !/loader/i.test(node.classType);
}

interface WhichOne {
  readonly rest: string;
  readonly ordinal?: number;
  readonly wantsAll: boolean;
}

function readWhichOne(words: string): WhichOne {
  let ordinal: number | undefined;
  let wantsAll = false;
  const kept: string[] = [];
  const parts = words.split(/\s+/).filter((part) => part !== '');
  for (const part of parts) {
    const place = ORDINAL_WORDS[part];
    if (ALL_WORDS.has(part)) wantsAll = true;
    else if (place !== undefined) ordinal = place;
    else if (!/^(?:the|a|an|my|that|this|of|them|ones?|nodes?|two|three)$/.test(part))
      kept.push(part);
  }
  const rest = kept.join(' ');
  return { rest, wantsAll, ...(ordinal === undefined ? {} : { ordinal }) };
}

function holdsText(node: NodeView, scene: Scene, side: 'positive' | 'negative'): boolean {
  return textsOf(scene, side).some((spot) => spot.node.id === node.id);
}

function byName(words: string, candidates: readonly NodeView[], scene: Scene): readonly NodeView[] {
  const quoted = words.replaceAll('"', '').trim();
  const exact = candidates.filter((node) => namesOf(node).includes(quoted));
  if (exact.length > 0) return preferTitle(exact, quoted);
  for (const [pattern, isIt] of ROLES) {
    if (!pattern.test(quoted)) continue;
    const found = candidates.filter((node) => isIt(node, scene));
    if (found.length > 0) return preferActive(found);
  }
  for (const [pattern, at] of PASS_WORDS) {
    if (!pattern.test(quoted)) continue;
    const titled = candidates.filter((node) => pattern.test(node.title.toLowerCase()));
    if (titled.length > 0) return titled;
    const samplers = candidates.filter(isSampler);
    const one = at < 0 ? samplers.at(at) : samplers[at - 1];
    if (samplers.length > 1 && one !== undefined) return [one];
  }
  const wanted = quoted
    .split(/[\s_-]+/)
    .map(singular)
    .filter((word) => !/^(?:node|one)$/.test(word));
  return preferActive(
    candidates.filter((node) => {
      const own = ownWordsOf(node);
      return wanted.length > 0 && wanted.every((word) => own.has(word));
    }),
  );
}

function namesOf(node: NodeView): readonly string[] {
  return [node.title, node.classType, node.nodeClass?.displayName ?? ''].map((name) =>
    name.toLowerCase(),
  );
}

function preferTitle(nodes: readonly NodeView[], title: string): readonly NodeView[] {
  const titled = nodes.filter((node) => node.title.toLowerCase() === title);
  return preferActive(titled.length > 0 ? titled : nodes);
}

function preferActive(nodes: readonly NodeView[]): readonly NodeView[] {
  const active = nodes.filter(isActive);
  return active.length > 0 ? active : nodes;
}

/** Words of the title, of the class ("ImageBlur" → image, blur) and of the model file that it names; a sampler is a value, no name. */
function ownWordsOf(node: NodeView): ReadonlySet<string> {
  const files = node.widgets
    .filter((widget) => widget.spec?.type === 'COMBO' && widget.name.endsWith('_name'))
    .filter((widget) => widget.name !== 'sampler_name')
    .map((widget) => shown(widget.value).replace(/\.\w+$/, ''));
  const classWords = node.classType.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ');
  const texts = [node.title, classWords, node.nodeClass?.displayName ?? '', ...files];
  return new Set(
    texts.flatMap((text) => text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []).map(singular),
  );
}

function singular(word: string): string {
  return word.length > 3 ? word.replace(/(?<=[^s])s$/, '') : word;
}
