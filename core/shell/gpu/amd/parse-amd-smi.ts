import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { GpuSample } from '../../../contract/machine/gpu.schema.ts';
import { numberIn, textIn } from '../json-values.ts';

/** What `amd-smi` is asked for; it comes in place of `rocm-smi` from ROCm 7 on. */
export const amdSmiArguments = [
  'metric',
  '--usage',
  '--mem-usage',
  '--temperature',
  '--power',
  '--json',
] as const;

const UNITS: Readonly<Record<string, number>> = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

/**
 * Reads the answer: a list with an object for each card, in ROCm 7 under "gpu_data". It names no card, so
 * they are told apart by their number.
 */
export function parseAmdSmi(answer: JsonValue): readonly GpuSample[] {
  const list = isJsonObject(answer) ? answer['gpu_data'] : answer;
  if (!isJsonArray(list)) return [];
  return list.flatMap((card, position) => (isJsonObject(card) ? toSample(card, position) : []));
}

function toSample(card: JsonObject, position: number): readonly GpuSample[] {
  const memory = part(card, 'mem_usage');
  const index = numberIn(card, /^gpu$/) ?? position;
  const known = {
    memoryTotal: measure(memory['total_vram']),
    memoryUsed: measure(memory['used_vram']),
    utilisation: measure(part(card, 'usage')['gfx_activity']),
    temperature: measure(part(card, 'temperature')['edge']),
    power: measure(part(card, 'power')['socket_power']),
  };
  const found = Object.entries(known).filter(([, value]) => value !== undefined);
  if (found.length === 0) return [];
  return [
    {
      uuid: `amd-card${String(index)}`,
      name: 'AMD graphics card',
      isSplit: false,
      index,
      ...(Object.fromEntries(found) as Partial<GpuSample>),
    },
  ];
}

function part(card: JsonObject, key: string): JsonObject {
  const value = card[key];
  return value !== undefined && isJsonObject(value) ? value : {};
}

/** `{"value": 16368, "unit": "MB"}`, or the plain number of older versions. */
function measure(value: JsonValue | undefined): number | undefined {
  if (value === undefined) return undefined;
  const measured: JsonObject = isJsonObject(value) ? value : { value };
  const number = numberIn(measured, /^value$/);
  const unit = textIn(measured, /^unit$/)?.toUpperCase() ?? '';
  return number === undefined ? undefined : number * (UNITS[unit] ?? 1);
}
