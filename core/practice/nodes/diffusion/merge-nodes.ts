import { wordsOf } from './loader-nodes.ts';
import { type NodeInputs } from '../node-inputs.ts';
import { type NodeFamily, type NodeResult, outputsOf } from '../node-run.ts';

/** Nodes that mix two models or two CLIPs. */
export const mergeNodes: NodeFamily = {
  ModelMergeSimple: mergeModels('mix'),
  ModelMergeBlocks: mergeModels('mix blocks'),
  ModelMergeSubtract: mergeModels('minus'),
  ModelMergeAdd: mergeModels('plus'),
  ModelMergeSDXL: mergeModels('mix sdxl'),
  ModelMergeSD1: mergeModels('mix sd1'),
  CLIPMergeSimple: mergeClips('mix'),
  CLIPMergeSubtract: mergeClips('minus'),
  CLIPMergeAdd: mergeClips('plus'),
};

function mergeModels(word: string): (inputs: NodeInputs) => NodeResult {
  return (inputs) => {
    const parts = [inputs.model('model1').parts, inputs.model('model2').parts];
    return outputsOf({ kind: 'MODEL', parts: mergeParts(inputs, word, parts) });
  };
}

function mergeClips(word: string): (inputs: NodeInputs) => NodeResult {
  return (inputs) => {
    const parts = [inputs.part('clip1').parts, inputs.part('clip2').parts];
    return outputsOf({ kind: 'PART', parts: mergeParts(inputs, word, parts) });
  };
}

function mergeParts(
  inputs: NodeInputs,
  word: string,
  parts: readonly (readonly string[])[],
): readonly string[] {
  return [...(parts[0] ?? []), `${word} ${wordsOf(inputs)}`, ...(parts[1] ?? [])];
}
