import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { GpuSample } from '../../../contract/machine/gpu.schema.ts';

/** Where Linux tells what its cards do. */
const CARDS = '/sys/class/drm';
const AMD = '0x1002';

/**
 * What the amdgpu driver of Linux itself tells of each card, without any tool. It knows no names: ComfyUI
 * does. Integrated graphics with less than 1 GiB of their own are left out.
 */
export async function readAmdgpu(folder = CARDS): Promise<readonly GpuSample[]> {
  const names = await readdir(folder).catch(() => []);
  const cards = names.filter((name) => /^card\d+$/.test(name)).sort();
  const samples = await Promise.all(cards.map((card) => readCard(join(folder, card, 'device'))));
  return samples.flatMap((sample) => sample ?? []).map((sample, index) => ({ ...sample, index }));
}

async function readCard(device: string): Promise<GpuSample | undefined> {
  const text = async (name: string): Promise<string | undefined> =>
    (await readFile(join(device, name), 'utf8').catch(() => undefined))?.trim();
  const number = async (name: string, unit = 1): Promise<number | undefined> => {
    const value = await text(name);
    return value === undefined || !/^\d+$/.test(value) ? undefined : Number(value) * unit;
  };
  if ((await text('vendor')) !== AMD) return undefined;
  const memoryTotal = await number('mem_info_vram_total');
  if (memoryTotal === undefined || memoryTotal < 1024 ** 3) return undefined;
  const sensors = (await readdir(join(device, 'hwmon')).catch(() => []))[0];
  const sensor = async (name: string, unit: number): Promise<number | undefined> =>
    sensors === undefined ? undefined : number(join('hwmon', sensors, name), unit);
  const known = {
    memoryTotal,
    memoryUsed: await number('mem_info_vram_used'),
    utilisation: await number('gpu_busy_percent'),
    temperature: await sensor('temp1_input', 0.001),
    power: (await sensor('power1_average', 1e-6)) ?? (await sensor('power1_input', 1e-6)),
  };
  const unique =
    (await text('unique_id')) ?? /PCI_SLOT_NAME=(\S+)/.exec((await text('uevent')) ?? '')?.[1];
  return {
    uuid: `amd-${unique ?? device}`,
    name: (await text('product_name')) || 'AMD graphics card',
    isSplit: false,
    ...(Object.fromEntries(
      Object.entries(known).filter(([, value]) => value !== undefined),
    ) as Partial<GpuSample>),
  };
}
