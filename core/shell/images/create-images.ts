import sharp from 'sharp';
import type { Images } from '../../ports/assets.ts';

/** Larger pictures than 16k × 16k are not looked into. */
const MAX_PIXELS = 16_384 * 16_384;
/** Standard deviation of a channel that is half black and half white. */
const FULL_CONTRAST = 127.5;

/**
 * Looks into PNG, JPEG, WebP, AVIF, TIFF and GIF. `contrast` is the largest standard deviation of a
 * colour channel, 0..1; transparency does not count. Undefined for anything that is no picture.
 */
export function createImages(): Images {
  return {
    facts: async (bytes) => {
      try {
        const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'none' });
        const { width, height, channels, hasAlpha } = await picture.metadata();
        const { channels: stats } = await picture.stats();
        const colours = stats.slice(0, hasAlpha ? channels - 1 : channels);
        const deviation = Math.max(0, ...colours.map(({ stdev }) => stdev));
        return { width, height, contrast: Math.min(1, deviation / FULL_CONTRAST) };
      } catch {
        // Sharp throws on what it cannot read: to us that is simply no picture.
        return undefined;
      }
    },
  };
}
