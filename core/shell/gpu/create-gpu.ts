import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type Disposable, toDisposable } from '../../base/disposable.ts';
import type { GpuSample } from '../../contract/machine.schema.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Gpu, GpuReading } from '../../ports/gpu.ts';
import { allFields, fewFields, parseSample } from './parse-sample.ts';

/** How the monitor is started; everything but the clock has a default. */
export interface GpuOptions {
  readonly clock: Clock;
  /** The program and what comes before its own arguments. */
  readonly command?: readonly [string, ...string[]];
  readonly intervalMs?: number;
  /** ms without a readable line after which the program counts as hanging. */
  readonly patienceMs?: number;
  readonly restartMs?: number;
}

const INTERVAL_MS = 1_000;
const PATIENCE_MS = 5_000;
const RESTART_MS = 5_000;

/**
 * One long-running `nvidia-smi`, read line by line: starting it anew for each look would wake a
 * sleeping card every time. It runs only while somebody watches, and is started again when the driver
 * went away.
 */
export function createGpu(options: GpuOptions): Gpu {
  const { clock, patienceMs = PATIENCE_MS } = options;
  const [program, ...before] = options.command ?? ['nvidia-smi'];
  let reading: GpuReading = { kind: 'unavailable', reason: 'nothing was measured yet' };
  let fields = allFields;
  let watchers = 0;
  let child: ChildProcessByStdio<null, Readable, Readable> | undefined;
  let timer: Disposable | undefined;

  const unavailable = (reason: string): void => {
    reading = { kind: 'unavailable', reason };
  };
  const later = (ms: number, what: () => void): void => {
    timer?.dispose();
    timer = watchers > 0 ? clock.after(ms, what) : undefined;
  };
  const stop = (): void => {
    timer?.dispose();
    const ending = child;
    child = undefined;
    ending?.kill('SIGKILL');
  };
  const restart = (): void => {
    stop();
    later(options.restartMs ?? RESTART_MS, start);
  };
  const start = (): void => {
    const query = `--query-gpu=${fields.join(',')}`;
    const every = String(options.intervalMs ?? INTERVAL_MS);
    const args = [...before, query, '--format=csv,noheader,nounits', '-lms', every];
    const own = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    child = own;
    let said = '';
    let seen = new Map<string, GpuSample>();
    const isCurrent = (): boolean => child === own;
    const silent = (): void => {
      unavailable('nvidia-smi does not answer, or not with numbers');
      restart();
    };
    later(patienceMs, silent);
    own.stderr.on('data', (piece: Buffer) => (said = (said + piece.toString()).slice(-2_000)));
    createInterface({ input: own.stdout }).on('line', (line) => {
      if (!isCurrent()) return;
      const sample = parseSample(line, fields);
      if (sample === undefined) {
        said = `${said}${line}\n`.slice(-2_000);
        return;
      }
      // The same card again: a new round has begun, and cards that are gone are left out of it.
      if (seen.has(sample.uuid)) seen = new Map();
      seen.set(sample.uuid, sample);
      const known = reading.kind === 'measured' ? reading.gpus : [];
      const others = known.filter(({ uuid }) => !seen.has(uuid) && isRecent(uuid));
      lastSeen.set(sample.uuid, clock.now());
      reading = { kind: 'measured', gpus: [...seen.values(), ...others].toSorted(byIndex) };
      later(patienceMs, silent);
    });
    own.on('error', () => {
      if (!isCurrent()) return;
      child = undefined;
      timer?.dispose();
      // It will not be installed within seconds; the next watcher tries again.
      unavailable('nvidia-smi is not installed here');
    });
    own.on('close', () => {
      if (!isCurrent()) return;
      child = undefined;
      if (/not a valid field/i.test(said) && fields !== fewFields) {
        fields = fewFields;
        start();
        return;
      }
      unavailable('nvidia-smi stopped, as it does when the driver is gone');
      restart();
    });
  };
  const lastSeen = new Map<string, number>();
  const isRecent = (uuid: string): boolean => {
    const age = clock.now() - (lastSeen.get(uuid) ?? Number.NEGATIVE_INFINITY);
    return age >= 0 && age < patienceMs;
  };

  return {
    get reading() {
      return reading;
    },
    watch: () => {
      watchers += 1;
      if (watchers === 1) start();
      let isWatching = true;
      return toDisposable(() => {
        if (!isWatching) return;
        isWatching = false;
        watchers -= 1;
        if (watchers > 0) return;
        stop();
        unavailable('nobody is looking');
      });
    },
    dispose: () => {
      watchers = 0;
      stop();
    },
  };
}

function byIndex(a: GpuSample, b: GpuSample): number {
  return (a.index ?? 0) - (b.index ?? 0);
}
