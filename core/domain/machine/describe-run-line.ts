import type { SystemStats } from '../../contract/machine/machine.schema.ts';
import type { RunMeasurement } from '../../contract/machine/measurement.schema.ts';
import type { Run } from '../../contract/run/run.schema.ts';
import { mainDevice } from './hardware/match-gpu.ts';

const GIB = 1024 ** 3;

/**
 * "Rendered in 4.2 s · GPU 98 % · VRAM 12.4/24 GB": how long it took, the mean load and the highest memory.
 * What was not measured is left out; `stats` are the numbers just after a run too short to be measured.
 * Undefined for an unfinished run, and for one that ComfyUI had in its cache: nothing was rendered.
 */
export function describeRunLine(
  run: Pick<Run, 'queuedAt' | 'startedAt' | 'endedAt' | 'measured' | 'fromCache'> &
    Partial<Pick<Run, 'status'>>,
  stats?: SystemStats,
): string | undefined {
  const { queuedAt, startedAt = queuedAt, endedAt, measured } = run;
  if (startedAt === undefined || endedAt === undefined || run.fromCache === true) return undefined;
  return [
    `${LEADS[run.status ?? 'verified'] ?? 'Rendered in'} ${inTime(endedAt - startedAt)}`,
    ...(measured === undefined ? afterwards(stats) : duringRun(measured)),
  ].join(' · ');
}

/** What did not come to its end was not rendered. */
const LEADS: Partial<Readonly<Record<Run['status'], string>>> = {
  cancelled: 'Stopped after',
  failed: 'Failed after',
  unclear: 'Followed for',
};

function duringRun({
  gpuPercent,
  vramPeak,
  vramTotal,
  isUnified,
}: RunMeasurement): readonly string[] {
  const memory = isUnified === true ? 'Memory' : 'VRAM';
  return [
    ...(gpuPercent === undefined ? [] : [`GPU ${String(Math.round(gpuPercent))} %`]),
    ...(vramPeak === undefined ? [] : [memoryText(memory, vramPeak, vramTotal)]),
  ];
}

function afterwards(stats: SystemStats | undefined): readonly string[] {
  const card = mainDevice(stats?.devices);
  if (card === undefined) return [];
  const memory = card.type === 'mps' ? 'Memory' : 'VRAM';
  return [memoryText(memory, card.vramTotal - card.vramFree, card.vramTotal)];
}

function memoryText(name: string, used: number, total: number | undefined): string {
  const of = total === undefined ? '' : `/${String(Math.round(total / GIB))}`;
  return `${name} ${(used / GIB).toFixed(1)}${of} GB`;
}

function inTime(ms: number): string {
  if (ms < 50) return 'under 0.1 s';
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
}
