import { cropFrame, cropPicture, movePixels, pasteFrame } from '../../images/geometry.ts';
import { type Picture, toMask, toPicture, toRgb } from '../../images/picture.ts';
import { resizePicture } from '../../images/resize.ts';
import { mapFrames, refuseTooLarge } from './image-nodes.ts';
import { type NodeInputs } from '../node-inputs.ts';
import { NodeFailure } from '../node-failure.ts';
import { type NodeFamily, type NodeResult, outputsOf } from '../node-run.ts';

/** Nodes that change a picture's size, place or frame. */
export const sizeNodes: NodeFamily = {
  ImageScale: scale,
  ImageScaleBy: async (inputs) => {
    const picture = inputs.picture('image');
    const factor = inputs.number('scale_by');
    return outputsOf(
      await resizeTo(inputs, picture, picture.width * factor, picture.height * factor),
    );
  },
  ImageScaleToTotalPixels: async (inputs) => {
    const picture = inputs.picture('image');
    const total = inputs.number('megapixels') * 1024 * 1024;
    const factor = Math.sqrt(total / (picture.width * picture.height));
    return outputsOf(
      await resizeTo(inputs, picture, picture.width * factor, picture.height * factor),
    );
  },
  ImageScaleToMaxDimension: async (inputs) => {
    const picture = inputs.picture('image');
    const factor = inputs.number('largest_size') / Math.max(picture.width, picture.height);
    return outputsOf(
      await resizeTo(inputs, picture, picture.width * factor, picture.height * factor),
    );
  },
  ImageUpscaleWithModel: async (inputs, run) => {
    const name = inputs.part('upscale_model').parts.join(' ');
    const picture = inputs.picture('image');
    const factor = Number(/(\d)x|x(\d)/i.exec(name)?.slice(1).find(Boolean) ?? 4);
    refuseTooLarge(
      picture.width * factor,
      picture.height * factor,
      picture.channels,
      picture.frames.length,
    );
    const tiles = Math.ceil(picture.width / 512) * Math.ceil(picture.height / 512);
    for (let tile = 1; tile <= tiles; tile += 1) await run.step(tile, tiles);
    return outputsOf(
      await resizePicture(picture, {
        width: picture.width * factor,
        height: picture.height * factor,
        method: 'lanczos',
      }),
    );
  },
  ImageCrop: (inputs) =>
    outputsOf(
      cropPicture(inputs.picture('image'), {
        x: inputs.number('x'),
        y: inputs.number('y'),
        width: inputs.number('width'),
        height: inputs.number('height'),
      }),
    ),
  ImageFlip: (inputs) => {
    const picture = inputs.picture('image');
    const { width, height } = picture;
    const isUpright = inputs.text('flip_method').startsWith('x');
    return outputsOf(
      mapFrames(picture, (frame) =>
        movePixels(frame, picture, picture, (x, y) =>
          isUpright ? [x, height - 1 - y] : [width - 1 - x, y],
        ),
      ),
    );
  },
  ImageRotate: (inputs) => outputsOf(rotate(inputs.picture('image'), inputs.text('rotation'))),
  ImagePadForOutpaint: pad,
  ImageBatch: async (inputs) => {
    const first = inputs.picture('image1');
    const second = await cover(inputs.picture('image2'), first.width, first.height);
    return outputsOf({
      ...toRgb(first),
      frames: [...toRgb(first).frames, ...toRgb(second).frames],
    });
  },
  FluxKontextImageScale: async (inputs) => {
    const picture = inputs.picture('image');
    const aspect = picture.width / picture.height;
    const [width, height] = KONTEXT_SIZES.toSorted(
      (a, b) => Math.abs(aspect - a[0] / a[1]) - Math.abs(aspect - b[0] / b[1]),
    )[0] ?? [1024, 1024];
    return outputsOf(await cover(picture, width, height, 'lanczos'));
  },
  ResizeAndPadImage: async (inputs) => {
    const picture = toRgb(inputs.picture('image'));
    const width = inputs.number('target_width');
    const height = inputs.number('target_height');
    const factor = Math.min(width / picture.width, height / picture.height);
    const inner = await resizePicture(picture, {
      width: Math.max(1, Math.floor(picture.width * factor)),
      height: Math.max(1, Math.floor(picture.height * factor)),
      method: inputs.text('interpolation', 'area'),
    });
    const at = {
      x: Math.floor((width - inner.width) / 2),
      y: Math.floor((height - inner.height) / 2),
    };
    const fill = inputs.text('padding_color', 'white') === 'white' ? 1 : 0;
    const target = { width, height, channels: 3 } as const;
    const frames = inner.frames.map((frame) => {
      const out = new Float32Array(width * height * 3).fill(fill);
      pasteFrame(out, target, frame, inner, at);
      return out;
    });
    return outputsOf(toPicture(width, height, 3, frames));
  },
};

