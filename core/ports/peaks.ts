import type { Result } from '../base/result.ts';
import type { AppError } from '../contract/errors.ts';
import type { ObservedPeak } from '../contract/machine/forecast.schema.ts';

/** Where is kept what runs took of the graphics card. */
export interface PeakRepository {
  /** None where nothing was kept yet, or it cannot be read. */
  load(): Promise<readonly ObservedPeak[]>;
  save(peaks: readonly ObservedPeak[]): Promise<Result<void, AppError>>;
}
