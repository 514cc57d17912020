import type { InputSpec } from '../../workflow/catalog.ts';
import type { NodeView } from '../../workflow/view.ts';
import { shown } from '../reading/change-value.ts';
import { type Scene, outputOfType } from '../scene/scene.ts';

/** What a family of models is comfortable with; `area` in pixels. */
export interface ModelGrid {
  readonly name: string;
  /** Both sides are multiples of this many pixels. */
  readonly grid: number;
  readonly area: number;
  /** Sizes that it was trained on, landscape. */
  readonly buckets?: readonly (readonly [width: number, height: number])[];
  /** What everybody means by "landscape" and, on end, by "portrait". */
  readonly landscape: readonly [width: number, height: number];
}

const USUAL = [1216, 832] as const;

// The SDXL sizes are those of its paper's appendix that artists use; the rest follow from area and grid.
const SDXL: ModelGrid = {
  name: 'SDXL',
  grid: 64,
  area: 1024 * 1024,
  buckets: [
    [1024, 1024],
    [1152, 896],
    [1216, 832],
    [1344, 768],
    [1536, 640],
  ],
  landscape: USUAL,
};
const SD15: ModelGrid = { name: 'SD 1.5', grid: 64, area: 512 * 512, landscape: [768, 512] };
const UNKNOWN: ModelGrid = { name: 'this model', grid: 64, area: 1024 * 1024, landscape: USUAL };

const FAMILIES: readonly (readonly [files: RegExp, grid: ModelGrid])[] = [
  [/flux/i, { ...UNKNOWN, name: 'Flux', grid: 16 }],
  [/qwen/i, { name: 'Qwen Image', grid: 16, area: 1328 * 1328, landscape: [1584, 1056] }],
  [/sd_?3|stable-?diffusion-?3/i, { ...UNKNOWN, name: 'SD3', grid: 16 }],
  [/hidream|chroma|z_image|lumina/i, { ...UNKNOWN, grid: 16 }],
  [/xl|pony|illustrious|noobai/i, SDXL],
  [/v1-5|v1_5|sd-?_?v?1[.-]?5|sd15|[_-]8\b|_v?8\./i, SD15],
];

/** The grid of the model that the workflow loads; by file name, else by the kind of latent. */
export function modelGrid(scene: Scene): ModelGrid {
  for (const node of scene.nodes) {
    const file = node.widgets.find(
      (widget) => widget.name === 'ckpt_name' || widget.name === 'unet_name',
    );
    const family = FAMILIES.find(([files]) => files.test(shown(file?.value)));
    if (family !== undefined) return family[1];
  }
  const hasWideLatent = scene.nodes.some((node) =>
    /^Empty(?:SD3|Flux|Hunyuan)/.test(node.classType),
  );
  return hasWideLatent ? { ...UNKNOWN, grid: 16 } : UNKNOWN;
}

/** True for nodes whose width and height are those of the picture that a model makes. */
export function isCanvas(node: NodeView): boolean {
  return /^Empty/.test(node.classType) && outputOfType(node, 'LATENT') !== undefined;
}

/** True where the size of a node's picture is what the model works at: an empty latent, or a picture on its way into one. */
export function isModelSize(node: NodeView, scene: Scene): boolean {
  if (isCanvas(node)) return true;
  const seen = new Set<string>();
  const reaches = (from: NodeView): boolean =>
    from.outputs.some((_, output) =>
      scene.linksFrom({ nodeId: from.id, output }).some((link) => {
        const next = scene.node(link.to.nodeId);
        if (next === undefined || seen.has(next.id)) return false;
        seen.add(next.id);
        return /^VAEEncode|^InpaintModel/.test(next.classType) || reaches(next);
      }),
    );
  return reaches(node);
}

/** A width's or height's spec with the model's grid as its step. */
export function gridSpec(
  spec: InputSpec | undefined,
  widget: string,
  node: NodeView,
  scene: Scene,
): InputSpec | undefined {
  if (spec === undefined || !/^(?:width|height)$/.test(widget) || !isCanvas(node)) return spec;
  const { grid } = modelGrid(scene);
  return {
    ...spec,
    step: Math.max(grid, spec.step ?? 1),
    min: Math.max(grid, Number(spec.min ?? 0)),
  };
}
