import { conditioningNodes } from './conditioning-nodes.ts';
import { imageNodes } from './image-nodes.ts';
import { latentNodes } from './latent-nodes.ts';
import { loaderNodes } from './loader-nodes.ts';
import { type NodeFamily, type NodeRunner } from './node-run.ts';
import { outputNodes } from './output-nodes.ts';
import { samplerNodes } from './sampler-nodes.ts';

const families: readonly NodeFamily[] = [
  loaderNodes,
  conditioningNodes,
  latentNodes,
  samplerNodes,
  imageNodes,
  outputNodes,
];

/** The runner of a node class; undefined when practice cannot run it. */
export function findRunner(classType: string): NodeRunner | undefined {
  const family = families.find((nodes) => Object.hasOwn(nodes, classType));
  return family?.[classType];
}
