import { type JsonObject, isJsonObject } from '../../base/json.ts';

/**
 * How much of a run's time a node takes, roughly, in sampling steps. A first guess that is good
 * enough for a bar: a sampler by its steps, the slow rest by its class, anything else as one.
 */
export function nodeWeight(node: JsonObject): number {
  const classType = typeof node['class_type'] === 'string' ? node['class_type'] : '';
  const inputs = isJsonObject(node['inputs']) ? node['inputs'] : {};
  const steps = inputs['steps'];
  if (/sampler/i.test(classType) && !/select/i.test(classType)) {
    return typeof steps === 'number' && steps > 0 ? Math.max(MIN_SAMPLER, steps) : SAMPLER;
  }
  return weights.find(([pattern]) => pattern.test(classType))?.[1] ?? 1;
}

const MIN_SAMPLER = 6;
/** Where the steps come from another node. */
const SAMPLER = 20;

const weights: readonly (readonly [RegExp, number])[] = [
  [/upscale.*model|supir|tile.*upscale/i, 8],
  [/video|interpolat|rife|film/i, 8],
  [/checkpointloader|unetloader|diffusion.?model.?loader/i, 4],
  [/vae(decode|encode)/i, 3],
  [/loader/i, 2],
];
