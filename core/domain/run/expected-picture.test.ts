import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { expectedPicture } from './expected-picture.ts';

function node(class_type: string, inputs: JsonObject): JsonObject {
  return { class_type, inputs };
}

const base = {
  5: node('EmptyLatentImage', { width: 1349, height: 768, batch_size: 2 }),
  3: node('KSampler', { latent_image: ['5', 0], steps: 20 }),
  8: node('VAEDecode', { samples: ['3', 0] }),
  9: node('SaveImage', { images: ['8', 0] }),
};

describe('expectedPicture', () => {
  it('follows a picture back to its empty latent, on the grid of eight', () => {
    expect(expectedPicture(base, '9')).toEqual({
      width: 1344,
      height: 768,
      count: 2,
      mayBeFlat: false,
    });
  });

  it.each([
    ['ImageScale', { image: ['8', 0], width: 640, height: 360 }, 640, 360],
    ['ImageScaleBy', { image: ['8', 0], scale_by: 1.5 }, 2016, 1152],
    ['ImageCrop', { image: ['8', 0], width: 512, height: 9999, x: 0, y: 0 }, 512, 768],
    ['ImagePadForOutpaint', { image: ['8', 0], left: 8, right: 0, top: 16, bottom: 16 }, 1352, 800],
    ['ImageInvert', { image: ['8', 0] }, 1344, 768],
  ])('knows what %s makes of the size', (classType, inputs, width, height) => {
    const payload = {
      ...base,
      10: node(classType, inputs),
      9: node('SaveImage', { images: ['10', 0] }),
    };
    expect(expectedPicture(payload, '9')).toMatchObject({ width, height, count: 2 });
  });

  it('knows a second pass over an upscaled latent', () => {
    const payload = {
      ...base,
      10: node('LatentUpscaleBy', { samples: ['3', 0], scale_by: 1.5 }),
      11: node('KSampler', { latent_image: ['10', 0] }),
      8: node('VAEDecode', { samples: ['11', 0] }),
    };
    expect(expectedPicture(payload, '9')).toMatchObject({ width: 2016, height: 1152 });
  });

  it.each([
    ['a node that it does not know', node('SomePackNode', { image: ['8', 0] })],
    [
      'a size that a link decides',
      node('ImageScale', { image: ['8', 0], width: ['7', 0], height: 8 }),
    ],
    [
      'a size that keeps the aspect',
      node('ImageScale', { image: ['8', 0], width: 512, height: 0 }),
    ],
    ['a circle', node('ImageInvert', { image: ['10', 0] })],
    ['a node that is not there', node('ImageInvert', { image: ['77', 0] })],
  ])('says nothing about the size behind %s', (_, made) => {
    const payload = { ...base, 10: made, 9: node('SaveImage', { images: ['10', 0] }) };
    expect(expectedPicture(payload, '9').width).toBeUndefined();
  });

  it('expects one flat colour where that is what the workflow makes', () => {
    const payload = {
      1: node('EmptyImage', { width: 64, height: 48, batch_size: 1, color: 3 }),
      2: node('ImageInvert', { image: ['1', 0] }),
      3: node('PreviewImage', { images: ['2', 0] }),
    };
    expect(expectedPicture(payload, '3')).toEqual({
      width: 64,
      height: 48,
      count: 1,
      mayBeFlat: true,
    });
  });
});
