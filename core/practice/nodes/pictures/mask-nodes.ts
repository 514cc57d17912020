import { cropMask } from '../../images/geometry.ts';
import { type Mask, type Picture, toMask, toPicture, toRgb } from '../../images/picture.ts';
import { resizeFrame, resizePicture } from '../../images/resize.ts';
import { type NodeInputs } from '../node-inputs.ts';
import { type NodeFamily, type NodeResult, outputsOf } from '../node-run.ts';

/** Nodes that make, change and use masks. */
export const maskNodes: NodeFamily = {
  SolidMask: (inputs) => {
    const width = inputs.number('width');
    const height = inputs.number('height');
    const frame = new Float32Array(width * height).fill(inputs.number('value'));
    return outputsOf(toMask(width, height, [frame]));
  },
  InvertMask: (inputs) => outputsOf(mapMask(inputs.mask('mask'), (value) => 1 - value)),
  ThresholdMask: (inputs) => {
    const limit = inputs.number('value');
    return outputsOf(mapMask(inputs.mask('mask'), (value) => (value > limit ? 1 : 0)));
  },
  CropMask: (inputs) =>
    outputsOf(
      cropMask(inputs.mask('mask'), {
        x: inputs.number('x'),
        y: inputs.number('y'),
        width: inputs.number('width'),
        height: inputs.number('height'),
      }),
    ),
  GrowMask: (inputs) =>
    outputsOf(
      grow(inputs.mask('mask'), inputs.number('expand'), inputs.flag('tapered_corners', true)),
    ),
  FeatherMask: featherEdges,
  MaskComposite: compositeMasks,
  MaskToImage: (inputs) => {
    const mask = inputs.mask('mask');
    const frames = mask.frames.map((frame) => {
      const out = new Float32Array(frame.length * 3);
      for (const [i, value] of frame.entries()) out.fill(value, i * 3, i * 3 + 3);
      return out;
    });
    return outputsOf(toPicture(mask.width, mask.height, 3, frames));
  },
  ImageToMask: (inputs) => {
    const picture = inputs.picture('image');
    const slot = ['red', 'green', 'blue', 'alpha'].indexOf(inputs.text('channel'));
    return outputsOf(
      perPixel(picture, (frame, at) =>
        slot < picture.channels ? (frame[at + Math.max(0, slot)] ?? 0) : 1,
      ),
    );
  },
  ImageColorToMask: (inputs) => {
    const colour = inputs.number('color');
    return outputsOf(
      perPixel(inputs.picture('image'), (frame, at) => {
        const byte = (offset: number): number => Math.round((frame[at + offset] ?? 0) * 255);
        return (byte(0) << 16) + (byte(1) << 8) + byte(2) === colour ? 1 : 0;
      }),
    );
  },
  JoinImageWithAlpha: async (inputs) => {
    const picture = toRgb(inputs.picture('image'));
    const alpha = await fitMask(inputs.mask('alpha'), picture.width, picture.height);
    const frames = picture.frames.map((frame, index) => {
      const mask = alpha.frames[index % alpha.frames.length];
      const out = new Float32Array((frame.length / 3) * 4);
      for (let i = 0; i < frame.length / 3; i += 1) {
        out.set(frame.subarray(i * 3, i * 3 + 3), i * 4);
        out[i * 4 + 3] = 1 - (mask?.[i] ?? 0);
      }
      return out;
    });
    return outputsOf(toPicture(picture.width, picture.height, 4, frames));
  },
  SplitImageWithAlpha: (inputs) => {
    const picture = inputs.picture('image');
    const alpha = perPixel(picture, (frame, at) =>
      picture.channels === 4 ? 1 - (frame[at + 3] ?? 1) : 0,
    );
    return outputsOf(toRgb(picture), alpha);
  },
  ImageCompositeMasked: compositePictures,
};

/** A mask scaled to a size. */
async function fitMask(mask: Mask, width: number, height: number): Promise<Mask> {
  if (mask.width === width && mask.height === height) return mask;
  const frames: Float32Array[] = [];
  for (const frame of mask.frames) {
    const grey = new Float32Array(frame.length * 3);
    for (const [i, value] of frame.entries()) grey.fill(value, i * 3, i * 3 + 3);
    const scaled = await resizeFrame(
      grey,
      { ...mask, channels: 3 },
      { width, height, method: 'bilinear' },
    );
    frames.push(Float32Array.from({ length: width * height }, (_, i) => scaled[i * 3] ?? 0));
  }
  return toMask(width, height, frames);
}

function mapMask(mask: Mask, change: (value: number) => number): Mask {
  return { ...mask, frames: mask.frames.map((frame) => frame.map(change)) };
}

