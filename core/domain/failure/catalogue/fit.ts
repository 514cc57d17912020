import {
  act,
  advice,
  enter,
  type FailureEntry,
  runInPython,
  say,
  startWith,
} from '../failure-entry.ts';

const runAgain = say('Run it again');
const checkpoints = say('Which checkpoints do I have?');

const fp8 = {
  cause: 'fp8',
  kind: 'failure',
  title: 'This step cannot calculate in the precision of the model',
  meaning:
    'The model is held in fp8, which saves memory, and a node or a LoRA tries to calculate with it directly.',
  fix: 'full-precision',
} as const;

/** Models, sizes and settings that do not belong together. The texts are PyTorch's and ComfyUI's. */
export const fitFailures: readonly FailureEntry[] = [
  {
    code: 'mat-shape',
    pattern: /mat1 and mat2 shapes cannot be multiplied/i,
    cause: 'other-family',
    kind: 'failure',
    title: 'Two parts come from different model families',
    meaning: 'The text encoder is not the one that this model was made with.',
    otherwise: 'Or a ControlNet, LoRA or IP-Adapter was made for another base model.',
    detail: readWidths,
    fix: 'text-encoder-type',
    steps: [checkpoints, say('Which loras do I have?')],
  },
  {
    code: 'channels',
    pattern: /to have \d+ channels, but got \d+ channels/i,
    cause: 'channels',
    kind: 'failure',
    title: 'The VAE or the empty latent belongs to another model family',
    meaning: 'The empty latent is of another kind than this model works on.',
    otherwise: 'Or the VAE is not the one of this model.',
    detail: readChannels,
    fix: 'matching-latent',
    steps: [say('Which vae do I have?')],
  },
  {
    code: 'tensor-size',
    pattern: /the size of tensor a .*must match the size of tensor b/i,
    cause: 'sizes',
    kind: 'failure',
    title: 'Two sizes do not match',
    meaning:
      'The width, the height or the number of frames is not one that this model can work in.',
    otherwise: 'Or two pictures, masks or batches of different sizes meet at this node.',
    fix: 'grid-size',
    steps: [advice('Give the pictures and masks that meet here the same size')],
  },
  {
    code: 'size-mismatch',
    pattern: /error\(s\) in loading state_dict for|size mismatch for/i,
    cause: 'wrong-file',
    kind: 'failure',
    title: 'This file was made for another kind of model',
    meaning:
      'The ControlNet, LoRA or upscaler that is loaded here does not have the shape that the base model needs.',
    fix: 'bypass',
    steps: [say('Which loras do I have?'), say('Which controlnets do I have?')],
  },
  {
    code: 'detect-model',
    pattern: /could not detect model type of/i,
    cause: 'unknown-model',
    kind: 'failure',
    title: 'ComfyUI does not recognise this model file',
    meaning:
      'The file may hold the diffusion model only, which Load Diffusion Model takes, and not a whole checkpoint.',
    otherwise: 'Or it is incomplete, or newer than this ComfyUI.',
    fix: 'other-file',
    steps: [checkpoints, advice('Update ComfyUI if the model is new')],
  },
  {
    code: 'clip-none',
    pattern: /clip input is invalid: none/i,
    cause: 'no-text-encoder',
    kind: 'failure',
    title: 'This checkpoint holds no text encoder',
    meaning: 'The text has nothing to be read with: the file brings a model, but no text encoder.',
    fix: 'add-text-encoder',
    steps: [act('Add a Load CLIP node and connect it to the text nodes')],
  },
  {
    code: 'vae-none',
    pattern: /vae is invalid: none/i,
    cause: 'no-vae',
    kind: 'failure',
    title: 'This checkpoint holds no VAE',
    meaning: 'There is nothing that could turn the latent into a picture: the file brings no VAE.',
    fix: 'add-vae',
    steps: [act('Add a Load VAE node and connect it where a VAE is missing')],
  },
  {
    code: 'clip-incomplete',
    pattern: /tips: if you have any "load clip" or "\*clip loader" nodes/i,
    cause: 'text-encoder-type',
    kind: 'failure',
    title: 'The text encoder is set up for another model',
    meaning: 'The type that is chosen on the text encoder loader is not the one of this model.',
    fix: 'text-encoder-type',
    steps: [act('Choose the type of your model on the Load CLIP node')],
  },
  {
    code: 'none-attr',
    pattern: /'nonetype' object (?:has no attribute|is not)/i,
    cause: 'nothing-came',
    kind: 'failure',
    title: 'A node before this one handed over nothing',
    meaning: 'Something that this node needs is not connected, or the node before it is muted.',
    otherwise: 'Or a loader upstream found nothing in its file.',
    fix: 'reconnect',
    steps: [say('What is missing?', 'Check the workflow')],
  },
  {
    code: 'lora-keys',
    pattern: /lora key not loaded/i,
    cause: 'lora-family',
    kind: 'notice',
    title: 'A LoRA had no effect',
    meaning:
      'The LoRA was made for another base model, so the picture was made without it, or with a part of it only.',
    fix: 'bypass',
    steps: [say('Which loras do I have?')],
  },
  {
    code: 'embed-missing',
    pattern: /embedding:\s*(\S+) does not exist, ignoring/i,
    cause: 'embedding',
    kind: 'notice',
    title: 'An embedding is missing',
    meaning: 'The text names an embedding that ComfyUI does not have, so it was passed over.',
    detail: (said) => named(said, /embedding:\s*(\S+) does not exist/i, 'It is'),
    steps: [say('Which embeddings do I have?')],
  },
  {
    code: 'dtype-bias',
    pattern:
      /input type .* and (?:bias|weight) type .* should be the same|expected scalar type \w+ but found/i,
    cause: 'mixed-precision',
    kind: 'failure',
    title: 'Two parts of the model use different number precision',
    meaning:
      'A node mixes fp16, bf16 and fp32. Most often a node pack is at fault, or a start option.',
    fix: 'bypass',
    steps: [act('Take “--force-fp16” and its relatives out of the start options of ComfyUI')],
  },
  {
    ...fp8,
    code: 'fp8-op',
    pattern: /not implemented for '?float8_e\dm\d/i,
    steps: [
      enter('On Load Diffusion Model, set the precision to', 'default'),
      act('Take “--deterministic” out of the start options of ComfyUI'),
    ],
  },
  {
    ...fp8,
    code: 'fp8-promo',
    pattern: /promotion for float8 types is not supported/i,
    steps: [enter('On Load Diffusion Model, set the precision to', 'default')],
  },
  {
    code: 'fp8-attr',
    pattern: /module 'torch' has no attribute 'float8_e\dm\d/i,
    cause: 'old-torch',
    kind: 'failure',
    title: 'PyTorch is too old for this model',
    meaning: 'The model is stored in fp8, which the PyTorch of this ComfyUI does not know yet.',
    fix: 'full-precision',
    steps: [runInPython('pip install --upgrade torch torchvision torchaudio')],
  },
  {
    code: 'same-device',
    pattern: /expected all tensors to be on the same device/i,
    cause: 'devices',
    kind: 'failure',
    title: 'Part of the model was on the graphics card and part was not',
    meaning: 'A node pack did not follow when ComfyUI moved models to make room.',
    fix: 'bypass',
    steps: [runAgain, startWith('--disable-smart-memory')],
  },
  {
    code: 'dims-shape',
    pattern: /shape '?\[.*\]'? is invalid for input of size|einopserror/i,
    cause: 'shape',
    kind: 'failure',
    title: 'The size does not fit this model',
    meaning: 'The width or the height cannot be divided as this model needs.',
    otherwise: 'Or the VAE is the one of another model.',
    fix: 'grid-size',
    steps: [say('Which vae do I have?')],
  },
  {
    code: 'latent-mix',
    pattern: /sizes of tensors must match except in dimension/i,
    cause: 'sizes-joined',
    kind: 'failure',
    title: 'Things of different sizes are joined',
    meaning: 'Pictures, latents or frames that are joined here do not have the same size.',
    fix: 'grid-size',
    steps: [advice('Scale them to one size before they are joined')],
  },
];

