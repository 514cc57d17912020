import type { GpuSample } from '../../../contract/machine/gpu.schema.ts';
import type { Device } from '../../../contract/machine/machine.schema.ts';
import { toCardName } from './device-name.ts';

const MIB = 1024 ** 2;
/** ComfyUI sees less of a card than its driver: a part is kept for the system. */
const SIZE_TOLERANCE = 0.06;
/** Two cards whose use differs by less cannot be told apart by it. */
const USE_TOLERANCE = 96 * MIB;

/**
 * Which measured card is ComfyUI's device. The numbering of CUDA is another one than the driver's, and
 * `--cuda-device` renumbers it, so name and size decide; among equal cards the one that is as full as
 * ComfyUI says, then the start option. Undefined where that leaves it open.
 */
export function matchGpu(
  device: Device | undefined,
  gpus: readonly GpuSample[],
  flags: readonly string[] = [],
): GpuSample | undefined {
  if (device === undefined || device.type === 'cpu') return undefined;
  const alike = gpus.filter((gpu) => isAlike(device, gpu));
  if (alike.length < 2) return alike[0];
  return asFull(device, alike) ?? byNumber(device, flags, alike);
}

/** The one device that ComfyUI works on: the first that is no processor. */
export function mainDevice(devices: readonly Device[] | undefined): Device | undefined {
  return devices?.find(({ type, vramTotal }) => type !== 'cpu' && vramTotal > 0);
}

function isAlike(device: Device, gpu: GpuSample): boolean {
  if (device.type === 'mps') return gpu.isUnified === true;
  if (gpu.isUnified === true) return false;
  const [wanted, name] = [plain(toCardName(device.name)), plain(gpu.name)];
  // AMD's own files name no card.
  const isNamed = name !== 'amd graphics card';
  if (isNamed && !wanted.includes(name) && !name.includes(wanted)) return false;
  // A part of a split card has its own size.
  if (gpu.isSplit || gpu.memoryTotal === undefined) return true;
  return Math.abs(device.vramTotal / gpu.memoryTotal - 1) <= SIZE_TOLERANCE;
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/\b(?:nvidia|geforce|amd)\b(?! graphics card)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** ComfyUI counts what torch holds and does not use as free; the driver does not. */
function asFull(device: Device, gpus: readonly GpuSample[]): GpuSample | undefined {
  const used = device.vramTotal - device.vramFree + device.torchVramFree;
  const off = ({ memoryUsed }: GpuSample): number =>
    memoryUsed === undefined ? Number.POSITIVE_INFINITY : Math.abs(memoryUsed - used);
  const [nearest, next] = gpus.toSorted((a, b) => off(a) - off(b));
  if (nearest === undefined || next === undefined) return nearest;
  return Math.abs(off(next) - off(nearest)) > USE_TOLERANCE ? nearest : undefined;
}

function byNumber(
  { index = 0 }: Device,
  flags: readonly string[],
  gpus: readonly GpuSample[],
): GpuSample | undefined {
  const at = flags.findIndex((flag) => /^--(?:cuda-device|default-device)(?:=|$)/.test(flag));
  const asked = at < 0 ? undefined : (flags[at]?.split('=')[1] ?? flags[at + 1]);
  const first = Number(asked?.split(',')[index] ?? Number.NaN);
  return Number.isInteger(first) ? gpus.find((gpu) => gpu.index === first) : undefined;
}
