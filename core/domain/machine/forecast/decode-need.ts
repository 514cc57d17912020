import type { LatentSize } from './activation-need.ts';
import type { VaeKind } from '../model-families.ts';

/** Bytes for every cell of the latent and every byte of a number (comfy/sd.py, memory_used_decode). */
const PER_CELL: Readonly<
  Record<VaeKind, { readonly each: number; readonly countsFrames: boolean }>
> = {
  image: { each: 2178 * 64, countsFrames: false },
  wan: { each: 7000 * 64, countsFrames: false },
  'wan-2.2': { each: 8000 * 256, countsFrames: false },
  hunyuan: { each: 1500 * 256, countsFrames: true },
  ltx: { each: 900 * 512, countsFrames: true },
  mochi: { each: 1000 * 384, countsFrames: true },
  cosmos: { each: 50 * 512, countsFrames: true },
};

/**
 * What turning the latent into pictures takes without tiles, in bytes. Where that is not there ComfyUI tries
 * again in tiles, so it is advice and no limit.
 */
export function decodeBytes(
  { width, height, frames }: LatentSize,
  vae: VaeKind,
  bytesPerNumber = 2,
): number {
  const { each, countsFrames } = PER_CELL[vae];
  return each * width * height * (countsFrames ? frames : 1) * bytesPerNumber;
}
