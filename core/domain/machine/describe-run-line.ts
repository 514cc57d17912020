import type { Run } from '../../contract/run.schema.ts';
import type { SystemStats } from '../../contract/machine.schema.ts';

const GIB = 1024 ** 3;

/** What a monitor measured while the run went; absent where there is none. */
export interface RunMeasurements {
  /** Percent, the highest seen. */
  readonly gpuPercent?: number;
  /** Bytes, the highest seen. */
  readonly vramPeak?: number;
}

/** "Rendered in 4.2 s · GPU 98 % · VRAM 12.4/24 GB"; what is not known is left out, undefined for an unfinished run. */
export function describeRunLine(
  { queuedAt, startedAt = queuedAt, endedAt }: Pick<Run, 'queuedAt' | 'startedAt' | 'endedAt'>,
  stats?: SystemStats,
  { gpuPercent, vramPeak }: RunMeasurements = {},
): string | undefined {
  if (startedAt === undefined || endedAt === undefined) return undefined;
  const card = stats?.devices.find(({ type, vramTotal }) => type !== 'cpu' && vramTotal > 0);
  const used = vramPeak ?? (card === undefined ? 0 : card.vramTotal - card.vramFree);
  return [
    `Rendered in ${inTime(endedAt - startedAt)}`,
    ...(gpuPercent === undefined ? [] : [`GPU ${String(Math.round(gpuPercent))} %`]),
    ...(card === undefined
      ? []
      : [`VRAM ${(used / GIB).toFixed(1)}/${String(Math.round(card.vramTotal / GIB))} GB`]),
  ].join(' · ');
}

function inTime(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
}
