import { type Mask } from '../../images/picture.ts';
import { encodePicture } from './latent-nodes.ts';
import { wordsOf } from './loader-nodes.ts';
import { type NodeInputs } from '../node-inputs.ts';
import { type NodeFamily, type NodeResult, outputsOf } from '../node-run.ts';
import { type Conditioning, type Latent, type LoadedPart } from '../node-values.ts';

/** Nodes that turn text into conditioning and combine it. */
export const conditioningNodes: NodeFamily = {
  CLIPTextEncode: (inputs) => outputsOf(encodeText(inputs, inputs.text('text'))),
  CLIPTextEncodeFlux: (inputs) =>
    outputsOf(encodeText(inputs, `${inputs.text('clip_l')} ${inputs.text('t5xxl')}`)),
  CLIPTextEncodeSDXL: (inputs) =>
    outputsOf(encodeText(inputs, `${inputs.text('text_g')} ${inputs.text('text_l')}`)),
  CLIPTextEncodeSDXLRefiner: (inputs) => outputsOf(encodeText(inputs, inputs.text('text'))),
  CLIPTextEncodeSD3: (inputs) =>
    outputsOf(
      encodeText(
        inputs,
        `${inputs.text('clip_l')} ${inputs.text('clip_g')} ${inputs.text('t5xxl')}`,
      ),
    ),
  CLIPTextEncodeHiDream: (inputs) =>
    outputsOf(encodeText(inputs, `${inputs.text('clip_l')} ${inputs.text('t5xxl')}`)),
  CLIPSetLastLayer: (inputs) => {
    const clip = inputs.part('clip');
    const layer = `clip layer ${inputs.number('stop_at_clip_layer')}`;
    const result: LoadedPart = { ...clip, parts: [...clip.parts, layer] };
    return outputsOf(result);
  },
  ConditioningCombine: (inputs) => join(inputs, 'conditioning_1', 'conditioning_2', 'and'),
  ConditioningConcat: (inputs) => join(inputs, 'conditioning_to', 'conditioning_from', 'then'),
  ConditioningAverage: (inputs) => join(inputs, 'conditioning_to', 'conditioning_from', 'average'),
  ConditioningSetArea: marked('conditioning', 'area'),
  ConditioningSetAreaPercentage: marked('conditioning', 'area'),
  ConditioningSetAreaStrength: marked('conditioning', 'area strength'),
  ConditioningSetMask: marked('conditioning', 'mask'),
  ConditioningSetTimestepRange: marked('conditioning', 'steps'),
  FluxGuidance: marked('conditioning', 'flux guidance'),
  ControlNetApply: marked('conditioning', 'controlnet'),
  StyleModelApply: marked('conditioning', 'style'),
  unCLIPConditioning: marked('conditioning', 'unclip'),
  ReferenceLatent: marked('conditioning', 'reference'),
  CLIPVisionEncode: (inputs) => {
    const vision = inputs.part('clip_vision');
    const picture = digest(inputs.picture('image').frames);
    return outputsOf({ ...vision, parts: [...vision.parts, `sees ${wordsOf(inputs)}`, picture] });
  },
  T5TokenizerOptions: (inputs) => {
    const clip = inputs.part('clip');
    return outputsOf({ ...clip, parts: [...clip.parts, `tokens ${wordsOf(inputs)}`] });
  },
  ConditioningZeroOut: (inputs) => {
    const given = inputs.conditioning('conditioning');
    const result: Conditioning = { ...given, parts: [...given.parts, 'zeroed'], text: '' };
    return outputsOf(result);
  },
  ControlNetApplyAdvanced: markedPair('controlnet'),
  ControlNetApplySD3: markedPair('controlnet'),
  ControlNetInpaintingAliMamaApply: markedPair('inpainting controlnet'),
  InstructPixToPixConditioning: (inputs) => withPicture(inputs, 'edit', undefined),
  InpaintModelConditioning: (inputs) =>
    withPicture(
      inputs,
      'inpaint',
      inputs.flag('noise_mask', true) ? inputs.mask('mask') : undefined,
    ),
};

function encodeText(inputs: NodeInputs, text: string): Conditioning {
  const clip = inputs.part('clip');
  return { kind: 'CONDITIONING', text, parts: [...clip.parts, `text ${wordsOf(inputs)}`] };
}

function join(inputs: NodeInputs, first: string, second: string, word: string): NodeResult {
  const a = inputs.conditioning(first);
  const b = inputs.conditioning(second);
  const result: Conditioning = {
    kind: 'CONDITIONING',
    text: `${a.text} ${b.text}`,
    parts: [...a.parts, word, wordsOf(inputs), ...b.parts],
  };
  return outputsOf(result);
}

function marked(name: string, word: string): (inputs: NodeInputs) => NodeResult {
  return (inputs) => outputsOf(mark(inputs, name, word));
}

function markedPair(word: string): (inputs: NodeInputs) => NodeResult {
  return (inputs) => outputsOf(mark(inputs, 'positive', word), mark(inputs, 'negative', word));
}

/** Both conditionings marked, and the picture encoded behind them. */
function withPicture(inputs: NodeInputs, word: string, mask: Mask | undefined): NodeResult {
  const latent = encodePicture(inputs.picture('pixels'), mask);
  return outputsOf(mark(inputs, 'positive', word), mark(inputs, 'negative', word), latent);
}

/** Adds to a conditioning what a node says of it; strength 0 leaves it as it is. */
function mark(inputs: NodeInputs, name: string, word: string): Conditioning {
  const given = inputs.conditioning(name);
  if (inputs.has('strength') && inputs.number('strength') === 0) return given;
  const guides = inputs.names.flatMap((input) => {
    const value = inputs.value(input);
    if (value?.kind === 'IMAGE' || value?.kind === 'MASK') return [digest(value.frames)];
    if (value?.kind === 'LATENT') return [describeContent(value)];
    return value?.kind === 'PART' ? value.parts : [];
  });
  return { ...given, parts: [...given.parts, `${word} ${wordsOf(inputs)}`, ...guides] };
}

function describeContent(latent: Latent): string {
  const { content } = latent;
  if (content.kind === 'picture') return digest(content.picture.frames);
  return content.kind === 'empty' ? 'empty' : content.sampling.parts.join(' ');
}

/** A short text that changes when the picture does. */
function digest(frames: readonly Float32Array[]): string {
  let sum = frames.length;
  for (const frame of frames) {
    const stride = Math.max(1, Math.floor(frame.length / 997));
    for (let i = 0; i < frame.length; i += stride) sum = (sum * 31 + (frame[i] ?? 0) * 255) % 1e9;
  }
  return `picture ${Math.round(sum)}`;
}
