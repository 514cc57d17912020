import type { RequestStats } from '../../../contract/machine/machine.schema.ts';

/** Counts what is asked of one server and how long it takes. */
export interface RequestMetrics {
  answered(ms: number): void;
  failed(ms: number): void;
  retried(): void;
  /** Not asked at all, because the server does not answer. */
  heldBack(): void;
  read(): Pick<
    RequestStats,
    'answered' | 'failed' | 'retried' | 'heldBack' | 'p50Ms' | 'p95Ms' | 'p99Ms'
  >;
}

/** Times that the percentiles are taken from. */
const KEPT_TIMES = 1_000;

/** Makes an empty count. */
export function createRequestMetrics(): RequestMetrics {
  const times: number[] = [];
  const counts = { answered: 0, failed: 0, retried: 0, heldBack: 0 };
  const time = (ms: number): void => {
    times[(counts.answered + counts.failed) % KEPT_TIMES] = Math.max(0, ms);
  };
  return {
    answered: (ms) => {
      time(ms);
      counts.answered += 1;
    },
    failed: (ms) => {
      time(ms);
      counts.failed += 1;
    },
    retried: () => {
      counts.retried += 1;
    },
    heldBack: () => {
      counts.heldBack += 1;
    },
    read: () => {
      const sorted = times.toSorted((a, b) => a - b);
      const at = (share: number): number =>
        sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
      return { ...counts, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
    },
  };
}
