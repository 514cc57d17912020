import type { ObservedPeak } from '../../contract/machine/forecast.schema.ts';
import type { RunMeasurement } from '../../contract/machine/measurement.schema.ts';
import { rememberPeak, toPeakKey } from '../../domain/machine/forecast/observed-peaks.ts';
import type { Workload } from '../../domain/machine/read-workload.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { PeakRepository } from '../../ports/peaks.ts';

/** What a run was, what was forecast of it, and what it took. */
export interface SeenRun {
  readonly workload: Workload;
  readonly precision: string;
  /** Bytes. */
  readonly forecast: number;
  /** Bytes that other programs held when it began. */
  readonly heldByOthers: number;
  readonly measured: RunMeasurement;
}

/** What runs took of the graphics card on this machine. */
export interface PeakMemory {
  readonly peaks: readonly ObservedPeak[];
  /** Reads what was kept; call once before anything else. */
  load(): Promise<void>;
  /** Nothing is kept of a run whose memory was not measured. */
  remember(run: SeenRun): Promise<void>;
  forget(): Promise<void>;
}

/** A card with less left than this was full. */
const FULL_SHARE = 0.94;

/** Without a repository it lasts as long as the core. */
export function createPeakMemory(parts: {
  readonly clock: Clock;
  readonly log: Log;
  readonly repository?: PeakRepository | undefined;
}): PeakMemory {
  const { clock, log, repository } = parts;
  let peaks: readonly ObservedPeak[] = [];
  const keep = async (next: readonly ObservedPeak[]): Promise<void> => {
    peaks = next;
    const saved = await repository?.save(next);
    // The forecast still has it until the core ends.
    if (saved?.ok === false) log.warn('machine/peaks-not-saved', { code: saved.error.code });
  };
  return {
    get peaks() {
      return peaks;
    },
    load: async () => {
      peaks = (await repository?.load()) ?? [];
    },
    remember: async ({ workload, precision, forecast, heldByOthers, measured }) => {
      const { vramPeak, vramTotal, isUnified, gpu } = measured;
      if (vramPeak === undefined || vramTotal === undefined || isUnified === true) return;
      if (!workload.isFamilyKnown || !workload.isSizeKnown) return;
      const need = Math.max(0, vramPeak - heldByOthers);
      const isFull = vramPeak >= FULL_SHARE * vramTotal;
      const { name: familyName } = workload.family;
      const key = toPeakKey(workload, precision, gpu);
      const at = clock.now();
      await keep(rememberPeak(peaks, { ...key, familyName, need, isFull, forecast, at }));
    },
    forget: () => keep([]),
  };
}
