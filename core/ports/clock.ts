import type { Disposable } from '../base/disposable.ts';

/** Time, so that tests decide it. */
export interface Clock {
  /** Unix time in ms. */
  now(): number;
  /** Calls back once after `ms`, unless disposed before. */
  after(ms: number, callback: () => void): Disposable;
}
