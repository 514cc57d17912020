import { loadMask, loadPicture } from '../../images/codec.ts';
import { describeTooLarge, type Picture, toPicture } from '../../images/picture.ts';
import { findInputFile } from '../../folders.ts';
import { type NodeInputs } from '../node-inputs.ts';
import { NodeFailure } from '../node-failure.ts';
import { type NodeFamily, type NodeResult, type NodeRun, outputsOf } from '../node-run.ts';
import { toJsonValue } from '../node-values.ts';

/** Nodes that load, make and batch pictures. */
export const imageNodes: NodeFamily = {
  LoadImage: load,
  LoadImageOutput: load,
  LoadImageMask: async (inputs, run) => {
    const path = findFile(inputs, run);
    // Whatever sharp cannot read is a file that the server could not identify either.
    const mask = await loadMask(path, inputs.text('channel')).catch(() => undefined);
    if (mask === undefined) throw unreadable(path);
    return outputsOf(mask);
  },
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
  RepeatImageBatch: (inputs) => {
    const picture = inputs.picture('image');
    const amount = inputs.number('amount');
    refuseTooLarge(picture.width, picture.height, picture.channels, picture.frames.length * amount);
    const frames = Array.from({ length: amount }, () => picture.frames).flat();
    return outputsOf({ ...picture, frames });
  },
  ImageFromBatch: (inputs) => {
    const picture = inputs.picture('image');
    const from = Math.min(picture.frames.length - 1, inputs.number('batch_index'));
    const frames = picture.frames.slice(from, from + inputs.number('length'));
    return outputsOf({ ...picture, frames });
  },
  GetImageSize: (inputs) => {
    const { width, height, frames } = inputs.picture('image');
    const sizes = [width, height, frames.length].map((value) => toJsonValue(value));
    return { outputs: sizes, ui: { text: [`width: ${width}, height: ${height}`] } };
  },
};

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

/** A picture with every frame changed, sizes kept. */
export function mapFrames(
  picture: Picture,
  change: (frame: Float32Array, index: number) => Float32Array,
): Picture {
  return { ...picture, frames: picture.frames.map(change) };
}

async function load(inputs: NodeInputs, run: NodeRun): Promise<NodeResult> {
  const path = findFile(inputs, run);
  // As above.
  const loaded = await loadPicture(path).catch(() => undefined);
  if (loaded === undefined) throw unreadable(path);
  return outputsOf(loaded.picture, loaded.mask);
}

function findFile(inputs: NodeInputs, run: NodeRun): string {
  const name = inputs.text('image');
  const path = findInputFile(run.folders, name);
  if (path !== undefined) return path;
  throw new NodeFailure(`[Errno 2] No such file or directory: '${name}'`, 'FileNotFoundError');
}

function unreadable(path: string): NodeFailure {
  return new NodeFailure(`cannot identify image file '${path}'`, 'PIL.UnidentifiedImageError');
}
