import sharp from 'sharp';
import { blendValues } from '../../images/blend.ts';
import { createChance, mix } from '../../images/chance.ts';
import { blurPicture } from '../../images/blur.ts';
import { toBytes, toFloats, toRgb } from '../../images/picture.ts';
import { mapFrames } from './image-nodes.ts';
import { type NodeFamily, outputsOf } from '../node-run.ts';
import { cover } from './size-nodes.ts';

/** Nodes that change a picture's colours and sharpness. */
export const colourNodes: NodeFamily = {
  ImageInvert: (inputs) =>
    outputsOf(mapFrames(inputs.picture('image'), (frame) => frame.map((value) => 1 - value))),
  ImageBlend: async (inputs) => {
    const first = toRgb(inputs.picture('image1'));
    const second = toRgb(
      await cover(inputs.picture('image2'), first.width, first.height, 'bicubic'),
    );
    const part = inputs.number('blend_factor');
    const mode = inputs.text('blend_mode', 'normal');
    return outputsOf(
      mapFrames(first, (frame, index) => {
        const other = second.frames[index % second.frames.length] ?? frame;
        return frame.map((value, i) => {
          const blended = blendValues(mode, value, other[i] ?? 0);
          return Math.min(1, Math.max(0, mix(value, blended, part)));
        });
      }),
    );
  },
  ImageBlur: async (inputs) =>
    outputsOf(
      await blurPicture(
        inputs.picture('image'),
        inputs.number('blur_radius', 1),
        inputs.number('sigma', 1),
      ),
    ),
  ImageSharpen: async (inputs) => {
    const picture = inputs.picture('image');
    const radius = inputs.number('sharpen_radius', 1);
    if (radius === 0) return outputsOf(picture);
    const alpha = inputs.number('alpha', 1);
    const soft = await blurPicture(picture, radius, inputs.number('sigma', 1));
    return outputsOf(
      mapFrames(picture, (frame, index) => {
        const low = soft.frames[index] ?? frame;
        return frame.map((value, i) =>
          Math.min(1, Math.max(0, value + (value - (low[i] ?? 0)) * alpha)),
        );
      }),
    );
  },
  ImageQuantize: async (inputs) => {
    const picture = toRgb(inputs.picture('image'));
    const colours = Math.max(2, inputs.number('colors', 256));
    const dither = inputs.text('dither', 'none') === 'none' ? 0 : 1;
    const frames: Float32Array[] = [];
    for (const frame of picture.frames) {
      const png = await sharp(toBytes(frame), {
        raw: { width: picture.width, height: picture.height, channels: 3 },
      })
        .png({ palette: true, colours, dither })
        .toBuffer();
      frames.push(toFloats(await sharp(png).removeAlpha().raw().toBuffer()));
    }
    return outputsOf({ ...picture, frames });
  },
  ImageAddNoise: (inputs) => {
    const strength = inputs.number('strength', 0.5);
    const seed = inputs.exact('seed');
    return outputsOf(
      mapFrames(inputs.picture('image'), (frame, index) => {
        const chance = createChance(`${seed} ${index}`);
        return frame.map((value) =>
          Math.min(
            1,
            Math.max(0, value + (chance() + chance() + chance() - 1.5) * 1.15 * strength),
          ),
        );
      }),
    );
  },
};
