/**
 * A setting's name as artists say it: "ckpt_name" → "Checkpoint", "noise_seed" → "Seed"; a name that is
 * not listed is split into words, "tile_size" → "Tile size", dotted parts of V3 nodes included.
 */
export function settingLabel(name: string): string {
  const known = LABELS[name];
  if (known !== undefined && Object.hasOwn(LABELS, name)) return known;
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[\s_.-]+/)
    .filter((word) => word !== '')
    .map(
      (word) =>
        ACRONYMS.get(word.toLowerCase()) ?? (hasInnerCapital(word) ? word : word.toLowerCase()),
    );
  const label = words.join(' ');
  return label === '' ? name : label.charAt(0).toUpperCase() + label.slice(1);
}

const LABELS: Readonly<Record<string, string>> = {
  add_noise: 'Add noise',
  batch_size: 'Batch size',
  cfg: 'CFG',
  ckpt_name: 'Checkpoint',
  clip_name: 'Text encoder',
  clip_name1: 'Text encoder 1',
  clip_name2: 'Text encoder 2',
  clip_name3: 'Text encoder 3',
  clip_name4: 'Text encoder 4',
  control_after_generate: 'Seed after each run',
  control_net_name: 'ControlNet',
  denoise: 'Denoise',
  end_at_step: 'Last step',
  end_percent: 'End',
  filename_prefix: 'File name',
  fps: 'Frames per second',
  frame_rate: 'Frames per second',
  lora_name: 'LoRA',
  max_shift: 'Max shift',
  model_name: 'Model',
  noise_seed: 'Seed',
  return_with_leftover_noise: 'Keep leftover noise',
  sampler_name: 'Sampler',
  scale_by: 'Scale',
  start_at_step: 'First step',
  start_percent: 'Start',
  strength_clip: 'Text strength',
  strength_model: 'Model strength',
  style_model_name: 'Style model',
  unet_name: 'Diffusion model',
  upscale_method: 'Upscale method',
  vae_name: 'VAE',
  weight_dtype: 'Precision',
};

const ACRONYMS: ReadonlyMap<string, string> = new Map([
  ['ai', 'AI'],
  ['cfg', 'CFG'],
  ['clip', 'CLIP'],
  ['controlnet', 'ControlNet'],
  ['fps', 'FPS'],
  ['gpu', 'GPU'],
  ['hdr', 'HDR'],
  ['id', 'ID'],
  ['lora', 'LoRA'],
  ['rgb', 'RGB'],
  ['t5xxl', 'T5XXL'],
  ['url', 'URL'],
  ['vae', 'VAE'],
  ['vram', 'VRAM'],
]);

function hasInnerCapital(word: string): boolean {
  return /[A-Z]/.test(word.slice(1));
}