const TEXT_WIDTHS: readonly (readonly [width: number, family: string])[] = [
  [768, 'SD 1.5'],
  [1024, 'SD 2'],
  [2048, 'SDXL'],
  [3584, 'Qwen2.5-VL'],
  [4096, 'T5, as for Flux and SD3'],
];

/** (77x768 and 2048x640): the text is 768 wide, and the model takes 2048. */
function readWidths(said: string): string | undefined {
  const found = /multiplied \(\d+x(\d+) and (\d+)x\d+\)/i.exec(said);
  const [given, taken] = [found?.[1], found?.[2]].map((width) =>
    TEXT_WIDTHS.find(([known]) => known === Number(width)),
  );
  if (given === undefined && taken === undefined) return undefined;
  const parts = [
    given === undefined ? '' : `what comes in looks like ${given[1]}`,
    taken === undefined ? '' : `what it meets was made for ${taken[1]}`,
  ].filter((part) => part !== '');
  const sentence = parts.join(', and ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

const CHANNELS: Readonly<Record<string, string>> = {
  '4': 'SD 1.5 and SDXL',
  '9': 'inpainting models',
  '16': 'SD3, Flux, Wan and Qwen',
  '128': 'LTX',
};

function readChannels(said: string): string | undefined {
  const found = /to have (\d+) channels, but got (\d+) channels/i.exec(said);
  const [needs, got] = [CHANNELS[found?.[1] ?? ''], CHANNELS[found?.[2] ?? '']];
  return needs === undefined || got === undefined
    ? undefined
    : `It works on the latents of ${needs}, and got one of ${got}.`;
}

/** "It is “name”." */
export function named(said: string, pattern: RegExp, lead: string): string | undefined {
  const name = pattern.exec(said)?.[1];
  return name === undefined ? undefined : `${lead} “${name}”.`;
}
