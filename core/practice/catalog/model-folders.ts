import { type JsonObject } from '../../base/json.ts';
import { inputChoices } from '../nodes/node-inputs.ts';
import { type ObjectInfo } from './object-info.ts';

/** A model folder: its key, its places below `models/`, and the input that lists its files. */
export interface ModelFolder {
  readonly key: string;
  readonly places: readonly string[];
  /** Class and input whose choices are the folder's files. */
  readonly listedBy?: readonly [classType: string, input: string];
}

/** ComfyUI 0.3.64's model folders, in its order (folder_paths.py). */
export const modelFolders: readonly ModelFolder[] = [
  {
    key: 'checkpoints',
    places: ['checkpoints'],
    listedBy: ['CheckpointLoaderSimple', 'ckpt_name'],
  },
  { key: 'configs', places: ['configs'], listedBy: ['CheckpointLoader', 'config_name'] },
  { key: 'loras', places: ['loras'], listedBy: ['LoraLoader', 'lora_name'] },
  { key: 'vae', places: ['vae'], listedBy: ['VAELoader', 'vae_name'] },
  {
    key: 'text_encoders',
    places: ['text_encoders', 'clip'],
    listedBy: ['CLIPLoader', 'clip_name'],
  },
  {
    key: 'diffusion_models',
    places: ['unet', 'diffusion_models'],
    listedBy: ['UNETLoader', 'unet_name'],
  },
  { key: 'clip_vision', places: ['clip_vision'], listedBy: ['CLIPVisionLoader', 'clip_name'] },
  {
    key: 'style_models',
    places: ['style_models'],
    listedBy: ['StyleModelLoader', 'style_model_name'],
  },
  { key: 'embeddings', places: ['embeddings'] },
  { key: 'diffusers', places: ['diffusers'] },
  { key: 'vae_approx', places: ['vae_approx'] },
  {
    key: 'controlnet',
    places: ['controlnet', 't2i_adapter'],
    listedBy: ['ControlNetLoader', 'control_net_name'],
  },
  { key: 'gligen', places: ['gligen'], listedBy: ['GLIGENLoader', 'gligen_name'] },
  {
    key: 'upscale_models',
    places: ['upscale_models'],
    listedBy: ['UpscaleModelLoader', 'model_name'],
  },
  { key: 'custom_nodes', places: [] },
  { key: 'hypernetworks', places: ['hypernetworks'] },
  { key: 'photomaker', places: ['photomaker'] },
  { key: 'classifiers', places: ['classifiers'] },
  { key: 'model_patches', places: ['model_patches'] },
  { key: 'audio_encoders', places: ['audio_encoders'] },
];

/** Textual inversions that the practice server claims to have, with their endings. */
const EMBEDDING_FILES: readonly string[] = ['easynegative.safetensors'];
/** What is in VAELoader's list but is no file. */
const NOT_FILES: ReadonlySet<string> = new Set(['pixel_space']);

/** File names in a model folder; undefined when there is no folder of this key. */
export function filesOf(info: ObjectInfo, key: string): readonly string[] | undefined {
  const folder = modelFolders.find((entry) => entry.key === key);
  if (folder === undefined) return undefined;
  if (key === 'embeddings') return EMBEDDING_FILES;
  if (folder.listedBy === undefined) return [];
  const [classType, input] = folder.listedBy;
  const choices = inputChoices(info.get(classType)?.raw ?? {}, input) ?? [];
  return choices.filter((name) => typeof name === 'string').filter((name) => !NOT_FILES.has(name));
}

/** Plausible size of a model file in bytes, by its name; the same at each asking. */
export function sizeOf(name: string): number {
  if (/flux|qwen|t5xxl/i.test(name)) return 11_901_525_888;
  if (/xl.*(base|refiner)/i.test(name)) return 6_938_078_334;
  return /lora|pixel|style/i.test(name) ? 170_543_052 : 2_132_696_762;
}

/** Header metadata of files that have some; the others answer 404. */
export const modelMetadata: Readonly<Record<string, JsonObject>> = {
  'checkpoints/sd_xl_base_1.0.safetensors': {
    'modelspec.sai_model_spec': '1.0.0',
    'modelspec.architecture': 'stable-diffusion-xl-v1-base',
    'modelspec.implementation': 'sgm',
    'modelspec.title': 'Stable Diffusion XL 1.0 Base (practice)',
    'modelspec.author': 'practice',
    'modelspec.resolution': '1024x1024',
    'modelspec.prediction_type': 'epsilon',
    'modelspec.license': 'placeholder',
    'modelspec.date': '2023-07-26',
  },
  'checkpoints/sd_xl_refiner_1.0.safetensors': {
    'modelspec.sai_model_spec': '1.0.0',
    'modelspec.architecture': 'stable-diffusion-xl-v1-refiner',
    'modelspec.title': 'Stable Diffusion XL 1.0 Refiner (practice)',
    'modelspec.resolution': '1024x1024',
  },
  'loras/pixel-art-xl.safetensors': {
    ss_base_model_version: 'sdxl_base_v1-0',
    ss_network_dim: '32',
    ss_network_alpha: '16',
    ss_output_name: 'pixel-art-xl',
    'modelspec.architecture': 'stable-diffusion-xl-v1-base/lora',
    ss_tag_frequency: '{"10_pixel": {"pixel art": 120, "1girl": 14}}',
  },
};
