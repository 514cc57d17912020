import { parseExactJson } from '../../../base/exact-json.ts';
import { type JsonValue, isJsonObject } from '../../../base/json.ts';
import { type Result, err, ok } from '../../../base/result.ts';
import type { GpuSample, GpuTrouble } from '../../../contract/machine/gpu.schema.ts';
import { askTool } from '../ask-tool.ts';
import { createPolledSource } from '../create-polled-source.ts';
import type { GpuSource, SourceTiming } from '../gpu-source.ts';
import { amdSmiArguments, parseAmdSmi } from './parse-amd-smi.ts';
import { parseRocmSmi, rocmSmiArguments } from './parse-rocm-smi.ts';
import { readAmdgpu } from './read-amdgpu.ts';

/** Where AMD's numbers come from; an undefined command is a tool that is not installed. */
export interface AmdPlaces {
  readonly sysfs?: string;
  readonly rocmSmi?: readonly [string, ...string[]] | undefined;
  readonly amdSmi?: readonly [string, ...string[]] | undefined;
}

/** The tools start a Python interpreter each time, so they are asked less often than a file is read. */
const TOOL_INTERVAL_MS = 3_000;

/** Ways to measure AMD cards on Linux: the driver's own files first, then the tools of ROCm. */
export function createAmdSources(places: AmdPlaces, timing: SourceTiming): readonly GpuSource[] {
  const slow = { intervalMs: TOOL_INTERVAL_MS, ...timing };
  const tool = (
    command: readonly [string, ...string[]] | undefined,
    args: readonly string[],
    parse: (answer: JsonValue) => readonly GpuSample[],
  ): GpuSource =>
    createPolledSource(
      (signal) => ask(command, args, parse, { signal, patienceMs: timing.patienceMs ?? 10_000 }),
      slow,
    );
  return [
    createPolledSource(async () => {
      const samples = await readAmdgpu(places.sysfs);
      return samples.length === 0 ? err('no-tool') : ok(samples);
    }, timing),
    tool(places.rocmSmi, rocmSmiArguments, (answer) =>
      isJsonObject(answer) ? parseRocmSmi(answer) : [],
    ),
    tool(places.amdSmi, amdSmiArguments, parseAmdSmi),
  ];
}

async function ask(
  command: readonly [string, ...string[]] | undefined,
  args: readonly string[],
  parse: (answer: JsonValue) => readonly GpuSample[],
  how: { readonly signal: AbortSignal; readonly patienceMs: number },
): Promise<Result<readonly GpuSample[], GpuTrouble>> {
  if (command === undefined) return err('no-tool');
  const [program, ...before] = command;
  const answer = await askTool([program, ...before, ...args], how);
  if (!answer.ok) return err(TROUBLES[answer.error]);
  // Warnings may stand before the answer.
  const start = answer.value.search(/^[[{]/m);
  const parsed = parseExactJson(start < 0 ? '' : answer.value.slice(start));
  const samples = parsed.ok ? parse(parsed.value) : [];
  return samples.length === 0 ? err('nonsense') : ok(samples);
}

const TROUBLES = { missing: 'no-tool', hangs: 'hangs', failed: 'driver-gone' } as const;
