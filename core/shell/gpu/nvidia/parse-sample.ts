import type { GpuSample } from '../../../contract/machine/gpu.schema.ts';

/** What `nvidia-smi` is asked for; the name comes last, because it may hold a comma. */
export const allFields: readonly string[] = [
  'index',
  'uuid',
  'memory.total',
  'memory.used',
  'utilization.gpu',
  'temperature.gpu',
  'power.draw',
  'mig.mode.current',
  'compute_cap',
  'driver_version',
  'name',
];

/** What every driver of the last ten years knows. */
export const fewFields: readonly string[] = [
  'index',
  'uuid',
  'memory.total',
  'memory.used',
  'utilization.gpu',
  'name',
];

const MIB = 1024 * 1024;

/** Reads one line of `--format=csv,noheader,nounits`; undefined for anything else. Each field may be missing. */
export function parseSample(line: string, fields: readonly string[]): GpuSample | undefined {
  const parts = line.split(', ');
  if (parts.length < fields.length) return undefined;
  const cells = [
    ...parts.slice(0, fields.length - 1),
    parts.slice(fields.length - 1).join(', '),
  ].map((cell) => cell.trim());
  const cell = (field: string): string | undefined => {
    const value = cells[fields.indexOf(field)];
    // "[N/A]", "[Not Supported]", "[Unknown Error]", "ERR!", "N/A": not a value.
    return value === undefined || value === '' || /^(\[.*\]|N\/A|ERR!)$/.test(value)
      ? undefined
      : value;
  };
  const number = (field: string, unit = 1): number | undefined => {
    const value = Number(cell(field) ?? Number.NaN);
    return Number.isFinite(value) && value >= 0 ? value * unit : undefined;
  };
  const uuid = cell('uuid');
  const name = cell('name');
  if (uuid === undefined || name === undefined || !/^(GPU|MIG)-/.test(uuid)) return undefined;
  return withoutMissing({
    uuid,
    name,
    isSplit: cell('mig.mode.current') === 'Enabled',
    index: number('index'),
    memoryTotal: number('memory.total', MIB),
    memoryUsed: number('memory.used', MIB),
    utilisation: number('utilization.gpu'),
    temperature: number('temperature.gpu'),
    power: number('power.draw'),
    computeCapability: cell('compute_cap'),
    driver: cell('driver_version'),
  });
}

function withoutMissing(sample: {
  readonly [K in keyof GpuSample]: GpuSample[K] | undefined;
}): GpuSample {
  const known = Object.entries(sample).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as unknown as GpuSample;
}
