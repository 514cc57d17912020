import { describe, expect, it } from 'vitest';
import { modelFamilies } from '../model-families.ts';
import { findKnownModel, knownRows } from './find-known-model.ts';

describe('findKnownModel', () => {
  it.each([
    ['ae.safetensors', 'vae', 'flux'],
    ['SDXL/sd_xl_base_1.0.safetensors', 'checkpoints', 'sdxl'],
    ['wan2.2_i2v_high_noise_14B_fp8_scaled.safetensors', 'diffusion_models', 'wan-14b'],
    ['t5xxl_fp8_e4m3fn.safetensors', 'text_encoders', 'flux'],
    ['control_v11p_sd15_openpose_fp16.safetensors', 'controlnet', 'sd-1.5'],
    ['ip-adapter-plus-face_sd15.safetensors', 'ipadapter', 'sd-1.5'],
  ])('knows %s', (file, folder, family) => {
    expect(findKnownModel(file)).toMatchObject({
      folder,
      families: expect.arrayContaining([family]),
    });
  });

  it('takes the row of the folder where one name is published twice', () => {
    const whole = findKnownModel('flux1-dev-fp8.safetensors', 'checkpoints')?.bytes ?? 0;
    const bare = findKnownModel('flux1-dev-fp8.safetensors', 'diffusion_models')?.bytes ?? 0;
    expect(whole).toBeGreaterThan(bare);
  });

  it('tells only what is known', () => {
    expect(findKnownModel('my_mix_v3.safetensors')).toBeUndefined();
    expect(findKnownModel('svd.safetensors')).not.toHaveProperty('licence');
  });

  it('has rows that name existing families, folders, and sizes in bytes', () => {
    const ids = new Set(modelFamilies.map(({ id }) => id));
    for (const { pattern, model } of knownRows) {
      expect(model.folder, String(pattern)).toMatch(/^[a-z_]+$/);
      expect(model.families.filter((id) => !ids.has(id))).toEqual([]);
      if (model.bytes !== undefined) expect(model.bytes).toBeGreaterThan(1e7);
    }
    expect(knownRows.length).toBeGreaterThan(130);
  });
});
