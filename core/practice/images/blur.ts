import { rawImage } from './codec.ts';
import { type Picture, toFloats } from './picture.ts';

/** Blurs every frame with a Gaussian of `sigma` that is cut off at `radius` pixels. */
export async function blurPicture(
  picture: Picture,
  radius: number,
  sigma: number,
): Promise<Picture> {
  if (radius === 0) return picture;
  const width = Math.max(0.3, sigma);
  // libvips cuts the kernel where it falls below this height.
  const minAmplitude = Math.exp(-(radius * radius) / (2 * width * width));
  const frames: Float32Array[] = [];
  for (const frame of picture.frames) {
    const blurred = await rawImage(picture, frame)
      .blur({
        sigma: width,
        minAmplitude: Math.min(1, Math.max(0.001, minAmplitude)),
        precision: 'float',
      })
      .raw()
      .toBuffer();
    frames.push(toFloats(blurred));
  }
  return { ...picture, frames };
}
