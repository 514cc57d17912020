import { act, advice, type FailureEntry, say, startWith } from '../failure-entry.ts';
import { named } from './fit.ts';

const damaged = {
  kind: 'failure',
  fix: 'other-file',
} as const;

/** Files that are missing, damaged, or may not be written. */
export const fileFailures: readonly FailureEntry[] = [
  {
    ...damaged,
    code: 'st-header',
    pattern:
      /headertoolarge|error while deserializing header(?!: *(?:metadataincomplete|invalidheader|headertoosmall))/i,
    cause: 'not-a-model',
    title: 'This is not a model file',
    meaning:
      'What is stored under this name is no safetensors file: often a web page or a pointer that was saved instead, or a file with the wrong ending.',
    steps: [act('Compare the file’s size with the download page, then download it again')],
  },
  {
    ...damaged,
    code: 'st-incomplete',
    pattern: /metadataincompletebuffer|invalidheaderdeserialization|headertoosmall/i,
    cause: 'half-a-model',
    title: 'The model file is only partly there',
    meaning: 'The download of this file stopped before the end.',
    steps: [act('Delete the file and download it again')],
  },
  {
    ...damaged,
    code: 'weights-only',
    pattern: /weights only load failed/i,
    cause: 'unsafe-file',
    title: 'This file is of a kind that can run code',
    meaning: 'ComfyUI refuses to open it for safety, and that is right.',
    otherwise: 'Or it was saved in an older way that the newer PyTorch does not open.',
    steps: [act('Use the safetensors version of the same model')],
  },
  {
    ...damaged,
    code: 'pickle-bad',
    pattern: /invalid load key|pytorchstreamreader failed reading zip archive/i,
    cause: 'damaged-model',
    title: 'The model file is damaged',
    meaning: 'The file is incomplete, or a web page was saved under its name.',
    steps: [act('Download the file again, as safetensors if there is one')],
  },
  {
    code: 'no-file',
    pattern:
      /filenotfounderror|no such file or directory|model in folder '[^']*' with filename '[^']*' not found/i,
    cause: 'no-file',
    kind: 'failure',
    title: 'A file that this node needs is not there',
    meaning: 'It was moved or deleted, or its name was never there.',
    detail: (said) => named(said, /with filename '([^']*)' not found/i, 'It is'),
    fix: 'installed-value',
    steps: [say('What is missing?', 'Check the workflow')],
  },
  {
    code: 'gguf-arch',
    pattern: /unexpected architecture type in gguf file|this model is not currently supported/i,
    cause: 'gguf',
    kind: 'failure',
    title: 'This GGUF file belongs into another loader',
    meaning:
      'A GGUF text encoder was put into a model loader, or a model into a text encoder loader.',
    otherwise: 'Or the GGUF node pack is older than the model.',
    steps: [
      act('Use CLIPLoader (GGUF) for text encoders and Unet Loader (GGUF) for models'),
      advice('Update the GGUF node pack'),
    ],
  },
  {
    code: 'value-list',
    pattern: /value not in list|value_not_in_list/i,
    cause: 'value-list',
    kind: 'failure',
    title: 'A choice does not exist here',
    meaning: 'This ComfyUI does not have the file or the option that the workflow asks for.',
    fix: 'installed-value',
    steps: [say('What is missing?', 'Check the workflow')],
  },
  {
    code: 'invalid-image',
    pattern: /invalid (?:image|audio|video) file:/i,
    cause: 'input-file',
    kind: 'failure',
    title: 'The input file is not in ComfyUI’s input folder',
    meaning: 'The node names a picture, sound or clip that was not handed to ComfyUI.',
    detail: (said) =>
      named(said, /invalid (?:image|audio|video) file:\s*([^\n"]+?)\s*(?:$|["\n])/i, 'It is'),
    fix: 'installed-value',
    steps: [act('Choose the file again on the node, which hands it to ComfyUI')],
  },
  {
    code: 'pil-unknown',
    pattern: /cannot identify image file|unidentifiedimageerror/i,
    cause: 'picture-format',
    kind: 'failure',
    title: 'This picture cannot be read',
    meaning: 'The loader does not know the format, as with EXR and HEIC.',
    otherwise: 'Or the file is empty or only partly there.',
    detail: (said) =>
      named(said, /cannot identify image file '(?:[^']*[\\/])?([^'\\/]+)'/i, 'It is'),

    steps: [act('Convert the picture to PNG, or load EXR with a node made for it')],
  },
  {
    code: 'out-folder',
    pattern:
      /saving image outside the output folder is not allowed|paths don't have the same drive/i,
    cause: 'output-folder',
    kind: 'failure',
    title: 'Pictures may only be saved inside ComfyUI’s output folder',
    meaning: 'The file name leads out of that folder.',
    fix: 'plain-prefix',
    steps: [startWith('--output-directory “your folder”')],
  },
  {
    code: 'disk-full',
    pattern:
      /no space left on device|\[errno 28\]|os error 112\b|there is not enough space on the disk/i,
    cause: 'disk',
    kind: 'failure',
    title: 'The disk of the ComfyUI machine is full',
    meaning: 'The result could not be written.',
    steps: [act('Free some space on that disk, then run it again')],
  },
  {
    code: 'perm',
    pattern: /permissionerror|permission denied|\[winerror (?:5|32)\]/i,
    cause: 'rights',
    kind: 'failure',
    title: 'A file is in use or protected',
    meaning: 'Another program holds the file.',
    otherwise: 'Or ComfyUI has no right to that folder.',
    steps: [advice('Close programs that have the file open, or check the rights of the folder')],
  },
];
