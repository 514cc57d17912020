import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { createImages } from './create-images.ts';

const images = createImages();

function flat(channels: 3 | 4, background: string): Promise<Uint8Array> {
  return sharp({ create: { width: 64, height: 32, channels, background } })
    .png()
    .toBuffer();
}

it('reads the size, and no contrast in one flat colour, whatever its transparency', async () => {
  expect(await images.facts(await flat(3, '#804020'))).toEqual({
    width: 64,
    height: 32,
    contrast: 0,
  });
  expect(await images.facts(await flat(4, 'rgba(9, 9, 9, 0.5)'))).toMatchObject({ contrast: 0 });
});

it('finds full contrast in half black, half white, in PNG, JPEG and WebP', async () => {
  const pixels = Buffer.alloc(64 * 64, 255).fill(0, 0, 32 * 64);
  const picture = sharp(pixels, { raw: { width: 64, height: 64, channels: 1 } });
  for (const format of ['png', 'jpeg', 'webp'] as const) {
    const facts = await images.facts(await picture.clone().toFormat(format).toBuffer());
    expect(facts).toMatchObject({ width: 64, height: 64 });
    expect(facts?.contrast).toBeGreaterThan(0.9);
  }
});

it('finds what only the lower part shows, under a bar of black', async () => {
  const pixels = Buffer.alloc(64 * 64, 0).fill(200, 40 * 64, 48 * 64);
  const picture = sharp(pixels, { raw: { width: 64, height: 64, channels: 1 } });
  const facts = await images.facts(await picture.png().toBuffer());
  expect(facts?.contrast).toBeCloseTo(Math.sqrt(1 / 8 - 1 / 64) * (200 / 127.5), 2);
});

it('finds the contrast of a colour in which the others are flat, and of 16 bits per channel', async () => {
  const pixels = Buffer.alloc(64 * 64 * 3, 90);
  for (let at = 2; at < pixels.length; at += 6) pixels[at] = 250;
  const picture = sharp(pixels, { raw: { width: 64, height: 64, channels: 3 } });
  const eight = await images.facts(await picture.clone().png().toBuffer());
  const sixteen = await images.facts(await picture.toColourspace('rgb16').png().toBuffer());
  expect(eight?.contrast).toBeCloseTo(80 / 127.5, 2);
  expect(sixteen?.contrast).toBeCloseTo(80 / 127.5, 2);
});

describe('from the beginning of a file', () => {
  const size = 512;
  /** Rows grow brighter downwards, under noise that no compression can take out. */
  let chance = 1;
  const pixels = Buffer.from(
    Array.from({ length: size * size }, (_, at) => {
      chance = (chance * 16_807) % 2_147_483_647;
      return Math.floor(at / size / 4) + (chance % 64);
    }),
  );
  const noisy = sharp(pixels, { raw: { width: size, height: size, channels: 1 } });
  const factsOf = async (picture: Sharp, part: number): ReturnType<typeof images.facts> => {
    const whole = await picture.toBuffer();
    return images.facts(whole.subarray(0, Math.ceil(whole.length * part)), whole.length);
  };

  it('tells the size and the contrast of rows that are surely there', async () => {
    for (const picture of [noisy.clone().png(), noisy.clone().jpeg()]) {
      for (const part of [0.3, 0.1]) {
        const facts = await factsOf(picture, part);
        expect(facts).toMatchObject({ width: size, height: size });
        expect(facts?.contrast).toBeGreaterThan(0.1);
        expect(facts?.contrast).toBeLessThan(0.3);
      }
    }
  });

  it('leaves it open where the top is flat, and where the format needs all of the file', async () => {
    const barred = sharp(Buffer.from(pixels).fill(0, 0, size * 300), {
      raw: { width: size, height: size, channels: 1 },
    });
    const all = [barred.png(), noisy.clone().png({ progressive: true }), noisy.clone().webp()];
    for (const picture of all) expect(await factsOf(picture, 0.5)).toBeUndefined();
  });
});

it('calls nothing a picture that is none', async () => {
  const whole = await flat(3, '#ffffff');
  expect(await images.facts(new Uint8Array())).toBeUndefined();
  expect(await images.facts(new TextEncoder().encode('<html>'))).toBeUndefined();
  expect(await images.facts(whole.slice(0, 20))).toBeUndefined();
});
