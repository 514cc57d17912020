import { isJsonArray } from '../../base/json.ts';
import { type ObservedPeak, ObservedPeakSchema } from '../../contract/machine/forecast.schema.ts';
import type { PeakRepository } from '../../ports/peaks.ts';
import { createJsonFile } from './json-file.ts';

/** Raised together with a migration. */
const PEAKS_SCHEMA_VERSION = 1;

/** Peaks in one JSON file; an entry of a newer version is passed over. */
export function createPeakRepository(path: string): PeakRepository {
  const file = createJsonFile(path);
  return {
    load: async () =>
      (await file.read(({ peaks }) =>
        peaks !== undefined && isJsonArray(peaks) ? peaks.flatMap(readPeak) : undefined,
      )) ?? [],
    save: (peaks) => file.write({ schemaVersion: PEAKS_SCHEMA_VERSION, peaks: [...peaks] }),
  };
}

function readPeak(stored: unknown): readonly ObservedPeak[] {
  const peak = ObservedPeakSchema.safeParse(stored);
  return peak.success ? [peak.data] : [];
}
