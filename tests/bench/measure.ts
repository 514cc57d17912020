import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** One line of the report: `ratio` is what was measured, `reference` what it is a multiple of. */
export interface Benchmark {
  readonly name: string;
  /** Nodes or classes; characters for a text. */
  readonly n: number;
  readonly ratio: number;
  readonly reference: string;
  readonly limit: number;
  readonly ok: boolean;
}

/** A benchmark's line; the ratio is rounded up to three digits behind the point. */
export function toBenchmark(
  name: string,
  n: number,
  ratio: number,
  reference: string,
  limit: number,
): Benchmark {
  return { name, n, ratio: Math.ceil(ratio * 1000) / 1000, reference, limit, ok: ratio <= limit };
}

/**
 * Median milliseconds of each of several jobs, measured in turn so that a busy moment hits all alike.
 * `prepare` runs before each, outside of the clock, and so does clearing away what came before.
 */
export function medians(
  rounds: number,
  ...jobs: readonly { readonly prepare?: () => void; readonly run: () => unknown }[]
): readonly number[] {
  const times = jobs.map((): number[] => []);
  for (let round = 0; round < rounds + WARM_UP; round += 1) {
    jobs.forEach(({ prepare, run }, index) => {
      prepare?.();
      collectGarbage();
      const start = performance.now();
      kept = run();
      const took = performance.now() - start;
      if (round >= WARM_UP) times[index]?.push(took);
    });
  }
  return times.map(median);
}

/** The middle one of some numbers. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Rounds before the clock counts, in which the engine compiles what it runs. */
const WARM_UP = 5;

/** Frees everything that nobody holds. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

/** What a job gave last, so that the engine cannot leave the job out. */
export let kept: unknown;
