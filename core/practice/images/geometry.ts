import { type Mask, type Picture } from './picture.ts';

/** A rectangle in pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Anything made of frames with a fixed number of values per pixel. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** Cuts an area out of one frame; the area must lie inside. */
export function cropFrame(frame: Float32Array, raster: Raster, area: Area): Float32Array {
  const { channels } = raster;
  const out = new Float32Array(area.width * area.height * channels);
  for (let row = 0; row < area.height; row += 1) {
    const from = ((area.y + row) * raster.width + area.x) * channels;
    out.set(frame.subarray(from, from + area.width * channels), row * area.width * channels);
  }
  return out;
}

/** Puts one frame into a larger one at a place; what sticks out is cut off. */
export function pasteFrame(
  target: Float32Array,
  targetRaster: Raster,
  source: Float32Array,
  sourceRaster: Raster,
  at: { readonly x: number; readonly y: number },
): void {
  const { channels } = targetRaster;
  for (let row = 0; row < sourceRaster.height; row += 1) {
    const y = at.y + row;
    if (y < 0 || y >= targetRaster.height) continue;
    const left = Math.max(0, -at.x);
    const right = Math.min(sourceRaster.width, targetRaster.width - at.x);
    if (right <= left) return;
    const from = (row * sourceRaster.width + left) * channels;
    const to = (y * targetRaster.width + at.x + left) * channels;
    target.set(source.subarray(from, from + (right - left) * channels), to);
  }
}

/** Moves every pixel: `pick` says where the pixel at a place of the result comes from. */
export function movePixels(
  frame: Float32Array,
  raster: Raster,
  size: { readonly width: number; readonly height: number },
  pick: (x: number, y: number) => readonly [number, number],
): Float32Array {
  const { channels } = raster;
  const out = new Float32Array(size.width * size.height * channels);
  for (let y = 0, to = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1, to += channels) {
      const [fromX, fromY] = pick(x, y);
      const from = (fromY * raster.width + fromX) * channels;
      for (let c = 0; c < channels; c += 1) out[to + c] = frame[from + c] ?? 0;
    }
  }
  return out;
}

/** Cuts an area out of every frame of a picture; it is moved inside first, as ImageCrop does. */
export function cropPicture(picture: Picture, wanted: Area): Picture {
  const area = insideArea(picture, wanted);
  const frames = picture.frames.map((frame) => cropFrame(frame, picture, area));
  return { ...picture, width: area.width, height: area.height, frames };
}

/** Cuts an area out of every frame of a mask. */
export function cropMask(mask: Mask, wanted: Area): Mask {
  const area = insideArea(mask, wanted);
  const frames = mask.frames.map((frame) => cropFrame(frame, { ...mask, channels: 1 }, area));
  return { ...mask, width: area.width, height: area.height, frames };
}

function insideArea(
  raster: { readonly width: number; readonly height: number },
  wanted: Area,
): Area {
  const x = Math.min(Math.max(0, wanted.x), raster.width - 1);
  const y = Math.min(Math.max(0, wanted.y), raster.height - 1);
  return {
    x,
    y,
    width: Math.min(wanted.width, raster.width - x),
    height: Math.min(wanted.height, raster.height - y),
  };
}
