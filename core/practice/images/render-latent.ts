import sharp from 'sharp';
import { type Latent } from '../nodes/node-values.ts';
import { mix } from './chance.ts';
import { type Mask, type Picture, toBytes, toFloats, toPicture } from './picture.ts';
import { addNoise, composeScene } from './practice-scene.ts';
import { stampPracticeLabel } from './practice-label.ts';
import { resizeFrame } from './resize.ts';

/** Scenes are soft, so they are drawn with at most this many pixels and enlarged. */
const DRAWN_PIXELS = 150_000;

/** Draws one frame of a latent at the given size; no label. */
export async function renderLatent(
  latent: Latent,
  width: number,
  height: number,
  frame: number,
): Promise<Float32Array> {
  const { content } = latent;
  if (content.kind === 'empty') return new Float32Array(width * height * 3).fill(0.5);
  if (content.kind === 'picture') {
    const { picture } = content;
    const source = picture.frames[frame % picture.frames.length] ?? new Float32Array(0);
    return resizeFrame(source, picture, { width, height, method: 'lanczos' });
  }
  const { sampling, over } = content;
  const drawn = drawnSize(width, height);
  const scene = composeScene(sampling, frame).draw(drawn.width, drawn.height);
  const grain = 0.5 * Math.exp(-sampling.steps / 3.5) + 0.012 + sampling.leftover * 0.8;
  const noisy = addNoise(scene, Math.min(1, grain), `${sampling.seed} ${frame}`);
  const found = await enlarge(noisy, drawn, { width, height });
  const keeps = over.content.kind === 'empty' ? 0 : 1 - sampling.denoise;
  if (keeps <= 0 && latent.noiseMask === undefined) return found;
  const base = await renderLatent(over, width, height, frame);
  const mask = latent.noiseMask;
  const weight = mask === undefined ? undefined : await maskAt(mask, width, height, frame);
  const out = new Float32Array(found.length);
  for (let i = 0; i < out.length; i += 1) {
    const part = (1 - keeps) * (weight?.[Math.floor(i / 3)] ?? 1);
    out[i] = mix(base[i] ?? 0, found[i] ?? 0, part);
  }
  return out;
}

/** Decodes a latent: every frame at its real size, marked as practice when something was sampled. */
export async function decodeLatent(latent: Latent): Promise<Picture> {
  const frames: Float32Array[] = [];
  for (let frame = 0; frame < latent.batch; frame += 1) {
    const drawn = await renderLatent(latent, latent.width, latent.height, frame);
    const values = drawn.slice();
    if (latent.content.kind === 'sampled') stampPracticeLabel(values, latent.width, latent.height);
    frames.push(values);
  }
  return toPicture(latent.width, latent.height, 3, frames);
}

async function maskAt(
  mask: Mask,
  width: number,
  height: number,
  frame: number,
): Promise<Float32Array> {
  const source = mask.frames[frame % mask.frames.length] ?? new Float32Array(0);
  const { data } = await sharp(toBytes(source), {
    raw: { width: mask.width, height: mask.height, channels: 1 },
  })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return toFloats(data);
}

async function enlarge(
  frame: Float32Array,
  from: { readonly width: number; readonly height: number },
  to: { readonly width: number; readonly height: number },
): Promise<Float32Array> {
  return resizeFrame(frame, { ...from, channels: 3 }, { ...to, method: 'bicubic' });
}

function drawnSize(
  width: number,
  height: number,
): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, Math.sqrt(DRAWN_PIXELS / (width * height)));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}
