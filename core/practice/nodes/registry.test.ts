import { describe, expect, it } from 'vitest';
import { type Mask, type Picture, toMask, toPicture } from '../images/picture.ts';
import { createNodeInputs } from './node-inputs.ts';
import { type NodeResult, type NodeRun } from './node-run.ts';
import { type NodeValue, toJsonValue } from './node-values.ts';
import { findRunner } from './registry.ts';
import { readPracticeObjectInfo } from '../read-practice-object-info.ts';

/** A picture whose pixel at x, y has red x/10 and green y/10. */
function ramp(width: number, height: number): Picture {
  const frame = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) frame.set([x / 10, y / 10, 0], (y * width + x) * 3);
  }
  return toPicture(width, height, 3, [frame]);
}

function dot(width: number, height: number, x: number, y: number): Mask {
  const frame = new Float32Array(width * height);
  frame[y * width + x] = 1;
  return toMask(width, height, [frame]);
}

async function run(
  classType: string,
  values: Readonly<Record<string, NodeValue | number | string | boolean>>,
): Promise<NodeResult> {
  const inputs = new Map(
    Object.entries(values).map(([name, value]): [string, NodeValue] => [
      name,
      typeof value === 'object' ? value : toJsonValue(value),
    ]),
  );
  const nodeRun = { step: () => Promise.resolve(), choices: () => undefined } as unknown as NodeRun;
  return findRunner(classType)!(createNodeInputs(inputs, {}), nodeRun);
}

async function picture(...call: Parameters<typeof run>): Promise<Picture> {
  const value = (await run(...call)).outputs[0];
  if (value?.kind !== 'IMAGE') throw new Error('no picture');
  return value;
}

async function mask(...call: Parameters<typeof run>): Promise<Mask> {
  const value = (await run(...call)).outputs.find(({ kind }) => kind === 'MASK');
  if (value?.kind !== 'MASK') throw new Error('no mask');
  return value;
}

function pixel(image: Picture, x: number, y: number): readonly number[] {
  const at = (y * image.width + x) * image.channels;
  return [...image.frames[0]!.slice(at, at + 3)].map((value) => Math.round(value * 100) / 100);
}

describe('picture nodes', () => {
  it('every class that practice runs is one that the server has', async () => {
    const info = await readPracticeObjectInfo();
    const runnable = Object.keys(info).filter((name) => findRunner(name) !== undefined);
    expect(runnable.length).toBeGreaterThanOrEqual(100);
    expect(findRunner('NoSuchNode')).toBeUndefined();
    expect(findRunner('toString')).toBeUndefined();
  });

  it('ImageCrop cuts the area out', async () => {
    const cropped = await picture('ImageCrop', {
      image: ramp(6, 5),
      x: 2,
      y: 1,
      width: 3,
      height: 2,
    });
    expect([cropped.width, cropped.height]).toEqual([3, 2]);
    expect(pixel(cropped, 0, 0)).toEqual([0.2, 0.1, 0]);
    expect(pixel(cropped, 2, 1)).toEqual([0.4, 0.2, 0]);
  });

  it('ImageFlip and ImageRotate move every pixel', async () => {
    const upright = await picture('ImageFlip', {
      image: ramp(4, 3),
      flip_method: 'x-axis: vertically',
    });
    expect(pixel(upright, 0, 0)).toEqual([0, 0.2, 0]);
    const turned = await picture('ImageRotate', { image: ramp(4, 3), rotation: '90 degrees' });
    expect([turned.width, turned.height]).toEqual([3, 4]);
    expect(pixel(turned, 0, 0)).toEqual([0, 0.2, 0]);
    expect(pixel(turned, 2, 3)).toEqual([0.3, 0, 0]);
  });

  it('ImageScale crops to the aspect when asked, and keeps it when one side is 0', async () => {
    const scale = { image: ramp(8, 4), upscale_method: 'nearest-exact' };
    const square = await picture('ImageScale', { ...scale, width: 4, height: 4, crop: 'center' });
    expect(pixel(square, 0, 0)[0]).toBeCloseTo(0.2, 1);
    const half = await picture('ImageScale', { ...scale, width: 4, height: 0, crop: 'disabled' });
    expect([half.width, half.height]).toEqual([4, 2]);
  });

  it('ImageBlend mixes by its factor and mode', async () => {
    const white = await picture('EmptyImage', { width: 2, height: 2, color: 0xffffff });
    const grey = await picture('EmptyImage', { width: 2, height: 2, color: 0x808080 });
    const blend = { image1: white, image2: grey, blend_factor: 1 };
    expect(pixel(await picture('ImageBlend', { ...blend, blend_mode: 'multiply' }), 0, 0)[0]).toBe(
      0.5,
    );
    expect(
      pixel(await picture('ImageBlend', { ...blend, blend_mode: 'difference' }), 0, 0)[0],
    ).toBe(0.5);
    const none = await picture('ImageBlend', { ...blend, blend_factor: 0, blend_mode: 'normal' });
    expect(pixel(none, 0, 0)[0]).toBe(1);
  });

  it('ImageBlur spreads an edge and keeps what is even', async () => {
    const even = await picture('EmptyImage', { width: 9, height: 9, color: 0x336699 });
    const blurred = await picture('ImageBlur', { image: even, blur_radius: 3, sigma: 1 });
    expect(pixel(blurred, 4, 4)).toEqual([0.2, 0.4, 0.6]);
  });

  it('ImagePadForOutpaint puts grey around it and a mask over the grey', async () => {
    const call = [
      'ImagePadForOutpaint',
      { image: ramp(4, 4), left: 2, top: 0, right: 0, bottom: 1, feathering: 0 },
    ] as const;
    const padded = await picture(...call);
    expect([padded.width, padded.height]).toEqual([6, 5]);
    expect(pixel(padded, 0, 0)).toEqual([0.5, 0.5, 0.5]);
    expect(pixel(padded, 2, 0)).toEqual([0, 0, 0]);
    const cover = await mask(...call);
    expect([cover.frames[0]![0], cover.frames[0]![2]]).toEqual([1, 0]);
  });

  it('ImageBatch puts the second behind the first, at its size', async () => {
    const batch = await picture('ImageBatch', { image1: ramp(4, 4), image2: ramp(8, 8) });
    expect([batch.width, batch.frames.length, batch.frames[1]!.length]).toEqual([4, 2, 48]);
  });

  it('a batch that does not fit into memory fails as it does on a GPU', async () => {
    await expect(run('RepeatImageBatch', { image: ramp(64, 64), amount: 40_000 })).rejects.toThrow(
      'tried to allocate',
    );
  });
});

