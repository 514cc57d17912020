import type { JsonValue } from '../../../../base/json.ts';
import type { NodeClass } from '../../catalog.ts';

/** A node class that took the place of an older one. */
export interface Successor {
  readonly classType: string;
  /** Inputs that are called otherwise now, by their old names. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Settings that the old class did not have. */
  readonly set?: Readonly<Record<string, JsonValue>>;
  /** The old class's settings in the order of its values, where today's servers no longer list them. */
  readonly settings?: readonly string[];
  /** False where the wiring around the node has to change too. */
  readonly isDropIn: boolean;
}

/**
 * ComfyUI's own replacements: those it registers itself (comfy_extras/nodes_replacements.py, 2026), and those of the
 * classes that it marks as deprecated (0.3.64).
 */
const successors: Readonly<Record<string, Successor>> = {
  CheckpointLoader: { classType: 'CheckpointLoaderSimple', isDropIn: true },
  ControlNetApply: { classType: 'ControlNetApplyAdvanced', isDropIn: false },
  ControlNetApplySD3: { classType: 'ControlNetApplyAdvanced', isDropIn: true },
  PerpNeg: { classType: 'PerpNegGuider', isDropIn: false },
  T2IAdapterLoader: {
    classType: 'ControlNetLoader',
    renamed: { t2i_adapter_name: 'control_net_name' },
    settings: ['t2i_adapter_name'],
    isDropIn: true,
  },
  ResizeImagesByLongerEdge: {
    classType: 'ImageScaleToMaxDimension',
    renamed: { images: 'image', longer_edge: 'largest_size' },
    set: { upscale_method: 'lanczos' },
    settings: ['longer_edge'],
    isDropIn: true,
  },
  ImageBatch: {
    classType: 'BatchImagesNode',
    renamed: { image1: 'images.image0', image2: 'images.image1' },
    isDropIn: true,
  },
  ImageScaleBy: {
    classType: 'ResizeImageMaskNode',
    renamed: {
      image: 'input',
      scale_by: 'resize_type.multiplier',
      upscale_method: 'scale_method',
    },
    set: { resize_type: 'scale by multiplier' },
    settings: ['upscale_method', 'scale_by'],
    isDropIn: true,
  },
  Load3DAnimation: { classType: 'Load3D', isDropIn: true },
  Preview3DAnimation: { classType: 'Preview3D', isDropIn: true },
  SDV_img2vid_Conditioning: { classType: 'SVD_img2vid_Conditioning', isDropIn: true },
  'ConditioningAverage ': { classType: 'ConditioningAverage', isDropIn: true },
};

/** What took the place of a class; for others, what its own name says ("DEPRECATED by PerpNegGuider"). */
export function findSuccessor(classType: string, nodeClass?: NodeClass): Successor | undefined {
  if (Object.hasOwn(successors, classType)) return successors[classType];
  const said = `${nodeClass?.displayName ?? ''} ${nodeClass?.description ?? ''}`;
  const named = /(?:deprecated[^.]{0,40}?by|replaced by|use) ([A-Z]\w+)/.exec(said)?.[1];
  return nodeClass?.isDeprecated !== true || named === undefined
    ? undefined
    : { classType: named, isDropIn: false };
}

/** True for ComfyUI's own classes that took the place of others; one that is missing came with a newer version. */
export function isSuccessor(classType: string): boolean {
  return Object.values(successors).some((successor) => successor.classType === classType);
}
