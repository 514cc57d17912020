import type { ForecastBand } from '../../../contract/machine/forecast.schema.ts';
import { type VramForecast, judge } from './forecast-vram.ts';
import type { PeakFinding } from './observed-peaks.ts';

const GIB = 1024 ** 3;

/** A forecast after what was seen on this machine has been taken into account. */
export interface CorrectedForecast extends VramForecast {
  readonly basis: ForecastBand['basis'];
  /** What was seen, in words. */
  readonly evidence: readonly string[];
}

/** What was measured here counts for more than the arithmetic. */
export function correctForecast(forecast: VramForecast, finding: PeakFinding): CorrectedForecast {
  switch (finding.kind) {
    case 'none':
      return { ...forecast, basis: 'reckoned', evidence: [] };
    case 'full':
      return {
        ...forecast,
        basis: 'reckoned',
        evidence: [`${runsText(finding.runs)} like this filled the card here.`],
      };
    case 'same': {
      const { need, runs } = finding;
      return {
        ...judged(forecast, need, Math.min(forecast.minimum, need)),
        basis: 'observed',
        evidence: [`${runsText(runs)} like this took ${(need / GIB).toFixed(1)} GB here.`],
      };
    }
    case 'alike': {
      const { factor, runs } = finding;
      const percent = Math.round((factor - 1) * 100);
      if (percent === 0) return { ...forecast, basis: 'reckoned', evidence: [] };
      const off = percent > 0 ? `${String(percent)} % more` : `${String(-percent)} % less`;
      return {
        ...judged(forecast, forecast.comfortable * factor, forecast.minimum),
        basis: 'corrected',
        evidence: [
          `${runsText(runs)} of this model here took ${off} than reckoned, so this is too.`,
        ],
      };
    }
  }
}

function judged(forecast: VramForecast, comfortable: number, minimum: number): VramForecast {
  const { card } = forecast;
  const available = card === undefined ? undefined : card.total - card.heldByOthers;
  return { ...forecast, comfortable, minimum, outcome: judge(available, comfortable, minimum) };
}

function runsText(runs: number): string {
  return runs === 1 ? 'One run' : `${String(runs)} runs`;
}
