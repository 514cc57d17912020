import { type ModelPart, modelSetting } from './read-workload.ts';

/** Loaders of helpers that take next to no graphics memory, and those that share a setting's name with others. */
const byClass: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CLIPVisionLoader: { clip_name: 'clip_vision' },
  UpscaleModelLoader: { model_name: 'upscale_models' },
  StyleModelLoader: { style_model_name: 'style_models' },
  GLIGENLoader: { gligen_name: 'gligen' },
  HypernetworkLoader: { hypernetwork_name: 'hypernetworks' },
  PhotoMakerLoader: { photomaker_model_name: 'photomaker' },
  AudioEncoderLoader: { audio_encoder_name: 'audio_encoders' },
  ModelPatchLoader: { name: 'model_patches' },
};

/** ComfyUI's name for the folder that a loader's setting names a file of; undefined where nobody knows. */
export function modelFolderOf(classType: string, setting: string): string | undefined {
  return ownFolder(classType, setting) ?? modelSetting(setting)?.folder;
}

/** What a loader's setting names a file for; undefined for helpers and for other settings. */
export function modelPartOf(classType: string, setting: string): ModelPart | undefined {
  return ownFolder(classType, setting) === undefined ? modelSetting(setting)?.part : undefined;
}

function ownFolder(classType: string, setting: string): string | undefined {
  const own = Object.hasOwn(byClass, classType) ? byClass[classType] : undefined;
  return own !== undefined && Object.hasOwn(own, setting) ? own[setting] : undefined;
}
