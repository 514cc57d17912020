import type { MachineFacts } from '../domain/machine/hardware/derive-hardware.ts';

/** The machine that the core runs on. */
export interface Machine {
  facts(): MachineFacts;
}
