import type { InputSpec } from '../../workflow/catalog.ts';
import type { NodeView } from '../../workflow/view/view.ts';
import { type NativeSize, familyOfWorkflow } from '../../machine/model-families.ts';
import { type Scene, outputOfType } from '../scene/scene.ts';

/** What the model of a workflow is comfortable with. */
export interface ModelGrid extends NativeSize {
  readonly name: string;
  /** Both sides are multiples of this many pixels. */
  readonly grid: number;
}

const USUAL: NativeSize = { area: 1024 * 1024, landscape: [1216, 832] };

/** The grid of the model that the workflow loads; by file name, else by the kind of latent. */
export function modelGrid(scene: Scene): ModelGrid {
  const family = familyOfWorkflow(scene);
  if (family !== undefined) {
    const { name, grid, native = USUAL } = family;
    return { name, grid, ...native };
  }
  const hasWideLatent = scene.nodes.some((node) =>
    /^Empty(?:SD3|Flux|Hunyuan)/.test(node.classType),
  );
  // Sizes on the coarse grid are right for every model of pictures.
  return { name: 'this model', grid: hasWideLatent ? 16 : 64, ...USUAL };
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
