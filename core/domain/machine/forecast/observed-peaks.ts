import type { ObservedPeak } from '../../../contract/machine/forecast.schema.ts';
import type { Workload } from '../read-workload.ts';

/** The most that is remembered; the oldest are let go. */
export const MAX_PEAKS = 200;
/** Runs of a model from which on they correct the forecast for its other sizes. */
const ENOUGH_RUNS = 3;
/** Whatever was seen, the arithmetic is not corrected further than this. */
const RANGE = [0.5, 1.6] as const;

/** What tells one kind of run from another. */
export type PeakKey = Pick<
  ObservedPeak,
  'family' | 'width' | 'height' | 'batch' | 'frames' | 'precision' | 'gpu'
>;

/** What was seen of runs like the one that is forecast. */
export type PeakFinding =
  /** Runs of the same model, size, batch and length. */
  | { readonly kind: 'same'; readonly need: number; readonly runs: number }
  /** The same, and all of them filled the card. */
  | { readonly kind: 'full'; readonly runs: number }
  /** Runs of the same model at other sizes took `factor` of what was reckoned. */
  | { readonly kind: 'alike'; readonly factor: number; readonly runs: number }
  | { readonly kind: 'none' };

/** The kind of run that a workload is on a card. */
export function toPeakKey({ family, size }: Workload, precision: string, gpu: string): PeakKey {
  const { width, height, batch, frames } = size;
  return {
    family: family.id,
    width: Math.round(width),
    height: Math.round(height),
    batch: Math.round(batch),
    frames: Math.round(frames),
    precision,
    gpu,
  };
}

/**
 * Adds what a run took. Of runs of one kind the least is kept: ComfyUI leaves models of earlier runs on the
 * card as long as there is room, so a higher peak may be theirs, and the least is proof that it was enough.
 */
export function rememberPeak(
  peaks: readonly ObservedPeak[],
  peak: Omit<ObservedPeak, 'runs'>,
): readonly ObservedPeak[] {
  const known = peaks.find((other) => isSame(other, peak));
  const others = peaks.filter((other) => other !== known);
  const { need, isFull } = known === undefined ? peak : lesser(known, peak);
  const runs = (known?.runs ?? 0) + 1;
  return [...others, { ...peak, need, isFull, runs }].slice(-MAX_PEAKS);
}

/** What the remembered runs say about one of this kind. */
export function findPeak(peaks: readonly ObservedPeak[], key: PeakKey): PeakFinding {
  const same = peaks.find((peak) => isSame(peak, key));
  if (same !== undefined) {
    return same.isFull
      ? { kind: 'full', runs: same.runs }
      : { kind: 'same', need: same.need, runs: same.runs };
  }
  const alike = peaks.filter(
    ({ family, precision, gpu, isFull, forecast }) =>
      family === key.family &&
      precision === key.precision &&
      gpu === key.gpu &&
      !isFull &&
      forecast > 0,
  );
  const runs = alike.reduce((sum, peak) => sum + peak.runs, 0);
  if (key.family === 'unknown' || runs < ENOUGH_RUNS) return { kind: 'none' };
  const ratios = alike.map(({ need, forecast }) => need / forecast).sort((a, b) => a - b);
  const middle = ratios[Math.floor(ratios.length / 2)] ?? 1;
  return { kind: 'alike', factor: Math.min(RANGE[1], Math.max(RANGE[0], middle)), runs };
}

function lesser(
  a: ObservedPeak,
  b: Omit<ObservedPeak, 'runs'>,
): Pick<ObservedPeak, 'need' | 'isFull'> {
  if (a.isFull !== b.isFull) return a.isFull ? b : a;
  return a.need <= b.need ? a : b;
}

function isSame(a: PeakKey, b: PeakKey): boolean {
  return (
    a.family === b.family &&
    a.width === b.width &&
    a.height === b.height &&
    a.batch === b.batch &&
    a.frames === b.frames &&
    a.precision === b.precision &&
    a.gpu === b.gpu
  );
}
