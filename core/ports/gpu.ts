import type { Disposable } from '../base/disposable.ts';
import type { Event } from '../base/emitter.ts';
import type { GpuHolder, GpuSample, GpuTrouble } from '../contract/machine/gpu.schema.ts';

/** What is known of this machine's graphics cards now. */
export type GpuReading =
  | { readonly kind: 'measured'; readonly gpus: readonly GpuSample[] }
  | { readonly kind: 'unavailable'; readonly trouble: GpuTrouble };

/** The graphics cards of the machine that the core runs on; a remote ComfyUI's are not among them. */
export interface Gpu extends Disposable {
  readonly reading: GpuReading;
  /** Each measurement of each card as it comes, while somebody watches. */
  readonly onSample: Event<GpuSample>;
  /** ms between two measurements of one card. */
  readonly intervalMs: number;
  /** Measures until disposed; nothing is measured while nobody looks. */
  watch(): Disposable;
  /** Measures once, or says why that cannot be done. */
  look(): Promise<GpuReading>;
  /** The programs that hold memory of the cards; none where the driver does not tell. */
  holders(): Promise<readonly GpuHolder[]>;
}
