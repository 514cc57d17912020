import type { NodeView, WorkflowView } from '../workflow/view/view.ts';

/** How a model decodes its latents, for the memory that takes; h, w, t count latent cells, H and W pixels. */
export type VaeKind = 'image' | 'wan' | 'wan-2.2' | 'hunyuan' | 'ltx' | 'mochi' | 'cosmos';

/** The picture that a family was made for: what it composes well in one go. */
export interface NativeSize {
  /** Pixels of the whole picture. */
  readonly area: number;
  /** What everybody means by "landscape" and, on end, by "portrait". */
  readonly landscape: readonly [width: number, height: number];
  /** Sizes that it was trained on, landscape. */
  readonly buckets?: readonly (readonly [width: number, height: number])[];
}

/** What ComfyUI's own memory arithmetic knows of a family of models (comfy/supported_models.py). */
export interface ModelFamily {
  readonly id: string;
  readonly name: string;
  /** Families of one line take each other's LoRAs, text encoders and VAEs, or cannot be told apart by name. */
  readonly line: string;
  /** How names of its files look. */
  readonly files: RegExp;
  /** Names that only look like it; enough for a guess, not for a warning. */
  readonly guess?: RegExp;
  /** Memory of one latent cell in relation to SD 1.5. */
  readonly factor: number;
  /** Pixels along one side of a latent cell. */
  readonly spatial: number;
  /** Frames in one latent frame; 1 for pictures. A clip of n·temporal+1 frames has n+1 latent frames. */
  readonly temporal: number;
  readonly vae: VaeKind;
  /** Both sides of a picture are multiples of this many pixels. */
  readonly grid: number;
  /** Absent: about a megapixel. */
  readonly native?: NativeSize;
  /** The `type` that its text encoder is loaded with. */
  readonly textEncoder?: string;
}

const image = { spatial: 8, temporal: 1, vae: 'image', grid: 64 } as const;
const fine = { ...image, grid: 16 } as const;
const wan = { spatial: 8, temporal: 4, vae: 'wan', grid: 16, textEncoder: 'wan' } as const;

// The sizes of its paper's appendix that artists use.
const sdxlNative: NativeSize = {
  area: 1024 * 1024,
  landscape: [1216, 832],
  buckets: [
    [1024, 1024],
    [1152, 896],
    [1216, 832],
    [1344, 768],
    [1536, 640],
  ],
};
const hd: NativeSize = { area: 1280 * 720, landscape: [1280, 720] };

