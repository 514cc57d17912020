import { type Disposable, toDisposable } from '../../base/disposable.ts';
import type { Result } from '../../base/result.ts';
import type { GpuSample, GpuTrouble } from '../../contract/machine/gpu.schema.ts';
import { type GpuSource, type SourceTiming, restartDelay } from './gpu-source.ts';

const INTERVAL_MS = 2_000;

/** Asks again and again, never twice at once; after a failure ever more slowly. */
export function createPolledSource(
  ask: (signal: AbortSignal) => Promise<Result<readonly GpuSample[], GpuTrouble>>,
  { clock, intervalMs = INTERVAL_MS, restartMs }: SourceTiming,
): GpuSource {
  let running: Disposable | undefined;
  return {
    intervalMs,
    start: (listener) => {
      running?.dispose();
      const stopping = new AbortController();
      let timer: Disposable | undefined;
      let failures = 0;
      const look = async (): Promise<void> => {
        const answer = await ask(stopping.signal);
        if (stopping.signal.aborted) return;
        failures = answer.ok ? 0 : failures + 1;
        const wait = answer.ok
          ? intervalMs
          : Math.max(intervalMs, restartDelay(failures, restartMs));
        timer = clock.after(wait, () => void look());
        if (answer.ok) for (const sample of answer.value) listener.measured(sample);
        else listener.failed(answer.error);
      };
      running = toDisposable(() => {
        stopping.abort();
        timer?.dispose();
      });
      void look();
    },
    stop: () => running?.dispose(),
  };
}
