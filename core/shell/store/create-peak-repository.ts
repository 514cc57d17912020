import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { parseExactJson, stringifyExactJson } from '../../base/exact-json.ts';
import { isJsonArray, isJsonObject } from '../../base/json.ts';
import { err, ok } from '../../base/result.ts';
import { type ObservedPeak, ObservedPeakSchema } from '../../contract/forecast.schema.ts';
import type { PeakRepository } from '../../ports/peaks.ts';
import { toWriteError } from '../system/file-error.ts';

/** Raised together with a migration. */
const PEAKS_SCHEMA_VERSION = 1;

/**
 * One JSON file, written beside it and renamed. An entry of a newer version is passed over; a file that
 * cannot be read at all is kept aside as `*.damaged`.
 */
export function createPeakRepository(path: string): PeakRepository {
  return {
    load: async () => {
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch {
        // Not there yet, or not readable: either way nothing is known.
        return [];
      }
      const parsed = parseExactJson(text);
      const stored = parsed.ok && isJsonObject(parsed.value) ? parsed.value['peaks'] : undefined;
      if (stored !== undefined && isJsonArray(stored)) return stored.flatMap(readPeak);
      await rename(path, `${path}.damaged`).catch(() => undefined);
      return [];
    },
    save: async (peaks) => {
      try {
        await mkdir(dirname(path), { recursive: true });
        const stored = { schemaVersion: PEAKS_SCHEMA_VERSION, peaks: [...peaks] };
        await writeFileAtomic(path, `${stringifyExactJson(stored, 2)}\n`);
        return ok(undefined);
      } catch (cause) {
        return err(toWriteError(cause, path));
      }
    },
  };
}

function readPeak(stored: unknown): readonly ObservedPeak[] {
  const peak = ObservedPeakSchema.safeParse(stored);
  return peak.success ? [peak.data] : [];
}