/** The more particular name stands before the general one. */
export const modelFamilies: readonly ModelFamily[] = [
  {
    id: 'flux-2',
    name: 'Flux 2',
    line: 'flux-2',
    files: /(?<![a-z])flux[_.-]?2(?!\d)/i,
    ...fine,
    factor: 3.1 * 4 * (6144 / 2604),
    spatial: 16,
  },
  {
    id: 'chroma',
    name: 'Chroma',
    line: 'flux',
    files: /(?<![a-z])chroma(?![a-z])/i,
    ...fine,
    factor: 3.2,
    textEncoder: 'chroma',
  },
  {
    id: 'flux',
    name: 'Flux',
    line: 'flux',
    files: /(?<![a-z])flux(?![_.-]?[3-9](?!\d))/i,
    ...fine,
    factor: 3.1,
    textEncoder: 'flux',
  },
  {
    id: 'z-image',
    name: 'Z-Image',
    line: 'z-image',
    files: /z[_-]?image/i,
    ...fine,
    factor: 2.8,
    textEncoder: 'lumina2',
  },
  {
    id: 'qwen-image',
    name: 'Qwen Image',
    line: 'qwen-image',
    files: /qwen[_-]?image/i,
    ...fine,
    factor: 1.8,
    textEncoder: 'qwen_image',
    native: { area: 1328 * 1328, landscape: [1584, 1056] },
  },
  {
    id: 'wan-2.2-5b',
    name: 'Wan 2.2 5B',
    line: 'wan',
    files: /(?<![a-z])wan\S*2[._]?2\S*5b/i,
    ...wan,
    factor: 3072 / 2222,
    spatial: 16,
    vae: 'wan-2.2',
    grid: 32,
    native: { area: 1280 * 704, landscape: [1280, 704] },
  },
  {
    id: 'wan-1.3b',
    name: 'Wan 1.3B',
    line: 'wan',
    files: /(?<![a-z])wan\S*1[._]3b/i,
    ...wan,
    factor: 1536 / 2222,
    native: { area: 832 * 480, landscape: [832, 480] },
  },
  {
    id: 'wan-14b',
    name: 'Wan 14B',
    line: 'wan',
    files: /(?<![a-z])wan(?![a-z])|(?<![a-z])wanvideo/i,
    ...wan,
    factor: 5120 / 2222,
    native: hd,
  },
  {
    id: 'hunyuan-image',
    name: 'Hunyuan Image',
    line: 'hunyuan-image',
    files: /hunyuan[_-]?image/i,
    ...fine,
    factor: 7.7,
    spatial: 32,
    textEncoder: 'hunyuan_image',
  },
  {
    id: 'hunyuan-dit',
    name: 'Hunyuan DiT',
    line: 'hunyuan-dit',
    files: /hunyuan[_-]?dit/i,
    ...fine,
    factor: 1.3,
  },
  {
    id: 'hunyuan-video-1.5',
    name: 'Hunyuan Video 1.5',
    line: 'hunyuan-video',
    files: /hunyuan\S*video\S*1[._]5/i,
    spatial: 16,
    temporal: 4,
    vae: 'hunyuan',
    grid: 16,
    factor: 4,
    textEncoder: 'hunyuan_video_15',
  },
  {
    id: 'hunyuan-video',
    name: 'Hunyuan Video',
    line: 'hunyuan-video',
    files: /hunyuan(?![\s_-]?3d)/i,
    spatial: 8,
    temporal: 4,
    vae: 'hunyuan',
    grid: 16,
    factor: 1.8,
    textEncoder: 'hunyuan_video',
    native: hd,
  },
  {
    id: 'ltx',
    name: 'LTX Video',
    line: 'ltx',
    files: /(?<![a-z])ltx/i,
    spatial: 32,
    temporal: 8,
    vae: 'ltx',
    grid: 32,
    factor: 5.5,
    textEncoder: 'ltxv',
  },
  {
    id: 'mochi',
    name: 'Mochi',
    line: 'mochi',
    files: /mochi/i,
    spatial: 8,
    temporal: 6,
    vae: 'mochi',
    grid: 16,
    factor: 2,
    textEncoder: 'mochi',
  },
  {
    id: 'cosmos',
    name: 'Cosmos',
    line: 'cosmos',
    files: /cosmos/i,
    spatial: 8,
    temporal: 8,
    vae: 'cosmos',
    grid: 16,
    factor: 1.6,
    textEncoder: 'cosmos',
  },
  {
    id: 'lumina-2',
    name: 'Lumina 2',
    line: 'lumina-2',
    files: /lumina/i,
    ...fine,
    factor: 1.2,
    textEncoder: 'lumina2',
  },
  {
    id: 'hidream',
    name: 'HiDream',
    line: 'hidream',
    files: /hidream/i,
    ...fine,
    factor: 2,
    textEncoder: 'hidream',
  },
  {
    id: 'pixart',
    name: 'PixArt',
    line: 'pixart',
    files: /pixart/i,
    ...fine,
    factor: 0.5,
    textEncoder: 'pixart',
  },
  {
    id: 'aura-flow',
    name: 'AuraFlow',
    line: 'aura-flow',
    files: /aura[_-]?flow/i,
    ...fine,
    factor: 2,
  },
  {
    id: 'omnigen-2',
    name: 'OmniGen 2',
    line: 'omnigen-2',
    files: /omnigen[_-]?2/i,
    ...fine,
    factor: 1.65,
    textEncoder: 'omnigen2',
  },
  {
    id: 'sd3',
    name: 'SD3',
    line: 'sd3',
    files: /sd_?3|stable-?diffusion-?3/i,
    ...fine,
    factor: 1.2,
    textEncoder: 'sd3',
  },
  {
    id: 'sdxl-refiner',
    name: 'SDXL refiner',
    line: 'sdxl',
    files: /refiner/i,
    ...image,
    factor: 1,
    textEncoder: 'sdxl',
    native: sdxlNative,
  },
  {
    id: 'sdxl',
    name: 'SDXL',
    line: 'sdxl',
    files: /(?<!x)xl(?![a-z])|(?<![a-z])pony|illustrious|noobai/i,
    ...image,
    factor: 0.8,
    textEncoder: 'sdxl',
    native: sdxlNative,
  },
  {
    id: 'sd-2',
    name: 'SD 2',
    line: 'sd-2',
    files: /v2-1|sd-?_?v?2[.-]1|sd21|768-v-ema|512-base-ema/i,
    ...image,
    factor: 1,
  },
  {
    id: 'sd-1.5',
    name: 'SD 1.5',
    line: 'sd-1.5',
    files: /v1-5|v1_5|sd-?_?v?1[.-]?5|sd15/i,
    guess: /[_-]8\b|_v?8\.|_8_/i,
    ...image,
    factor: 1,
    textEncoder: 'stable_diffusion',
    native: { area: 512 * 512, landscape: [768, 512] },
  },
];

/** ComfyUI's own default for models that it has no factor for. */
export const unknownFamily: ModelFamily = {
  id: 'unknown',
  name: 'a model that is not known here',
  line: 'unknown',
  files: /$^/,
  ...fine,
  factor: 2,
};

/** The family that a model file belongs to, by its name. */
export function familyOfFile(file: string): ModelFamily | undefined {
  const name = baseName(file);
  return (
    modelFamilies.find(({ files }) => files.test(name)) ??
    modelFamilies.find(({ guess }) => guess?.test(name))
  );
}

/** The family with this id. */
export function familyById(id: string): ModelFamily | undefined {
  return modelFamilies.find((family) => family.id === id);
}

/** The family that a file's name says in so many words; names that only look like one do not count. */
export function namedFamily(file: string): ModelFamily | undefined {
  const family = familyOfFile(file);
  return family?.files.test(baseName(file)) === true ? family : undefined;
}

function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}

/** Settings that name the file of a diffusion model. */
const MODEL_SETTINGS: ReadonlySet<string> = new Set([
  'ckpt_name',
  'unet_name',
  'model_name',
  'model',
]);

/** The family of the model that a workflow loads; undefined when no active loader tells. */
export function familyOfWorkflow(view: Pick<WorkflowView, 'nodes'>): ModelFamily | undefined {
  for (const node of view.nodes) {
    if (!isModelLoader(node)) continue;
    for (const { name, value } of node.widgets) {
      const family =
        MODEL_SETTINGS.has(name) && typeof value === 'string' ? familyOfFile(value) : undefined;
      if (family !== undefined) return family;
    }
  }
  return undefined;
}

/** True for active nodes that load what a sampler works with. */
function isModelLoader(node: NodeView): boolean {
  return (
    node.mode === 'active' &&
    node.outputs.some(({ type }) => type === 'MODEL') &&
    node.inputs.every(({ link }) => link === undefined)
  );
}
