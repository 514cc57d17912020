import type {
  Forecast,
  ForecastBand,
  ObservedPeak,
} from '../../../contract/machine/forecast.schema.ts';
import type { GpuHolder } from '../../../contract/machine/gpu.schema.ts';
import type { Hardware } from '../../../contract/machine/hardware.schema.ts';
import type { SystemStats } from '../../../contract/machine/machine.schema.ts';
import { cardOf } from '../hardware/derive-hardware.ts';
import { toCardName } from '../hardware/device-name.ts';
import { adviseOnPrecision } from '../hardware/hardware-advice.ts';
import { mainDevice } from '../hardware/match-gpu.ts';
import type { Workload } from '../read-workload.ts';
import { type CorrectedForecast, correctForecast } from './correct-forecast.ts';
import {
  describeAddition,
  describeForecast,
  describeHolders,
  summariseForecast,
} from './describe-forecast.ts';
import { forecastVram } from './forecast-vram.ts';
import { type KnownModels, precisionOf } from './known-models.ts';
import { toMemoryHolders } from './memory-holders.ts';
import { findPeak, toPeakKey } from './observed-peaks.ts';

/** Everything that a forecast is made from. */
export interface ForecastFacts {
  readonly models: KnownModels;
  readonly peaks: readonly ObservedPeak[];
  readonly stats?: SystemStats | undefined;
  readonly hardware?: Hardware | undefined;
  readonly holders: readonly GpuHolder[];
  /** The card's id at its driver, where it is known. */
  readonly comfyGpu?: string | undefined;
}

/** A workflow with a change set applied. */
export interface ChangedWorkload {
  readonly changeSetId: string;
  readonly workload: Workload;
}

/** What a run of a workflow will need, as it is and with a change. */
export function makeForecast(
  now: Workload,
  changed: ChangedWorkload | undefined,
  facts: ForecastFacts,
): Forecast {
  const current = forecastWorkload(now, facts);
  const after = changed === undefined ? undefined : forecastWorkload(changed.workload, facts);
  const shown = after ?? current;
  const addition =
    changed === undefined || after === undefined
      ? undefined
      : describeAddition(current, after, now, changed.workload);
  const { card } = shown;
  const holders = toMemoryHolders(facts.holders, facts.comfyGpu, card?.heldByComfy ?? 0);
  const advice = adviseOnPrecision(cardOf(facts.hardware), (changed?.workload ?? now).models);
  return {
    now: toBand(current),
    ...(after === undefined ? {} : { after: toBand(after) }),
    ...(changed === undefined ? {} : { changeSetId: changed.changeSetId }),
    ...(addition === undefined ? {} : { addition }),
    ...(card === undefined ? {} : { card }),
    holders,
    evidence: shown.evidence,
    summary: summariseForecast(shown, shown.evidence),
    lines: [
      ...(after === undefined
        ? []
        : [
            addition === undefined
              ? 'The change makes no difference to the memory.'
              : `The change: ${addition}.`,
          ]),
      ...describeForecast(shown),
      ...shown.evidence,
      ...describeHolders(holders),
      ...advice,
    ],
  };
}

/** The band of one workload, corrected by what was seen here. */
function forecastWorkload(workload: Workload, facts: ForecastFacts): CorrectedForecast {
  const { models, peaks, stats, hardware } = facts;
  const reckoned = forecastVram(workload, models, stats);
  const gpu = cardOf(hardware)?.name ?? toCardName(mainDevice(stats?.devices)?.name ?? '');
  const key = toPeakKey(workload, precisionOf(workload.models, models), gpu);
  return correctForecast(reckoned, findPeak(peaks, key));
}

function toBand(forecast: CorrectedForecast): ForecastBand {
  const { minimum, comfortable, decode, ram, outcome, basis } = forecast;
  return { minimum, comfortable: Math.max(minimum, comfortable), decode, ram, outcome, basis };
}
