import type { LatentSize } from './activation-need.ts';
import type { ModelFamily } from '../model-families.ts';

/** What is to be made, in pixels and frames. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly batch: number;
}

/** The latent that a picture or clip is made from. */
export function toLatent(
  { width, height, frames, batch }: PictureSize,
  { spatial, temporal }: Pick<ModelFamily, 'spatial' | 'temporal'>,
): LatentSize {
  return {
    batch,
    width: Math.ceil(width / spatial),
    height: Math.ceil(height / spatial),
    frames: temporal === 1 ? frames : Math.floor((frames - 1) / temporal) + 1,
  };
}
