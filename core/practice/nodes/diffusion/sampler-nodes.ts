import { wordsOf } from './loader-nodes.ts';
import { type NodeInputs } from '../node-inputs.ts';
import { NodeFailure } from '../node-failure.ts';
import { type NodeFamily, type NodeRun, outputsOf } from '../node-run.ts';
import { type Model } from '../node-values.ts';
import { sample } from './sampling.ts';

/** Samplers, and the parts of the custom sampler. */
export const samplerNodes: NodeFamily = {
  KSampler: async (inputs, run) =>
    outputsOf(
      await sample(
        {
          ...chainOf(inputs),
          seed: inputs.exact('seed'),
          steps: inputs.number('steps'),
          cfg: inputs.number('cfg'),
          denoise: inputs.number('denoise', 1),
          settings: [inputs.text('sampler_name'), inputs.text('scheduler')],
        },
        run,
      ),
    ),
  KSamplerAdvanced: async (inputs, run) =>
    outputsOf(
      await sample(
        {
          ...chainOf(inputs),
          seed: inputs.flag('add_noise') ? inputs.exact('noise_seed') : '0',
          steps: inputs.number('steps'),
          cfg: inputs.number('cfg'),
          denoise: 1,
          settings: [inputs.text('sampler_name'), inputs.text('scheduler')],
          from: inputs.number('start_at_step'),
          to: inputs.number('end_at_step'),
          keepsNoise: inputs.flag('return_with_leftover_noise'),
        },
        run,
      ),
    ),
  SamplerCustom: async (inputs, run) => {
    const sigmas = inputs.sampler('sigmas', 'SIGMAS');
    const latent = await sample(
      {
        ...chainOf(inputs),
        seed: inputs.flag('add_noise') ? inputs.exact('noise_seed') : '0',
        steps: sigmas.steps,
        cfg: inputs.number('cfg'),
        denoise: sigmas.denoise,
        settings: [...inputs.sampler('sampler', 'SAMPLER').parts, ...sigmas.parts],
      },
      run,
    );
    return outputsOf(latent, latent);
  },
  SamplerCustomAdvanced: sampleAdvanced,
  RandomNoise: (inputs) => outputsOf({ kind: 'NOISE', seed: inputs.exact('noise_seed') }),
  DisableNoise: () => outputsOf({ kind: 'NOISE', seed: '0' }),
  BasicScheduler: (inputs) => {
    inputs.model('model');
    return sigmasOf(inputs, inputs.number('steps'), inputs.number('denoise', 1));
  },
  KarrasScheduler: (inputs) => sigmasOf(inputs, inputs.number('steps'), 1),
  ExponentialScheduler: (inputs) => sigmasOf(inputs, inputs.number('steps'), 1),
  PolyexponentialScheduler: (inputs) => sigmasOf(inputs, inputs.number('steps'), 1),
  BetaSamplingScheduler: (inputs) => sigmasOf(inputs, inputs.number('steps'), 1),
  SDTurboScheduler: (inputs) =>
    sigmasOf(inputs, inputs.number('steps'), inputs.number('denoise', 1)),
  AlignYourStepsScheduler: (inputs) =>
    sigmasOf(inputs, inputs.number('steps'), inputs.number('denoise', 1)),
  Flux2Scheduler: (inputs) => sigmasOf(inputs, inputs.number('steps'), 1),
  KSamplerSelect: (inputs) => outputsOf({ kind: 'SAMPLER', parts: [inputs.text('sampler_name')] }),
  BasicGuider: (inputs) =>
    outputsOf({
      kind: 'GUIDER',
      model: inputs.model('model'),
      positive: inputs.conditioning('conditioning'),
      negative: undefined,
      cfg: 1,
    }),
  DualCFGGuider: (inputs) =>
    outputsOf({
      kind: 'GUIDER',
      model: inputs.model('model'),
      positive: inputs.conditioning('cond1'),
      negative: inputs.conditioning('negative'),
      cfg: inputs.number('cfg_conds'),
    }),
  CFGGuider: (inputs) =>
    outputsOf({
      kind: 'GUIDER',
      model: inputs.model('model'),
      positive: inputs.conditioning('positive'),
      negative: inputs.conditioning('negative'),
      cfg: inputs.number('cfg'),
    }),
  ModelSamplingSD3: patched('sampling sd3'),
  ModelSamplingAuraFlow: patched('sampling aura'),
  ModelSamplingFlux: patched('sampling flux'),
  ModelSamplingDiscrete: patched('sampling'),
  ModelSamplingStableCascade: patched('sampling cascade'),
  ModelSamplingContinuousEDM: patched('sampling edm'),
  ModelSamplingContinuousV: patched('sampling v'),
  RescaleCFG: patched('rescale'),
  FreeU: patched('freeu'),
  FreeU_V2: patched('freeu 2'),
  PerturbedAttentionGuidance: patched('perturbed attention'),
  DifferentialDiffusion: patched('differential'),
  CFGNorm: patched('cfg norm'),
  FreSca: patched('fresca'),
  VideoLinearCFGGuidance: patched('linear guidance'),
  SkipLayerGuidanceDiT: patched('skip layers'),
  SkipLayerGuidanceSD3: patched('skip layers sd3'),
};

async function sampleAdvanced(
  inputs: NodeInputs,
  run: NodeRun,
): Promise<ReturnType<typeof outputsOf>> {
  const guider = inputs.sampler('guider', 'GUIDER');
  const sigmas = inputs.sampler('sigmas', 'SIGMAS');
  const latent = await sample(
    {
      model: guider.model,
      positive: guider.positive,
      negative: guider.negative,
      latent: inputs.latent('latent_image'),
      seed: inputs.sampler('noise', 'NOISE').seed,
      steps: sigmas.steps,
      cfg: guider.cfg,
      denoise: sigmas.denoise,
      settings: [...inputs.sampler('sampler', 'SAMPLER').parts, ...sigmas.parts],
    },
    run,
  );
  return outputsOf(latent, latent);
}

function chainOf(
  inputs: NodeInputs,
): Pick<Parameters<typeof sample>[0], 'model' | 'positive' | 'negative' | 'latent'> {
  return {
    model: inputs.model('model'),
    positive: inputs.conditioning('positive'),
    negative: inputs.conditioning('negative'),
    latent: inputs.latent('latent_image'),
  };
}

function sigmasOf(
  inputs: NodeInputs,
  steps: number,
  denoise: number,
): ReturnType<typeof outputsOf> {
  if (steps < 1) throw new NodeFailure('A scheduler needs at least one step.', 'ValueError');
  return outputsOf({ kind: 'SIGMAS', parts: [`sigmas ${wordsOf(inputs)}`], steps, denoise });
}

function patched(word: string): (inputs: NodeInputs) => ReturnType<typeof outputsOf> {
  return (inputs) => {
    const model = inputs.model('model');
    const result: Model = { ...model, parts: [...model.parts, `${word} ${wordsOf(inputs)}`] };
    return outputsOf(result);
  };
}
