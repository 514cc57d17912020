import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { type Mask, type Picture, toBytes, toFloats, toMask, toPicture } from './picture.ts';

/** A decoded file: its picture, and its alpha inverted as LoadImage's mask. */
export interface LoadedPicture {
  readonly picture: Picture;
  /** 64×64 zeros when the file has no alpha, as the server gives. */
  readonly mask: Mask;
}

/** Decodes every frame of a picture file, turned upright; throws what sharp throws. */
export async function loadPicture(path: string): Promise<LoadedPicture> {
  const bytes = await readFile(path);
  const meta = await sharp(bytes).metadata();
  const pages = meta.pages ?? 1;
  const pictures: Float32Array[] = [];
  const masks: Float32Array[] = [];
  let size = { width: 0, height: 0 };
  for (let page = 0; page < pages; page += 1) {
    const { data, info } = await sharp(bytes, { page })
      .rotate()
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    if (page > 0 && (info.width !== size.width || info.height !== size.height)) continue;
    size = { width: info.width, height: info.height };
    const { rgb, alpha } = splitAlpha(data, info.width * info.height);
    pictures.push(rgb);
    masks.push(alpha);
  }
  const mask = meta.hasAlpha
    ? toMask(size.width, size.height, masks)
    : toMask(64, 64, [new Float32Array(64 * 64)]);
  return { picture: toPicture(size.width, size.height, 3, pictures), mask };
}

/** One channel of a picture file as a mask; alpha comes inverted, as the server gives it. */
export async function loadMask(path: string, channel: string): Promise<Mask> {
  const bytes = await readFile(path);
  const { hasAlpha } = await sharp(bytes).metadata();
  const { data, info } = await sharp(bytes)
    .rotate()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const slot = ['red', 'green', 'blue', 'alpha'].indexOf(channel);
  if (channel === 'alpha' && !hasAlpha) return toMask(64, 64, [new Float32Array(64 * 64)]);
  const values = new Float32Array(info.width * info.height);
  for (let i = 0; i < values.length; i += 1) {
    const value = (data[i * 4 + Math.max(0, slot)] ?? 0) / 255;
    values[i] = channel === 'alpha' ? 1 - value : value;
  }
  return toMask(info.width, info.height, [values]);
}

/** Encodes one frame as PNG. */
export async function encodePng(picture: Picture, frame: Float32Array): Promise<Buffer> {
  return rawImage(picture, frame).png({ compressionLevel: 4 }).toBuffer();
}

/** Encodes one frame as JPEG, at most `longest` pixels wide or high. */
export async function encodeJpeg(
  picture: Picture,
  frame: Float32Array,
  longest: number,
): Promise<Buffer> {
  return rawImage(picture, frame)
    .resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true })
    .removeAlpha()
    .jpeg({ quality: 88 })
    .toBuffer();
}

/** Encodes all frames as one animated WebP; `fps` pictures a second. */
export async function encodeAnimatedWebp(
  picture: Picture,
  options: { readonly fps: number; readonly lossless: boolean; readonly quality: number },
): Promise<Buffer> {
  const stacked = Buffer.concat(picture.frames.map(toBytes));
  return sharp(stacked, {
    raw: {
      width: picture.width,
      height: picture.height * picture.frames.length,
      channels: picture.channels,
      pageHeight: picture.height,
    },
  })
    .webp({
      lossless: options.lossless,
      quality: Math.max(1, options.quality),
      delay: picture.frames.map(() => Math.round(1000 / options.fps)),
      loop: 0,
    })
    .toBuffer();
}

/** A sharp pipeline over one frame. */
export function rawImage(
  picture: Pick<Picture, 'width' | 'height' | 'channels'>,
  frame: Float32Array,
): Sharp {
  return sharp(toBytes(frame), {
    raw: { width: picture.width, height: picture.height, channels: picture.channels },
  });
}

function splitAlpha(
  data: Uint8Array,
  count: number,
): { readonly rgb: Float32Array; readonly alpha: Float32Array } {
  const floats = toFloats(data);
  const rgb = new Float32Array(count * 3);
  const alpha = new Float32Array(count);
  for (let i = 0; i < count; i += 1) {
    rgb[i * 3] = floats[i * 4] ?? 0;
    rgb[i * 3 + 1] = floats[i * 4 + 1] ?? 0;
    rgb[i * 3 + 2] = floats[i * 4 + 2] ?? 0;
    alpha[i] = 1 - (floats[i * 4 + 3] ?? 1);
  }
  return { rgb, alpha };
}
