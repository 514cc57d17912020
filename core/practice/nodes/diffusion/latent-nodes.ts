import { decodeLatent } from '../../images/render-latent.ts';
import { describeTooLarge, type Mask, type Picture } from '../../images/picture.ts';
import { type NodeInputs } from '../node-inputs.ts';
import { NodeFailure } from '../node-failure.ts';
import { type NodeFamily, type NodeResult, outputsOf } from '../node-run.ts';
import { type Latent } from '../node-values.ts';

/** Nodes that make, scale, encode and decode latents. */
export const latentNodes: NodeFamily = {
  EmptyLatentImage: (inputs) => emptyLatent(inputs, 8),
  EmptySD3LatentImage: (inputs) => emptyLatent(inputs, 16),
  EmptyHunyuanImageLatent: (inputs) => emptyLatent(inputs, 32),
  EmptyChromaRadianceLatentImage: (inputs) => emptyLatent(inputs, 16),
  VAEEncode: (inputs) => encode(inputs, undefined),
  VAEEncodeTiled: (inputs) => encode(inputs, undefined),
  VAEEncodeForInpaint: (inputs) => encode(inputs, inputs.mask('mask')),
  VAEDecode: decode,
  VAEDecodeTiled: decode,
  LatentUpscale: (inputs) => {
    const latent = inputs.latent('samples');
    const { width, height } = fitSize(latent, inputs.number('width'), inputs.number('height'));
    return outputsOf(resized(latent, width, height));
  },
  LatentUpscaleBy: (inputs) => {
    const latent = inputs.latent('samples');
    const scale = inputs.number('scale_by');
    return outputsOf(
      resized(latent, Math.round(latent.width * scale), Math.round(latent.height * scale)),
    );
  },
  SetLatentNoiseMask: (inputs) =>
    outputsOf({ ...inputs.latent('samples'), noiseMask: inputs.mask('mask') }),
  RepeatLatentBatch: (inputs) => {
    const latent = inputs.latent('samples');
    return outputsOf({ ...latent, batch: latent.batch * inputs.number('amount') });
  },
  LatentFromBatch: (inputs) => {
    const latent = inputs.latent('samples');
    const from = Math.min(latent.batch - 1, inputs.number('batch_index'));
    const length = Math.min(latent.batch - from, inputs.number('length'));
    return outputsOf({ ...latent, batch: Math.max(1, length) });
  },
};

/** A latent of another size; its content is drawn anew at that size. */
function resized(latent: Latent, width: number, height: number): Latent {
  return { ...latent, width: toGrid(width, 8), height: toGrid(height, 8) };
}

function emptyLatent(inputs: NodeInputs, grid: number): NodeResult {
  const latent: Latent = {
    kind: 'LATENT',
    width: toGrid(inputs.number('width'), grid),
    height: toGrid(inputs.number('height'), grid),
    batch: inputs.number('batch_size', 1),
    content: { kind: 'empty' },
  };
  return outputsOf(latent);
}

function encode(inputs: NodeInputs, mask: Mask | undefined): NodeResult {
  inputs.part('vae');
  return outputsOf(encodePicture(inputs.picture('pixels'), mask));
}

/** A latent that holds a picture, on the VAE's grid of eight pixels. */
export function encodePicture(picture: Picture, mask: Mask | undefined): Latent {
  return {
    kind: 'LATENT',
    width: toGrid(picture.width, 8),
    height: toGrid(picture.height, 8),
    batch: picture.frames.length,
    content: { kind: 'picture', picture },
    ...(mask === undefined ? {} : { noiseMask: mask }),
  };
}

async function decode(inputs: NodeInputs): Promise<NodeResult> {
  const latent = inputs.latent('samples');
  inputs.part('vae');
  const tooLarge = describeTooLarge(latent.width, latent.height, 3, latent.batch);
  if (tooLarge !== undefined) throw new NodeFailure(tooLarge, 'torch.OutOfMemoryError');
  return outputsOf(await decodeLatent(latent));
}

function fitSize(
  latent: Latent,
  width: number,
  height: number,
): { readonly width: number; readonly height: number } {
  if (width === 0 && height === 0) return latent;
  if (width === 0) return { width: (latent.width * height) / latent.height, height };
  if (height === 0) return { width, height: (latent.height * width) / latent.width };
  return { width, height };
}

function toGrid(size: number, grid: number): number {
  return Math.max(grid, Math.floor(size / grid) * grid);
}
