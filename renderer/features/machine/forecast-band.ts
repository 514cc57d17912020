import type { Forecast, ForecastBand } from '../../../core/contract/machine/forecast.schema.ts';
import type { MemoryUse } from './memory-use.ts';

/** Where the next run's need is drawn on a gauge, as shares 0..1 of the whole, and how it ends. */
export interface DrawnBand {
  readonly from: number;
  readonly to: number;
  readonly outcome: ForecastBand['outcome'];
  readonly minimum: number;
  readonly comfortable: number;
}

/**
 * The band of the next run behind what other programs hold, which it cannot have; undefined for a forecast of
 * nothing. What ComfyUI holds itself it lets go of.
 */
export function toDrawnBand(forecast: Forecast | null, use: MemoryUse): DrawnBand | undefined {
  if (forecast === null || use.total <= 0) return undefined;
  const { minimum, comfortable, outcome } = forecast.after ?? forecast.now;
  if (comfortable <= 0) return undefined;
  const share = (bytes: number): number => Math.min(1, (use.others + bytes) / use.total);
  const to = share(comfortable);
  // A band of which nothing is left inside the card still shows at its end.
  return { from: Math.min(share(minimum), to - 0.01), to, outcome, minimum, comfortable };
}