describe('mask nodes', () => {
  it('GrowMask grows by a pixel, with or without corners', async () => {
    const count = (grown: Mask): number => grown.frames[0]!.reduce((sum, value) => sum + value, 0);
    const start = { mask: dot(7, 7, 3, 3), expand: 1 };
    expect(count(await mask('GrowMask', { ...start, tapered_corners: true }))).toBe(5);
    expect(count(await mask('GrowMask', { ...start, tapered_corners: false }))).toBe(9);
    expect(count(await mask('GrowMask', { ...start, expand: -1, tapered_corners: true }))).toBe(0);
  });

  it('MaskComposite combines where the two meet', async () => {
    const half = await mask('SolidMask', { value: 0.5, width: 2, height: 1 });
    const one = await mask('SolidMask', { value: 1, width: 1, height: 1 });
    const both = { destination: half, source: one, x: 1, y: 0 };
    const added = await mask('MaskComposite', { ...both, operation: 'add' });
    expect([...added.frames[0]!]).toEqual([0.5, 1]);
    const taken = await mask('MaskComposite', { ...both, operation: 'subtract' });
    expect([...taken.frames[0]!]).toEqual([0.5, 0]);
  });

  it('ImageCompositeMasked paints the source only where the mask is', async () => {
    const black = await picture('EmptyImage', { width: 4, height: 4, color: 0 });
    const white = await picture('EmptyImage', { width: 2, height: 2, color: 0xffffff });
    const result = await picture('ImageCompositeMasked', {
      destination: black,
      source: white,
      mask: dot(2, 2, 1, 0),
      x: 1,
      y: 2,
      resize_source: false,
    });
    expect([pixel(result, 1, 2)[0], pixel(result, 2, 2)[0], pixel(result, 0, 0)[0]]).toEqual([
      0, 1, 0,
    ]);
  });

  it('InvertMask, ImageToMask and MaskToImage go there and back', async () => {
    const red = await mask('ImageToMask', { image: ramp(3, 1), channel: 'red' });
    const image = await picture('MaskToImage', { mask: await mask('InvertMask', { mask: red }) });
    expect(pixel(image, 2, 0)).toEqual([0.8, 0.8, 0.8]);
  });
});
