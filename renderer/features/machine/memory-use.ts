import type { Device } from '../../../core/contract/machine/machine.schema.ts';

/** How a card's memory is taken; bytes, and shares 0..1 of the whole. */
export interface MemoryUse {
  readonly used: number;
  readonly total: number;
  /** Held by ComfyUI itself. */
  readonly own: number;
  /** Held by other programs. */
  readonly others: number;
  readonly ownShare: number;
  readonly othersShare: number;
  readonly level: 'calm' | 'high' | 'full';
}

const HIGH = 0.8;
const FULL = 0.94;

/** Splits what a card reports; undefined for a processor without memory of its own figures. */
export function toMemoryUse(device: Device | undefined): MemoryUse | undefined {
  if (device === undefined || device.vramTotal <= 0) return undefined;
  const total = device.vramTotal;
  const used = clamp(total - device.vramFree, total);
  const own = clamp(device.torchVramTotal, used);
  const others = used - own;
  const share = used / total;
  const level = share >= FULL ? 'full' : share >= HIGH ? 'high' : 'calm';
  return { used, total, own, others, ownShare: own / total, othersShare: others / total, level };
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}
