import type { Disposable } from '../base/disposable.ts';
import type { GpuSample } from '../contract/machine.schema.ts';

/** What is known of this machine's graphics cards now. */
export type GpuReading =
  | { readonly kind: 'measured'; readonly gpus: readonly GpuSample[] }
  /** Nothing was measured yet, or nothing can be; in words. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** The graphics cards of the machine that the core runs on; a remote ComfyUI's are not among them. */
export interface Gpu extends Disposable {
  readonly reading: GpuReading;
  /** Measures until disposed; nothing is measured while nobody looks. */
  watch(): Disposable;
}
