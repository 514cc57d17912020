import type { GpuTrouble } from '../../../contract/machine/gpu.schema.ts';

/** What nvidia-smi says when it has nothing to measure; the first match counts. */
const MESSAGES: readonly (readonly [RegExp, GpuTrouble])[] = [
  [/driver\/library version mismatch/i, 'driver-mismatch'],
  [/no devices were found/i, 'no-card'],
  [/couldn't communicate with the nvidia driver|failed to initialize nvml/i, 'driver-gone'],
  [
    /unable to determine the device handle|gpu is lost|requires reset|unknown error/i,
    'driver-gone',
  ],
];

/** The trouble behind what nvidia-smi printed; undefined for a text that says none. */
export function readTrouble(text: string): GpuTrouble | undefined {
  return MESSAGES.find(([pattern]) => pattern.test(text))?.[1];
}
