import { rawImage } from './codec.ts';
import { type Picture, toFloats } from './picture.ts';

/** Target of a resize; the method is one of ComfyUI's names. */
export interface ResizeTarget {
  readonly width: number;
  readonly height: number;
  readonly method: string;
}

/** Resizes one frame to exactly the target size. */
export async function resizeFrame(
  frame: Float32Array,
  source: Pick<Picture, 'width' | 'height' | 'channels'>,
  target: ResizeTarget,
): Promise<Float32Array> {
  if (source.width === target.width && source.height === target.height) return frame;
  const data = await rawImage(source, frame)
    .resize(target.width, target.height, { fit: 'fill', kernel: kernelOf(target.method) })
    .raw()
    .toBuffer();
  return toFloats(data);
}

/** Resizes every frame. */
export async function resizePicture(picture: Picture, target: ResizeTarget): Promise<Picture> {
  const frames: Float32Array[] = [];
  for (const frame of picture.frames) frames.push(await resizeFrame(frame, picture, target));
  return { ...picture, width: target.width, height: target.height, frames };
}

function kernelOf(method: string): 'nearest' | 'linear' | 'cubic' | 'lanczos3' | 'mitchell' {
  if (method === 'nearest-exact' || method === 'nearest') return 'nearest';
  if (method === 'bilinear') return 'linear';
  if (method === 'area') return 'mitchell';
  return method === 'bicubic' ? 'cubic' : 'lanczos3';
}
