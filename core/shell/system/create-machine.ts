import { availableParallelism, cpus, release, totalmem, type, version } from 'node:os';
import type { Machine } from '../../ports/machine.ts';

/** This machine, as its system tells. */
export function createMachine(): Machine {
  return {
    facts: () => ({
      os: osName(),
      cpu: (cpus()[0]?.model ?? 'unknown processor').replace(/\s+/g, ' ').trim(),
      processors: availableParallelism(),
      ramTotal: totalmem(),
    }),
  };
}

function osName(): string {
  switch (process.platform) {
    case 'win32':
      // e.g. "Windows 11 Pro"
      return version();
    case 'darwin':
      return `macOS (Darwin ${release()})`;
    default:
      return `${type()} ${release()}`;
  }
}
