import { describe, expect, it } from 'vitest';
import { modelFolderOf } from './model-folder.ts';

describe('which folder a setting names a file of', () => {
  it.each([
    ['CheckpointLoaderSimple', 'ckpt_name', 'checkpoints'],
    ['DualCLIPLoader', 'clip_name2', 'text_encoders'],
    ['CLIPVisionLoader', 'clip_name', 'clip_vision'],
    ['UpscaleModelLoader', 'model_name', 'upscale_models'],
    ['Some Pack Loader', 'lora_name', 'loras'],
    ['KSampler', 'sampler_name', undefined],
    ['constructor', 'toString', undefined],
  ])('%s, %s: %s', (classType, setting, folder) => {
    expect(modelFolderOf(classType, setting)).toBe(folder);
  });
});
