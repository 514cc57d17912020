import { createEmitter } from '../../../core/base/emitter.ts';
import { toDisposable } from '../../../core/base/disposable.ts';
import type { GpuHolder, GpuSample } from '../../../core/contract/machine/gpu.schema.ts';
import type { Gpu, GpuReading } from '../../../core/ports/gpu.ts';

/** A graphics card of the port whose every measurement a test decides. */
export interface ScriptedGpu extends Gpu {
  /** Measures once; unheard while nobody watches. */
  measure(...samples: readonly GpuSample[]): void;
  fail(reading: Extract<GpuReading, { readonly kind: 'unavailable' }>): void;
  hold(holders: readonly GpuHolder[]): void;
  readonly watchers: number;
}

/** One card with 24 GiB, unless told otherwise. */
export function gpuSample(part: Partial<GpuSample> = {}): GpuSample {
  return {
    uuid: 'GPU-a',
    name: 'NVIDIA GeForce RTX 4090',
    isSplit: false,
    index: 0,
    memoryTotal: 24 * 1024 ** 3,
    memoryUsed: 2 * 1024 ** 3,
    utilisation: 0,
    computeCapability: '8.9',
    ...part,
  };
}

/** Makes a machine with one card, which a look sees. */
export function createScriptedGpu(
  seen: GpuReading = { kind: 'measured', gpus: [gpuSample()] },
): ScriptedGpu {
  const samples = createEmitter<GpuSample>();
  let reading: GpuReading = { kind: 'unavailable', trouble: 'not-looked' };
  let holders: readonly GpuHolder[] = [];
  let watchers = 0;
  return {
    get reading() {
      return reading;
    },
    get watchers() {
      return watchers;
    },
    intervalMs: 500,
    onSample: samples.event,
    watch: () => {
      watchers += 1;
      return toDisposable(() => (watchers -= 1));
    },
    look: async () => seen,
    holders: async () => holders,
    measure: (...gpus) => {
      if (watchers === 0) return;
      reading = { kind: 'measured', gpus };
      for (const gpu of gpus) samples.fire(gpu);
    },
    fail: (next) => (reading = next),
    hold: (next) => (holders = next),
    dispose: () => samples.dispose(),
  };
}
