/** One known failure: what to look for in lower case, and what it means to an artist. */
export interface FailureCause {
  readonly id: string;
  readonly pattern: RegExp;
  readonly kind: 'out-of-memory' | 'node-failed' | 'interrupted';
  /** One or two sentences: what happened, and the first thing to try. */
  readonly meaning: string;
}

/** First match wins, so the more particular stands before the general. The texts are PyTorch's and ComfyUI's. */
export const failureCauses: readonly FailureCause[] = [
  {
    id: 'interrupted',
    pattern: /interruptprocessingexception/,
    kind: 'interrupted',
    meaning: 'The run was stopped.',
  },
  {
    id: 'page-file',
    pattern: /os error 1455|paging file is too small/,
    kind: 'out-of-memory',
    meaning:
      'Windows ran out of memory while loading a model. A larger page file, or fewer models at once, helps.',
  },
  {
    id: 'ram',
    pattern: /defaultcpuallocator|can't allocate memory/,
    kind: 'out-of-memory',
    meaning:
      'The computer ran out of memory. Fewer frames, a smaller batch or a smaller size needs less.',
  },
  {
    id: 'vram',
    pattern:
      /out of ?memory|outofmemoryerror|allocation on device|would exceed allowed memory|not enough gpu video memory/,
    kind: 'out-of-memory',
    meaning:
      'The graphics card ran out of memory. A smaller size or batch, or a lighter model, needs less.',
  },
  {
    id: 'too-many-pixels',
    pattern: /invalid configuration argument|integer multiplication overflow/,
    kind: 'out-of-memory',
    meaning: 'The picture or the number of frames is too large for this step.',
  },
  {
    id: 'other-family',
    pattern: /mat1 and mat2 shapes cannot be multiplied/,
    kind: 'node-failed',
    meaning:
      'Two parts come from different model families, for example a text encoder, ControlNet or LoRA that was made for another base model.',
  },
  {
    id: 'channels',
    pattern: /to have \d+ channels, but got \d+ channels/,
    kind: 'node-failed',
    meaning:
      'The VAE or the empty latent belongs to another model family. Use the ones made for this model.',
  },
  {
    id: 'size-mismatch',
    pattern: /size mismatch for|error\(s\) in loading state_dict/,
    kind: 'node-failed',
    meaning:
      'This file was made for another kind of model. Choose the one made for this base model.',
  },
  {
    id: 'tensor-size',
    pattern: /the size of tensor a .* must match the size of tensor b|sizes of tensors must match/,
    kind: 'node-failed',
    meaning:
      'Two pictures, masks or latents of different sizes meet here. A width and height that are multiples of 64, the same everywhere, often settle it.',
  },
  {
    id: 'unknown-model',
    pattern: /could not detect model type of/,
    kind: 'node-failed',
    meaning:
      'ComfyUI does not recognise this model file as a checkpoint. It may need Load Diffusion Model instead, or be incomplete.',
  },
  {
    id: 'no-clip',
    pattern: /clip input is invalid: none/,
    kind: 'node-failed',
    meaning: 'This checkpoint holds no text encoder. Add a Load CLIP node for it.',
  },
  {
    id: 'no-vae',
    pattern: /vae is invalid: none/,
    kind: 'node-failed',
    meaning: 'This checkpoint holds no VAE. Add a Load VAE node for it.',
  },
  {
    id: 'nothing-came',
    pattern: /'nonetype' object has no attribute/,
    kind: 'node-failed',
    meaning: 'A node before this one handed over nothing. Look at what is connected to it.',
  },
  {
    id: 'precision',
    pattern: /input type .* and (bias|weight) type .* should be the same|float8_e4m3fn/,
    kind: 'node-failed',
    meaning: 'Two parts of the model use different number precision. A file in fp16 or bf16 works.',
  },
  {
    id: 'devices',
    pattern: /expected all tensors to be on the same device/,
    kind: 'node-failed',
    meaning:
      'Part of the model was on the graphics card and part was not. Running again, or updating the node pack, often settles it.',
  },
  {
    id: 'shape',
    pattern: /shape '\[.*\]' is invalid for input of size|einopserror/,
    kind: 'node-failed',
    meaning:
      'The size does not fit this model. Choose a width and height that are multiples of 64.',
  },
  {
    id: 'broken-file',
    pattern:
      /headertoolarge|headertoosmall|metadataincompletebuffer|invalidheaderdeserialization|error while deserializing header|invalid load key/,
    kind: 'node-failed',
    meaning: 'The model file is damaged or only partly downloaded. Download it again.',
  },
  {
    id: 'no-file',
    pattern: /filenotfounderror|no such file or directory|not found/,
    kind: 'node-failed',
    meaning: 'A file that this node needs is no longer where it was.',
  },
  {
    id: 'disk-full',
    pattern: /no space left on device|errno 28|os error 112/,
    kind: 'node-failed',
    meaning: 'The disk of the ComfyUI machine is full.',
  },
];
