import { expect, it } from 'vitest';
import { settingLabel } from './setting-label.ts';

it.each([
  ['steps', 'Steps'],
  ['cfg', 'CFG'],
  ['sampler_name', 'Sampler'],
  ['ckpt_name', 'Checkpoint'],
  ['noise_seed', 'Seed'],
  ['denoise', 'Denoise'],
  ['tile_size', 'Tile size'],
  ['clip_g', 'CLIP g'],
  ['resize_type.width', 'Resize type width'],
  ['loraStrength', 'LoRA strength'],
  ['constructor', 'Constructor'],
  ['', ''],
])('calls "%s" "%s"', (name, label) => {
  expect(settingLabel(name)).toBe(label);
});
