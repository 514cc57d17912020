import type { GpuSample, GpuTrouble } from '../../contract/machine/gpu.schema.ts';
import type { Clock } from '../../ports/clock.ts';

/** What a source tells its owner. */
export interface GpuListener {
  /** One card was measured. */
  measured(sample: GpuSample): void;
  /** Nothing can be measured now; the source goes on trying unless it is stopped. */
  failed(trouble: GpuTrouble): void;
}

/** One way to measure graphics cards. It measures between `start` and `stop`, and may be started again. */
export interface GpuSource {
  /** ms between two measurements of one card. */
  readonly intervalMs: number;
  start(listener: GpuListener): void;
  stop(): void;
}

/** How sources keep their time; the defaults are for a real machine. */
export interface SourceTiming {
  readonly clock: Clock;
  readonly intervalMs?: number;
  /** ms without a readable answer after which the tool counts as hanging; the first answer may take twice as long. */
  readonly patienceMs?: number;
  /** ms until the first new try after a failure; it doubles up to a minute. */
  readonly restartMs?: number;
}

const LONGEST_RESTART_MS = 60_000;

/** ms to wait before new try number `attempt` (from 1). */
export function restartDelay(attempt: number, firstMs = 1_000): number {
  return Math.min(LONGEST_RESTART_MS, firstMs * 2 ** Math.min(20, Math.max(0, attempt - 1)));
}
