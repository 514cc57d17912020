/** How large the latent of a run is, in latent cells. */
export interface LatentSize {
  readonly batch: number;
  readonly width: number;
  readonly height: number;
  /** Latent frames; 1 for a picture. */
  readonly frames: number;
}

/** What sampling takes beside the weights, in MiB. */
export interface ActivationNeed {
  /** Both sides of the guidance calculated at once: what ComfyUI asks for. */
  readonly want: number;
  /** One after the other: the least that it works with. */
  readonly minimum: number;
}

/**
 * ComfyUI's own estimate (comfy/model_base.py, memory_required): cells × bytes × 0.01 × factor MiB with fast
 * attention, cells × 0.15 × factor MiB without; the guidance doubles the batch.
 */
export function activationNeed(
  latent: LatentSize,
  factor: number,
  how: { readonly bytesPerNumber?: number; readonly hasFastAttention?: boolean } = {},
): ActivationNeed {
  const { bytesPerNumber = 2, hasFastAttention = true } = how;
  const cells = latent.batch * latent.frames * latent.width * latent.height;
  const minimum = cells * (hasFastAttention ? bytesPerNumber * 0.01 : 0.15) * factor;
  return { want: minimum * 2, minimum };
}
