import { createEmitter } from '../../base/emitter.ts';
import { type Disposable, toDisposable } from '../../base/disposable.ts';
import type { GpuHolder, GpuSample, GpuTrouble } from '../../contract/machine/gpu.schema.ts';
import type { Gpu, GpuReading } from '../../ports/gpu.ts';
import { createAmdSources } from './amd/create-amd-sources.ts';
import { appleTools, createAppleSource } from './apple/create-apple-source.ts';
import { askTool } from './ask-tool.ts';
import { findProgram } from './find-program.ts';
import type { GpuSource, SourceTiming } from './gpu-source.ts';
import { createNvidiaSource } from './nvidia/create-nvidia-source.ts';
import { holderFields, parseHolders } from './nvidia/parse-holders.ts';

type Command = readonly [string, ...string[]];

/** How the monitor is made; everything but the clock has a default that suits this machine. */
export interface GpuOptions extends SourceTiming {
  /** Ways to measure, the preferred one first. */
  readonly sources?: readonly GpuSource[];
  /** Tells who holds memory; absent: `nvidia-smi`, where there is one. */
  readonly holdersCommand?: Command;
}

/** Only after these the next way is tried: an installed tool that fails is the right one, in trouble. */
const ELSEWHERE: ReadonlySet<GpuTrouble> = new Set(['no-tool', 'no-card']);
/** ms until a card that was not measured again counts as gone. */
const FORGET_MS = 10_000;
const LOOK_MS = 12_000;
/** Longer than the cards of one round are apart, shorter than two rounds. */
const ROUND_MS = 300;

/**
 * This machine's graphics cards, measured in the first way that works here and only while somebody
 * watches.
 */
export function createGpu(options: GpuOptions): Gpu {
  const { clock } = options;
  const sources = options.sources ?? usualSources(options);
  const emitter = createEmitter<GpuSample>();
  const changes = createEmitter<GpuReading>();
  const seen = new Map<string, { readonly sample: GpuSample; readonly at: number }>();
  let reading: GpuReading = { kind: 'unavailable', trouble: 'not-looked' };
  let chosen = 0;
  let watchers = 0;
  let isDisposed = false;

  const tell = (next: GpuReading): void => {
    reading = next;
    changes.fire(next);
  };
  const measured = (sample: GpuSample): void => {
    seen.set(sample.uuid, { sample, at: clock.now() });
    for (const [uuid, { at }] of seen) {
      // A clock that was set back makes nothing older than it is.
      if (Math.abs(clock.now() - at) > FORGET_MS) seen.delete(uuid);
    }
    const gpus = [...seen.values()].map((entry) => entry.sample).toSorted(byIndex);
    tell({ kind: 'measured', gpus });
    emitter.fire(sample);
  };
  /** `met` is what is told when none of the others can measure either. */
  const start = (index: number, met: GpuTrouble): void => {
    chosen = index;
    const source = sources[index];
    if (source === undefined) {
      tell({ kind: 'unavailable', trouble: met });
      return;
    }
    source.start({
      measured,
      failed: (trouble) => {
        seen.clear();
        if (!ELSEWHERE.has(trouble)) {
          tell({ kind: 'unavailable', trouble });
          return;
        }
        source.stop();
        start(index + 1, met === 'no-tool' ? trouble : met);
      },
    });
  };
  const watch = (): Disposable => {
    if (isDisposed) return toDisposable(() => undefined);
    watchers += 1;
    if (watchers === 1) start(0, 'no-tool');
    return toDisposable(() => {
      watchers -= 1;
      if (watchers > 0 || isDisposed) return;
      sources[chosen]?.stop();
      seen.clear();
      tell({ kind: 'unavailable', trouble: 'nobody-looks' });
    });
  };

  return {
    get reading() {
      return reading;
    },
    get intervalMs() {
      return sources[chosen]?.intervalMs ?? 0;
    },
    onSample: emitter.event,
    watch,
    look: () => {
      if (reading.kind === 'measured' && watchers > 0) return Promise.resolve(reading);
      return new Promise((resolve) => {
        let timer = clock.after(LOOK_MS, () => finish({ kind: 'unavailable', trouble: 'hangs' }));
        const finish = (answer: GpuReading): void => {
          waiting.dispose();
          timer.dispose();
          resolve(answer);
          // Not before `watch` has returned: it may tell the trouble at once.
          queueMicrotask(() => watching.dispose());
        };
        const waiting = changes.event((next) => {
          if (next.kind === 'unavailable') {
            finish(next);
            return;
          }
          // The other cards of the same round follow at once.
          if (next.gpus.length > 1) return;
          timer.dispose();
          timer = clock.after(ROUND_MS, () => finish(reading));
        });
        const watching = watch();
      });
    },
    holders: () => askHolders(options.holdersCommand ?? nvidiaSmi()),
    dispose: () => {
      isDisposed = true;
      sources[chosen]?.stop();
      emitter.dispose();
      changes.dispose();
    },
  };
}

/** What can measure on this kind of machine. */
function usualSources(timing: SourceTiming): readonly GpuSource[] {
  const nvidia = createNvidiaSource(nvidiaSmi(), timing);
  if (process.platform === 'darwin') return [createAppleSource(appleTools, timing)];
  if (process.platform !== 'linux') return [nvidia];
  const [rocmSmi, amdSmi] = [commandOf('rocm-smi'), commandOf('amd-smi')];
  return [nvidia, ...createAmdSources({ rocmSmi, amdSmi }, timing)];
}

function nvidiaSmi(): Command | undefined {
  return commandOf('nvidia-smi');
}

function commandOf(name: string): Command | undefined {
  const path = findProgram(name);
  return path === undefined ? undefined : [path];
}

async function askHolders(command: Command | undefined): Promise<readonly GpuHolder[]> {
  if (command === undefined) return [];
  const [program, ...before] = command;
  const query = [`--query-compute-apps=${holderFields}`, '--format=csv,noheader,nounits'];
  const answer = await askTool([program, ...before, ...query]);
  return answer.ok ? parseHolders(answer.value) : [];
}

function byIndex(a: GpuSample, b: GpuSample): number {
  return (a.index ?? 0) - (b.index ?? 0);
}
