/** A batch of pictures as ComfyUI's IMAGE: interleaved RGB or RGBA floats 0..1, one array per frame. */
export interface Picture {
  readonly kind: 'IMAGE';
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly frames: readonly Float32Array[];
}

/** A batch of masks as ComfyUI's MASK: floats 0..1, one array per frame. */
export interface Mask {
  readonly kind: 'MASK';
  readonly width: number;
  readonly height: number;
  readonly frames: readonly Float32Array[];
}

/** Most values one picture batch may have (1.5 GB); the real server runs out of memory too. */
const MAX_VALUES = 400_000_000;

/** Why a picture cannot be made: it would not fit into memory. Undefined when it fits. */
export function describeTooLarge(
  width: number,
  height: number,
  channels: number,
  frames: number,
): string | undefined {
  const values = width * height * channels * frames;
  return values > MAX_VALUES
    ? `Allocation on device: tried to allocate ${(values * 4) / 2 ** 30} GiB`
    : undefined;
}

/** A picture batch made frame by frame. */
export function toPicture(
  width: number,
  height: number,
  channels: 3 | 4,
  frames: readonly Float32Array[],
): Picture {
  return { kind: 'IMAGE', width, height, channels, frames };
}

/** A mask batch. */
export function toMask(width: number, height: number, frames: readonly Float32Array[]): Mask {
  return { kind: 'MASK', width, height, frames };
}

/** The same picture without its alpha. */
export function toRgb(picture: Picture): Picture {
  if (picture.channels === 3) return picture;
  const count = picture.width * picture.height;
  const frames = picture.frames.map((frame) => {
    const out = new Float32Array(count * 3);
    for (let i = 0; i < count; i += 1) {
      out[i * 3] = frame[i * 4] ?? 0;
      out[i * 3 + 1] = frame[i * 4 + 1] ?? 0;
      out[i * 3 + 2] = frame[i * 4 + 2] ?? 0;
    }
    return out;
  });
  return { ...picture, channels: 3, frames };
}

/** Floats 0..1 as bytes, cut off at both ends, as the server does before it saves. */
export function toBytes(frame: Float32Array): Buffer {
  const bytes = Buffer.allocUnsafe(frame.length);
  for (let i = 0; i < frame.length; i += 1) {
    const value = (frame[i] ?? 0) * 255;
    bytes[i] = value <= 0 ? 0 : value >= 255 ? 255 : Math.trunc(value);
  }
  return bytes;
}

/** Bytes as floats 0..1. */
export function toFloats(bytes: Uint8Array): Float32Array {
  const floats = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i += 1) floats[i] = (bytes[i] ?? 0) / 255;
  return floats;
}
