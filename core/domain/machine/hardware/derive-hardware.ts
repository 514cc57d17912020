import type { GpuSample } from '../../../contract/machine/gpu.schema.ts';
import type { Hardware, HardwareGpu } from '../../../contract/machine/hardware.schema.ts';
import type { Device, SystemStats } from '../../../contract/machine/machine.schema.ts';
import {
  type CardGeneration,
  generationOfArchitecture,
  generationOfCapability,
  generationOfName,
  unknownPrecisions,
} from './card-generation.ts';
import { toCardName } from './device-name.ts';
import { mainDevice, matchGpu } from './match-gpu.ts';

/** What this machine tells of itself. */
export interface MachineFacts {
  readonly os: string;
  readonly cpu: string;
  readonly processors: number;
  /** Bytes. */
  readonly ramTotal: number;
}

/** What is known where ComfyUI runs on this machine. */
export interface LocalKnowledge {
  readonly facts: MachineFacts;
  /** As the driver measures them; none where it does not. */
  readonly gpus: readonly GpuSample[];
}

/**
 * The hardware behind a ComfyUI. `local` is given only where it runs on this machine; of another one we
 * know what it tells of itself.
 */
export function deriveHardware(stats: SystemStats, local?: LocalKnowledge): Hardware {
  const device = mainDevice(stats.devices);
  const gpus = local?.gpus ?? [];
  const matched = matchGpu(device, gpus, stats.arguments);
  const listed = gpus.map((gpu) => toHardwareGpu(gpu, gpu === matched ? device : undefined));
  const told = stats.devices.filter(({ type }) => type !== 'cpu').map(fromDevice);
  const cards = listed.length > 0 ? listed : told;
  const position = listed.length > 0 ? gpus.findIndex((gpu) => gpu === matched) : 0;
  return {
    source: listed.length > 0 ? 'driver' : 'comfyui',
    os: local?.facts.os ?? osName(stats.os),
    ...(local === undefined ? {} : { cpu: local.facts.cpu, processors: local.facts.processors }),
    ramTotal: local?.facts.ramTotal ?? stats.ramTotal,
    gpus: cards,
    ...(device !== undefined && position >= 0 ? { comfyGpu: position } : {}),
  };
}

/** The card that ComfyUI works on. */
export function cardOf(hardware: Hardware | undefined): HardwareGpu | undefined {
  return hardware?.comfyGpu === undefined ? undefined : hardware.gpus[hardware.comfyGpu];
}

/** A measured card and what its generation can do; `device` is ComfyUI's view of it, where there is one. */
export function toHardwareGpu(gpu: GpuSample, device?: Device): HardwareGpu {
  const { uuid, memoryTotal, computeCapability, architecture, driver } = gpu;
  // AMD's own files name no card, and ComfyUI does.
  const name = gpu.name === 'AMD graphics card' && device ? toCardName(device.name) : gpu.name;
  return describe(
    name,
    (computeCapability === undefined ? undefined : generationOfCapability(computeCapability)) ??
      (architecture === undefined ? undefined : generationOfArchitecture(architecture)),
    {
      uuid,
      isUnified: gpu.isUnified === true,
      ...(memoryTotal === undefined ? {} : { memory: memoryTotal }),
      ...(computeCapability === undefined ? {} : { computeCapability }),
      ...(driver === undefined ? {} : { driver }),
    },
  );
}

function fromDevice({ name, type, vramTotal }: Device): HardwareGpu {
  const isUnified = type === 'mps';
  const card = isUnified ? 'Apple graphics' : toCardName(name);
  // DirectML reports a gigabyte whatever the card has.
  const isMade = type === 'privateuseone';
  return describe(card, undefined, {
    isUnified,
    ...(vramTotal > 0 && !isMade ? { memory: vramTotal } : {}),
  });
}

function describe(
  name: string,
  known: CardGeneration | undefined,
  rest: Omit<HardwareGpu, 'name' | 'maker' | 'generation' | 'precisions'>,
): HardwareGpu {
  const found = known ?? generationOfName(name);
  return {
    name,
    maker: makerOf(name),
    ...rest,
    ...(found === undefined ? {} : { generation: found.name }),
    precisions: found?.precisions ?? unknownPrecisions,
  };
}

function makerOf(name: string): HardwareGpu['maker'] {
  if (/nvidia|geforce|quadro|\brtx\b|\bgtx\b|tesla/i.test(name)) return 'nvidia';
  if (/\bamd\b|radeon|instinct|\bmi\d{3}/i.test(name)) return 'amd';
  if (/apple/i.test(name)) return 'apple';
  return /intel|\barc\b/i.test(name) ? 'intel' : 'other';
}

function osName(os: string): string {
  if (os === 'nt' || os === 'win32') return 'Windows';
  return os === 'darwin' ? 'macOS' : os === 'posix' || os === 'linux' ? 'Linux or macOS' : os;
}
