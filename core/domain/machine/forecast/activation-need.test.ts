import { describe, expect, it } from 'vitest';
import { activationNeed } from './activation-need.ts';
import { familyOfFile, modelFamilies, unknownFamily } from '../model-families.ts';
import { toLatent } from './latent-size.ts';
import { decodeBytes } from './decode-need.ts';

const GIB = 1024 ** 3;

function family(id: string) {
  return modelFamilies.find((candidate) => candidate.id === id) ?? unknownFamily;
}

describe('the memory that sampling takes beside the weights', () => {
  it.each([
    ['sd-1.5', 512, 512, 1, 164, 82],
    ['sdxl', 1024, 1024, 1, 524, 262],
    ['flux', 1024, 1024, 1, 2032, 1016],
    ['flux', 1920, 1088, 1, 4047, 2024],
    ['z-image', 1024, 1024, 1, 1835, 918],
    ['qwen-image', 1328, 1328, 1, 1984, 992],
    ['wan-14b', 832, 480, 81, 12_078, 6039],
    ['wan-14b', 1280, 720, 81, 27_872, 13_936],
    ['wan-2.2-5b', 1280, 704, 121, 6035, 3017],
    ['hunyuan-video', 1280, 720, 129, 34_214, 17_107],
  ])(
    '%s at %i × %i with %i frames: %i MiB, at least %i',
    (id, width, height, frames, want, minimum) => {
      const latent = toLatent({ width, height, frames, batch: 1 }, family(id));
      const need = activationNeed(latent, family(id).factor);
      expect(Math.round(need.want)).toBe(want);
      expect(Math.abs(need.minimum - minimum)).toBeLessThanOrEqual(0.5);
    },
  );

  it('is far more without fast attention', () => {
    const latent = toLatent({ width: 512, height: 512, frames: 1, batch: 1 }, family('sd-1.5'));
    expect(activationNeed(latent, 1, { hasFastAttention: false }).minimum).toBeCloseTo(614.4);
  });
});

describe('the memory that decoding takes', () => {
  it.each([
    ['sdxl', 1024, 1024, 4.25],
    ['sdxl', 2048, 2048, 17],
    ['wan-14b', 832, 480, 5.2],
    ['wan-14b', 1280, 720, 12],
  ])('%s at %i × %i: %f GiB', (id, width, height, expected) => {
    const latent = toLatent({ width, height, frames: 1, batch: 1 }, family(id));
    expect(decodeBytes(latent, family(id).vae) / GIB).toBeCloseTo(expected, 0);
  });
});

describe('the family of a model file', () => {
  it.each([
    ['flux1-dev-fp8.safetensors', 'flux'],
    ['sd_xl_base_1.0.safetensors', 'sdxl'],
    ['anime/dreamshaper_8.safetensors', 'sd-1.5'],
    ['v1-5-pruned-emaonly.safetensors', 'sd-1.5'],
    ['wan2.1_t2v_14B_fp8.safetensors', 'wan-14b'],
    ['wan2.1_t2v_1.3B_fp16.safetensors', 'wan-1.3b'],
    ['wan2.2_ti2v_5B_fp16.safetensors', 'wan-2.2-5b'],
    ['hunyuan_video_t2v_720p_bf16.safetensors', 'hunyuan-video'],
    ['qwen_image_fp8_e4m3fn.safetensors', 'qwen-image'],
    ['z_image_turbo_bf16.safetensors', 'z-image'],
    ['sd3.5_large.safetensors', 'sd3'],
  ])('%s is %s', (file, id) => {
    expect(familyOfFile(file)?.id).toBe(id);
  });

  it('is not guessed for a name that says nothing', () => {
    expect(familyOfFile('my_mix.safetensors')).toBeUndefined();
  });
});