function perPixel(picture: Picture, read: (frame: Float32Array, at: number) => number): Mask {
  const count = picture.width * picture.height;
  const frames = picture.frames.map((frame) =>
    Float32Array.from({ length: count }, (_, i) => read(frame, i * picture.channels)),
  );
  return toMask(picture.width, picture.height, frames);
}

/** Grows (or shrinks, below 0) by one pixel as often as asked: the largest (smallest) neighbour wins. */
function grow(mask: Mask, expand: number, isTapered: boolean): Mask {
  const { width, height } = mask;
  const choose = expand < 0 ? Math.min : Math.max;
  const frames = mask.frames.map((start) => {
    let frame = start;
    for (let round = 0; round < Math.abs(expand); round += 1) {
      const from = frame;
      const read = (x: number, y: number): number =>
        from[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))] ??
        0;
      const next = new Float32Array(from.length);
      for (let y = 0, at = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1, at += 1) {
          let value = choose(
            read(x, y),
            read(x - 1, y),
            read(x + 1, y),
            read(x, y - 1),
            read(x, y + 1),
          );
          if (!isTapered) {
            value = choose(
              value,
              read(x - 1, y - 1),
              read(x + 1, y - 1),
              read(x - 1, y + 1),
              read(x + 1, y + 1),
            );
          }
          next[at] = value;
        }
      }
      frame = next;
    }
    return frame;
  });
  return { ...mask, frames };
}

function featherEdges(inputs: NodeInputs): NodeResult {
  const mask = inputs.mask('mask');
  const { width, height } = mask;
  const ramp = (distance: number, range: number): number =>
    distance < range ? (distance + 1) / range : 1;
  const left = Math.min(width, inputs.number('left'));
  const right = Math.min(width, inputs.number('right'));
  const top = Math.min(height, inputs.number('top'));
  const bottom = Math.min(height, inputs.number('bottom'));
  const frames = mask.frames.map((frame) =>
    frame.map((value, i) => {
      const x = i % width;
      const y = Math.floor(i / width);
      return (
        value *
        ramp(x, left) *
        ramp(width - 1 - x, right) *
        ramp(y, top) *
        ramp(height - 1 - y, bottom)
      );
    }),
  );
  return outputsOf({ ...mask, frames });
}

function compositeMasks(inputs: NodeInputs): NodeResult {
  const target = inputs.mask('destination');
  const source = inputs.mask('source');
  const at = { x: inputs.number('x'), y: inputs.number('y') };
  const operation = inputs.text('operation');
  const frames = target.frames.map((frame, index) => {
    const other = source.frames[index % source.frames.length];
    const out = frame.slice();
    for (let y = 0; y < source.height && y + at.y < target.height; y += 1) {
      for (let x = 0; x < source.width && x + at.x < target.width; x += 1) {
        const place = (y + at.y) * target.width + x + at.x;
        const value = combine(operation, out[place] ?? 0, other?.[y * source.width + x] ?? 0);
        out[place] = Math.min(1, Math.max(0, value));
      }
    }
    return out;
  });
  return outputsOf({ ...target, frames });
}

function combine(operation: string, a: number, b: number): number {
  const isA = Math.round(a) !== 0;
  const isB = Math.round(b) !== 0;
  switch (operation) {
    case 'multiply':
      return a * b;
    case 'add':
      return a + b;
    case 'subtract':
      return a - b;
    case 'and':
      return isA && isB ? 1 : 0;
    case 'or':
      return isA || isB ? 1 : 0;
    default:
      return isA !== isB ? 1 : 0;
  }
}

async function compositePictures(inputs: NodeInputs): Promise<NodeResult> {
  const target = toRgb(inputs.picture('destination'));
  const given = toRgb(inputs.picture('source'));
  const source = inputs.flag('resize_source')
    ? await resizePicture(given, { ...target, method: 'bilinear' })
    : given;
  const asked = inputs.optionalMask('mask');
  const mask = asked === undefined ? undefined : await fitMask(asked, source.width, source.height);
  const at = { x: inputs.number('x'), y: inputs.number('y') };
  const frames = target.frames.map((frame, index) => {
    const other = source.frames[index % source.frames.length];
    const cover = mask?.frames[index % mask.frames.length];
    const out = frame.slice();
    for (let y = 0; y < source.height && y + at.y < target.height; y += 1) {
      for (let x = 0; x < source.width && x + at.x < target.width; x += 1) {
        const from = y * source.width + x;
        const place = ((y + at.y) * target.width + x + at.x) * 3;
        const part = cover?.[from] ?? 1;
        for (let c = 0; c < 3; c += 1) {
          out[place + c] = (out[place + c] ?? 0) * (1 - part) + (other?.[from * 3 + c] ?? 0) * part;
        }
      }
    }
    return out;
  });
  return outputsOf({ ...target, frames });
}
