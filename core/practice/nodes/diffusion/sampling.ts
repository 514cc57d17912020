import { encodeJpeg } from '../../images/codec.ts';
import { mix } from '../../images/chance.ts';
import { toPicture } from '../../images/picture.ts';
import { addNoise } from '../../images/practice-scene.ts';
import { stampPracticeLabel } from '../../images/practice-label.ts';
import { renderLatent } from '../../images/render-latent.ts';
import { type NodeRun } from '../node-run.ts';
import { type Conditioning, type Latent, type Model, type Sampling } from '../node-values.ts';

/** Previews are this long at most, in pixels. */
const PREVIEW_SIDE = 192;

/** What a sampler node was asked to do. */
export interface SamplerRequest {
  readonly model: Model;
  readonly positive: Conditioning;
  readonly negative: Conditioning | undefined;
  readonly latent: Latent;
  readonly seed: string;
  readonly steps: number;
  readonly cfg: number;
  readonly denoise: number;
  /** Sampler, scheduler and the like, in words. */
  readonly settings: readonly string[];
  /** First and last step that are really taken; all when absent. */
  readonly from?: number;
  readonly to?: number;
  readonly keepsNoise?: boolean;
}

/** Samples step by step: each step tells its progress, shows a preview and takes its time. */
export async function sample(request: SamplerRequest, run: NodeRun): Promise<Latent> {
  const { latent } = request;
  const total = Math.max(1, Math.round(request.steps));
  const first = Math.min(Math.max(0, request.from ?? 0), total);
  const last = Math.min(Math.max(first, request.to ?? total), total);
  const leftover = request.keepsNoise === true ? 1 - last / total : 0;
  const sampling: Sampling = {
    parts: [
      ...request.model.parts,
      ...request.positive.parts,
      ...(request.negative?.parts ?? []),
      ...request.settings,
      `denoise ${request.denoise}`,
      ...(last - first === total ? [] : [`steps ${first}-${last}`]),
    ],
    positive: request.positive.text,
    negative: request.negative?.text ?? '',
    seed: request.seed,
    steps: total,
    cfg: request.cfg,
    denoise: request.denoise * ((last - first) / total),
    leftover,
  };
  const { noiseMask, ...rest } = latent;
  const result: Latent = {
    ...rest,
    content: { kind: 'sampled', sampling, over: latent },
    ...(noiseMask === undefined ? {} : { noiseMask }),
  };
  const preview = createPreview(result, request.seed);
  const count = last - first;
  for (let step = 1; step <= count; step += 1) {
    await run.step(step, count, () => preview(step / count));
  }
  return result;
}

function createPreview(latent: Latent, seed: string): (part: number) => Promise<Uint8Array> {
  const scale = PREVIEW_SIDE / Math.max(latent.width, latent.height);
  const width = Math.max(8, Math.round(latent.width * scale));
  const height = Math.max(8, Math.round(latent.height * scale));
  let drawn: Promise<Float32Array> | undefined;
  return async (part) => {
    drawn ??= renderLatent(latent, width, height, 0);
    const final = await drawn;
    const noise = Math.min(1, mix(0.95, 0.02, Math.sqrt(part)));
    const frame = addNoise(final, noise, `${seed} preview`).slice();
    stampPracticeLabel(frame, width, height);
    return encodeJpeg(toPicture(width, height, 3, [frame]), frame, PREVIEW_SIDE);
  };
}
