import { describe, expect, it } from 'vitest';
import { standIns } from './stand-ins.ts';

const lora = { classType: 'LoraLoader', setting: 'lora_name' };
const unet = { classType: 'UNETLoader', setting: 'unet_name' };
const checkpoint = { classType: 'CheckpointLoaderSimple', setting: 'ckpt_name' };
const vision = { classType: 'CLIPVisionLoader', setting: 'clip_name' };
const encoder = { classType: 'CLIPLoader', setting: 'clip_name' };

describe('what may stand in for a file that is not there', () => {
  it('is the same file elsewhere, else one that is alike by name', () => {
    const choices = ['flux1-dev.safetensors', 'old/sd_xl_base_1.0.safetensors'];
    expect(standIns('sd_xl_base_1.0.safetensors', choices, checkpoint)).toEqual([choices[1]]);
    const encoders = ['clip_l.safetensors', 't5xxl_fp8_e4m3fn.safetensors'];
    expect(standIns('t5xxl_fp16.safetensors', encoders, encoder)[0]).toBe(encoders[1]);
    expect(standIns('mine_v2.safetensors', ['mine_v1.safetensors'], checkpoint)).toHaveLength(1);
  });

  it('is another checkpoint of the family, but no other LoRA of it', () => {
    const choices = ['sd_xl_base_1.0.safetensors', 'v1-5-pruned-emaonly.safetensors'];
    expect(standIns('albedobaseXL_v21.safetensors', choices, checkpoint)).toEqual([choices[0]]);
    expect(standIns('lcm_lora_sdxl.safetensors', ['pixel-art-xl.safetensors'], lora)).toEqual([]);
  });

  it('is no model of another family, even where LoRAs of the one go with the other', () => {
    expect(standIns('Chroma1-HD.safetensors', ['flux1-dev.safetensors'], unet)).toEqual([]);
  });

  it('is nothing that is told apart by a letter', () => {
    const choices = ['clip_vision_g.safetensors'];
    expect(standIns('clip_vision_h.safetensors', choices, vision)).toEqual([]);
    expect(standIns('clip_g.safetensors', ['clip_l.safetensors'], encoder)).toEqual([]);
  });
});
