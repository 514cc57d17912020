import { stringifyExactJson } from '../../../base/exact-json.ts';
import { type NodeInputs } from '../node-inputs.ts';
import { NodeFailure } from '../node-failure.ts';
import { type NodeFamily, outputsOf } from '../node-run.ts';
import { type LoadedPart, type Model } from '../node-values.ts';

/** Nodes that load models; a practice model is its name. */
export const loaderNodes: NodeFamily = {
  CheckpointLoaderSimple: (inputs) => loadCheckpoint(inputs.text('ckpt_name')),
  CheckpointLoader: (inputs) => loadCheckpoint(inputs.text('ckpt_name')),
  unCLIPCheckpointLoader: (inputs) => {
    const name = inputs.text('ckpt_name');
    return outputsOf(...loadCheckpoint(name).outputs, loadedPart(`clip vision ${name}`));
  },
  ImageOnlyCheckpointLoader: (inputs) => {
    const name = inputs.text('ckpt_name');
    return outputsOf(
      modelOf(`checkpoint ${name}`),
      loadedPart(`vision ${name}`),
      loadedPart(`vae ${name}`),
    );
  },
  UNETLoader: (inputs) =>
    outputsOf(
      modelOf(`model ${inputs.text('unet_name')} ${inputs.text('weight_dtype', 'default')}`),
    ),
  CLIPLoader: (inputs) => outputsOf(loadedPart(`clip ${wordsOf(inputs)}`)),
  DualCLIPLoader: (inputs) => outputsOf(loadedPart(`clip ${wordsOf(inputs)}`)),
  TripleCLIPLoader: (inputs) => outputsOf(loadedPart(`clip ${wordsOf(inputs)}`)),
  QuadrupleCLIPLoader: (inputs) => outputsOf(loadedPart(`clip ${wordsOf(inputs)}`)),
  VAELoader: (inputs) => outputsOf(loadedPart(`vae ${inputs.text('vae_name')}`)),
  ControlNetLoader: (inputs) => outputsOf(loadedPart(`controlnet ${wordsOf(inputs)}`)),
  DiffControlNetLoader: (inputs) =>
    outputsOf(loadedPart(`controlnet ${inputs.text('control_net_name')}`)),
  UpscaleModelLoader: (inputs, run) => {
    const name = inputs.text('model_name');
    // The server lets any name of this class through its check, so it is the node that misses the file.
    if (run.choices('model_name')?.includes(name) === false) {
      throw new NodeFailure(
        `Model in folder 'upscale_models' with filename '${name}' not found.`,
        'FileNotFoundError',
      );
    }
    return outputsOf(loadedPart(`upscaler ${name}`));
  },
  CLIPVisionLoader: (inputs) => outputsOf(loadedPart(`clip vision ${inputs.text('clip_name')}`)),
  StyleModelLoader: (inputs) => outputsOf(loadedPart(`style ${inputs.text('style_model_name')}`)),
  LoraLoader: (inputs) => {
    const lora = inputs.text('lora_name');
    const model = inputs.model('model');
    const clip = inputs.part('clip');
    return outputsOf(
      patchModel(model, lora, inputs.number('strength_model')),
      patchPart(clip, lora, inputs.number('strength_clip')),
    );
  },
  LoraLoaderModelOnly: (inputs) =>
    outputsOf(
      patchModel(inputs.model('model'), inputs.text('lora_name'), inputs.number('strength_model')),
    ),
};

/** A MODEL that was loaded. */
function modelOf(...parts: readonly string[]): Model {
  return { kind: 'MODEL', parts };
}

/** A CLIP, VAE, CONTROL_NET or the like that was loaded. */
function loadedPart(...parts: readonly string[]): LoadedPart {
  return { kind: 'PART', parts };
}

/** The node's plain values in words, in the order of their names. */
export function wordsOf(inputs: NodeInputs): string {
  return [...inputs.names]
    .sort()
    .flatMap((name) => {
      const value = inputs.value(name);
      return value?.kind === 'JSON' ? [`${name}=${stringifyExactJson(value.value)}`] : [];
    })
    .join(' ');
}

function loadCheckpoint(name: string): ReturnType<typeof outputsOf> {
  return outputsOf(
    modelOf(`checkpoint ${name}`),
    loadedPart(`clip of ${name}`),
    loadedPart(`vae of ${name}`),
  );
}

function patchModel(model: Model, lora: string, strength: number): Model {
  return strength === 0 ? model : { ...model, parts: [...model.parts, `lora ${lora} ${strength}`] };
}

function patchPart(part: LoadedPart, lora: string, strength: number): LoadedPart {
  return strength === 0 ? part : { ...part, parts: [...part.parts, `lora ${lora} ${strength}`] };
}
