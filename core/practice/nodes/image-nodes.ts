import { type Picture, toPicture, describeTooLarge } from '../images/picture.ts';
import { loadPicture } from '../images/codec.ts';
import { findInputFile } from '../folders.ts';
import { type NodeInputs } from './node-inputs.ts';
import { NodeFailure, type NodeFamily, type NodeRun, outputsOf } from './node-run.ts';

/** Nodes that load, make and change pictures. */
export const imageNodes: NodeFamily = {
  LoadImage: load,
  EmptyImage: (inputs) => {
    const width = inputs.number('width');
    const height = inputs.number('height');
    const batch = inputs.number('batch_size', 1);
    refuseTooLarge(width, height, 3, batch);
    const colour = inputs.number('color', 0);
    const frame = new Float32Array(width * height * 3);
    for (let i = 0; i < frame.length; i += 3) {
      frame[i] = ((colour >> 16) & 255) / 255;
      frame[i + 1] = ((colour >> 8) & 255) / 255;
      frame[i + 2] = (colour & 255) / 255;
    }
    return outputsOf(
      toPicture(
        width,
        height,
        3,
        Array.from({ length: batch }, () => frame),
      ),
    );
  },
  ImageInvert: (inputs) => outputsOf(mapValues(inputs.picture('image'), (value) => 1 - value)),
};

/** A picture with every value changed; alpha too, as the server's tensors do. */
export function mapValues(picture: Picture, change: (value: number) => number): Picture {
  return { ...picture, frames: picture.frames.map((frame) => frame.map(change)) };
}

/** Fails as a GPU does when the result would not fit. */
export function refuseTooLarge(
  width: number,
  height: number,
  channels: number,
  frames: number,
): void {
  const reason = describeTooLarge(width, height, channels, frames);
  if (reason !== undefined) throw new NodeFailure(reason, 'torch.OutOfMemoryError');
}

async function load(inputs: NodeInputs, run: NodeRun): Promise<ReturnType<typeof outputsOf>> {
  const name = inputs.text('image');
  const path = findInputFile(run.folders, name);
  if (path === undefined) {
    throw new NodeFailure(`[Errno 2] No such file or directory: '${name}'`, 'FileNotFoundError');
  }
  // Whatever sharp cannot read is a file that the server could not identify either.
  const loaded = await loadPicture(path).catch(() => undefined);
  if (loaded === undefined) {
    throw new NodeFailure(`cannot identify image file '${path}'`, 'PIL.UnidentifiedImageError');
  }
  return outputsOf(loaded.picture, loaded.mask);
}