/** Sizes that Flux Kontext was trained at (comfy_extras/nodes_flux.py). */
const KONTEXT_SIZES: readonly (readonly [number, number])[] = [
  [672, 1568],
  [720, 1456],
  [752, 1392],
  [832, 1248],
  [880, 1184],
  [944, 1104],
  [1024, 1024],
  [1104, 944],
  [1184, 880],
  [1248, 832],
  [1392, 752],
  [1456, 720],
  [1568, 672],
];

/** Scales to fill a size and cuts off what sticks out, centred. */
export async function cover(
  picture: Picture,
  width: number,
  height: number,
  method = 'bilinear',
): Promise<Picture> {
  if (picture.width === width && picture.height === height) return picture;
  return resizePicture(cropToAspect(picture, width / height), { width, height, method });
}

async function scale(inputs: NodeInputs): Promise<NodeResult> {
  const picture = inputs.picture('image');
  let width = inputs.number('width');
  let height = inputs.number('height');
  if (width === 0 && height === 0) return outputsOf(picture);
  if (width === 0) width = Math.max(1, Math.round((picture.width * height) / picture.height));
  if (height === 0) height = Math.max(1, Math.round((picture.height * width) / picture.width));
  const source = inputs.text('crop') === 'center' ? cropToAspect(picture, width / height) : picture;
  return outputsOf(await resizeTo(inputs, source, width, height));
}

async function resizeTo(
  inputs: NodeInputs,
  picture: Picture,
  width: number,
  height: number,
): Promise<Picture> {
  const target = { width: Math.round(width), height: Math.round(height) };
  if (target.width < 1 || target.height < 1) {
    throw new NodeFailure('Input and output sizes should be greater than 0');
  }
  refuseTooLarge(target.width, target.height, picture.channels, picture.frames.length);
  return resizePicture(picture, { ...target, method: inputs.text('upscale_method', 'lanczos') });
}

function cropToAspect(picture: Picture, aspect: number): Picture {
  const isWide = picture.width / picture.height > aspect;
  const width = isWide ? Math.max(1, Math.round(picture.height * aspect)) : picture.width;
  const height = isWide ? picture.height : Math.max(1, Math.round(picture.width / aspect));
  const area = {
    x: Math.round((picture.width - width) / 2),
    y: Math.round((picture.height - height) / 2),
    width,
    height,
  };
  const frames = picture.frames.map((frame) => cropFrame(frame, picture, area));
  return { ...picture, width, height, frames };
}

function rotate(picture: Picture, rotation: string): Picture {
  const { width, height } = picture;
  const turns = rotation.startsWith('90')
    ? 1
    : rotation.startsWith('180')
      ? 2
      : rotation.startsWith('270')
        ? 3
        : 0;
  if (turns === 0) return picture;
  const size = turns === 2 ? { width, height } : { width: height, height: width };
  const frames = picture.frames.map((frame) =>
    movePixels(frame, picture, size, (x, y) => {
      if (turns === 1) return [y, height - 1 - x];
      return turns === 2 ? [width - 1 - x, height - 1 - y] : [width - 1 - y, x];
    }),
  );
  return { ...picture, ...size, frames };
}

function pad(inputs: NodeInputs): NodeResult {
  const picture = toRgb(inputs.picture('image'));
  const left = inputs.number('left');
  const top = inputs.number('top');
  const width = picture.width + left + inputs.number('right');
  const height = picture.height + top + inputs.number('bottom');
  refuseTooLarge(width, height, 3, picture.frames.length);
  const raster = { width, height, channels: 3 } as const;
  const frames = picture.frames.map((frame) => {
    const out = new Float32Array(width * height * 3).fill(0.5);
    pasteFrame(out, raster, frame, picture, { x: left, y: top });
    return out;
  });
  const soft = feather(picture, inputs.number('feathering'), {
    left: left > 0,
    top: top > 0,
    right: inputs.number('right') > 0,
    bottom: inputs.number('bottom') > 0,
  });
  const mask = new Float32Array(width * height).fill(1);
  pasteFrame(
    mask,
    { ...raster, channels: 1 },
    soft,
    { ...picture, channels: 1 },
    { x: left, y: top },
  );
  return outputsOf(toPicture(width, height, 3, frames), toMask(width, height, [mask]));
}

/** 0 inside, rising as a square towards the sides that were padded. */
function feather(
  picture: Picture,
  range: number,
  sides: Readonly<Record<'left' | 'top' | 'right' | 'bottom', boolean>>,
): Float32Array {
  const { width, height } = picture;
  const out = new Float32Array(width * height);
  if (range <= 0 || range * 2 >= height || range * 2 >= width) return out;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const distance = Math.min(
        sides.top ? y : height,
        sides.bottom ? height - y : height,
        sides.left ? x : width,
        sides.right ? width - x : width,
      );
      if (distance < range) out[y * width + x] = ((range - distance) / range) ** 2;
    }
  }
  return out;
}
