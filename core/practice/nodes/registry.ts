import { conditioningNodes } from './diffusion/conditioning-nodes.ts';
import { colourNodes } from './pictures/colour-nodes.ts';
import { imageNodes } from './pictures/image-nodes.ts';
import { latentNodes } from './diffusion/latent-nodes.ts';
import { loaderNodes } from './diffusion/loader-nodes.ts';
import { maskNodes } from './pictures/mask-nodes.ts';
import { type NodeFamily, type NodeRunner } from './node-run.ts';
import { outputNodes } from './results/output-nodes.ts';
import { plainNodes } from './results/plain-nodes.ts';
import { mergeNodes } from './diffusion/merge-nodes.ts';
import { samplerNodes } from './diffusion/sampler-nodes.ts';
import { sizeNodes } from './pictures/size-nodes.ts';

const families: readonly NodeFamily[] = [
  loaderNodes,
  conditioningNodes,
  latentNodes,
  samplerNodes,
  mergeNodes,
  imageNodes,
  sizeNodes,
  colourNodes,
  maskNodes,
  plainNodes,
  outputNodes,
];

/** The runner of a node class; undefined when practice cannot run it. */
export function findRunner(classType: string): NodeRunner | undefined {
  const family = families.find((nodes) => Object.hasOwn(nodes, classType));
  return family?.[classType];
}
