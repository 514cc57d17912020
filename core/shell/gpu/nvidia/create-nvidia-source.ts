import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Disposable } from '../../../base/disposable.ts';
import type { GpuTrouble } from '../../../contract/machine/gpu.schema.ts';
import {
  type GpuListener,
  type GpuSource,
  type SourceTiming,
  restartDelay,
} from '../gpu-source.ts';
import { allFields, fewFields, parseSample } from './parse-sample.ts';
import { readTrouble } from './read-trouble.ts';

const INTERVAL_MS = 500;
const PATIENCE_MS = 5_000;
/** Of what it says beside numbers, the end; enough for every message that it has. */
const KEPT_CHARACTERS = 2_000;

/**
 * One long-running `nvidia-smi`, read line by line: starting it anew for each look would wake a sleeping
 * card every time. It is started again, ever later, when the driver went away.
 */
export function createNvidiaSource(
  command: readonly [string, ...string[]] | undefined,
  timing: SourceTiming,
): GpuSource {
  const { clock, patienceMs = PATIENCE_MS, intervalMs = INTERVAL_MS } = timing;
  let fields = allFields;
  let failures = 0;
  let child: ChildProcessByStdio<null, Readable, Readable> | undefined;
  let timer: Disposable | undefined;

  // A killed core has no time to say goodbye: the next line that is printed into nothing ends the child then.
  const killWithUs = (): void => void child?.kill('SIGKILL');
  const stop = (): void => {
    timer?.dispose();
    process.off('exit', killWithUs);
    const ending = child;
    child = undefined;
    ending?.kill('SIGKILL');
  };
  const later = (ms: number, what: () => void): void => {
    timer?.dispose();
    timer = clock.after(ms, what);
  };
  const run = (listener: GpuListener): void => {
    if (command === undefined) {
      listener.failed('no-tool');
      return;
    }
    const [program, ...before] = command;
    const query = `--query-gpu=${fields.join(',')}`;
    const args = [...before, query, '--format=csv,noheader,nounits', '-lms', String(intervalMs)];
    const own = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    child = own;
    process.once('exit', killWithUs);
    let said = '';
    const isCurrent = (): boolean => child === own;
    const hear = (text: string): void => void (said = `${said}${text}\n`.slice(-KEPT_CHARACTERS));
    const tryAgain = (trouble: GpuTrouble): void => {
      stop();
      failures += 1;
      later(restartDelay(failures, timing.restartMs), () => run(listener));
      listener.failed(trouble);
    };
    const silent = (): void => {
      tryAgain(readTrouble(said) ?? (said.trim() === '' ? 'hangs' : 'nonsense'));
    };
    // On a machine whose driver sleeps, the first line takes several seconds.
    later(patienceMs * 2, silent);
    own.stderr.on('data', (piece: Buffer) => hear(piece.toString()));
    createInterface({ input: own.stdout }).on('line', (line) => {
      if (!isCurrent()) return;
      const sample = parseSample(line, fields);
      if (sample === undefined) {
        hear(line);
        return;
      }
      failures = 0;
      later(patienceMs, silent);
      listener.measured(sample);
    });
    own.on('error', () => {
      if (!isCurrent()) return;
      stop();
      // It will not be installed within seconds; the next watcher tries again.
      listener.failed('no-tool');
    });
    own.on('close', () => {
      if (!isCurrent()) return;
      if (/not a valid field/i.test(said) && fields !== fewFields) {
        stop();
        fields = fewFields;
        run(listener);
        return;
      }
      tryAgain(readTrouble(said) ?? 'driver-gone');
    });
  };

  return {
    intervalMs,
    start: (listener) => {
      stop();
      failures = 0;
      run(listener);
    },
    stop,
  };
}
