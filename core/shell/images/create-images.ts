import sharp, { type Sharp } from 'sharp';
import type { Images } from '../../ports/assets.ts';

/** Larger pictures than 16k × 16k are not looked into. */
const MAX_PIXELS = 16_384 * 16_384;
const READABLE = /\.(?:png|jpe?g|webp|avif|tiff?|gif)$/i;
/** Standard deviation of a channel that is half black and half white. */
const FULL_CONTRAST = 127.5;
/** The rows at the top that are looked at first: decoding them is an eighth of the work. */
const STRIP = 1 / 8;
/** A strip with this much contrast leaves no doubt, whatever is below it: twice what compression makes of a flat colour. */
const CLEAR_CONTRAST = 0.02;
/** Pixels along the longer side that are enough to tell a contrast by. */
const SAMPLES = 512;

/**
 * Looks into PNG, JPEG, WebP, AVIF, TIFF and GIF. `contrast` is the largest standard deviation of a
 * colour channel, 0..1; transparency does not count. Of a picture whose top shows something clearly it is
 * the top's: nothing more is asked of it than to tell a picture from a flat colour, and decoding the rest
 * is what takes long. Of the beginning of a file only such a top is believed: less than half as much of
 * the picture as there is of the file, and nothing that breaks off.
 */
export function createImages(): Images {
  return {
    canRead: (filename) => READABLE.test(filename),
    facts: async (bytes, size = bytes.byteLength) => {
      const isWhole = bytes.byteLength >= size;
      const part = isWhole ? STRIP : Math.min(STRIP, bytes.byteLength / size / 2);
      const failOn = isWhole ? 'none' : 'truncated';
      try {
        const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn });
        const { width, height } = await picture.metadata();
        const strip = { left: 0, top: 0, width, height: Math.ceil(height * part) };
        const atTop = await contrastOf(picture.clone().extract(strip));
        if (atTop >= CLEAR_CONTRAST) return { width, height, contrast: atTop };
        return isWhole ? { width, height, contrast: await contrastOf(picture) } : undefined;
      } catch {
        // Sharp throws on what it cannot read: to us that is no picture, or too little of one.
        return undefined;
      }
    },
  };
}

async function contrastOf(picture: Sharp): Promise<number> {
  const fit = { fit: 'inside', kernel: 'nearest', withoutEnlargement: true } as const;
  const { data, info } = await picture
    .removeAlpha()
    .resize(SAMPLES, SAMPLES, fit)
    .raw()
    .toBuffer({ resolveWithObject: true });
  let deviation = 0;
  for (let channel = 0; channel < info.channels; channel += 1) {
    deviation = Math.max(deviation, deviationOf(data, channel, info.channels));
  }
  return Math.min(1, deviation / FULL_CONTRAST);
}

/** Standard deviation of every `step`-th value from `from` on. */
function deviationOf(values: Uint8Array, from: number, step: number): number {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let at = from; at < values.length; at += step) {
    const value = values[at] ?? 0;
    count += 1;
    sum += value;
    squares += value * value;
  }
  const mean = sum / count;
  return Math.sqrt(Math.max(0, squares / count - mean * mean));
}
