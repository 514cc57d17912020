import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parseAmdSmi } from './parse-amd-smi.ts';
import { parseRocmSmi } from './parse-rocm-smi.ts';
import { readAmdgpu } from './read-amdgpu.ts';

describe('parseRocmSmi', () => {
  it('reads a card, and a second one in the spelling of an older version that knows less', () => {
    expect(
      parseRocmSmi({
        card0: {
          'Unique ID': '0x9246aa11bb22cc33',
          'Temperature (Sensor edge) (C)': '47.0',
          'Current Socket Graphics Package Power (W)': '9.215',
          'GPU use (%)': '0',
          'VRAM Total Memory (B)': '21458059264',
          'VRAM Total Used Memory (B)': '27856896',
          'Card Series': 'Radeon RX 7900 XT',
          'Card Model': '0x744c',
          'GFX Version': 'gfx1100',
        },
        card1: {
          'Unique ID': 'N/A',
          'GPU use (%)': 'N/A',
          'VRAM Total Memory (B)': '67108864',
          'Card series': 'Raphael',
        },
        system: { 'Driver version': '6.8.5' },
      }),
    ).toEqual([
      {
        uuid: 'amd-0x9246aa11bb22cc33',
        name: 'Radeon RX 7900 XT',
        isSplit: false,
        index: 0,
        memoryTotal: 21_458_059_264,
        memoryUsed: 27_856_896,
        utilisation: 0,
        temperature: 47,
        power: 9.215,
        architecture: 'gfx1100',
      },
      {
        uuid: 'amd-card1',
        name: 'Raphael',
        isSplit: false,
        index: 1,
        memoryTotal: 67_108_864,
      },
    ]);
    expect(parseRocmSmi({ system: {} })).toEqual([]);
  });
});

describe('parseAmdSmi', () => {
  const card = {
    gpu: 0,
    usage: { gfx_activity: { value: 41, unit: '%' }, umc_activity: { value: 3, unit: '%' } },
    power: { socket_power: { value: 212, unit: 'W' } },
    temperature: { edge: { value: 61, unit: 'C' }, hotspot: { value: 80, unit: 'C' } },
    mem_usage: {
      total_vram: { value: 16368, unit: 'MB' },
      used_vram: { value: 3000, unit: 'MB' },
    },
  };
  const sample = {
    uuid: 'amd-card0',
    name: 'AMD graphics card',
    isSplit: false,
    index: 0,
    memoryTotal: 16368 * 1024 ** 2,
    memoryUsed: 3000 * 1024 ** 2,
    utilisation: 41,
    temperature: 61,
    power: 212,
  };

  it('reads the list of ROCm 6 and the object of ROCm 7', () => {
    expect(parseAmdSmi([card])).toEqual([sample]);
    expect(parseAmdSmi({ gpu_data: [card] })).toEqual([sample]);
  });

  it('leaves out what reads N/A, and takes anything else for no card', () => {
    expect(parseAmdSmi([{ gpu: 1, usage: 'N/A', mem_usage: card.mem_usage }])).toEqual([
      {
        uuid: 'amd-card1',
        name: 'AMD graphics card',
        isSplit: false,
        index: 1,
        memoryTotal: sample.memoryTotal,
        memoryUsed: sample.memoryUsed,
      },
    ]);
    expect(parseAmdSmi([{ gpu: 0 }])).toEqual([]);
    expect(parseAmdSmi('<html>')).toEqual([]);
  });
});

describe('readAmdgpu', () => {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });

  it('reads the files of the driver, and passes over other makers and integrated graphics', async () => {
    const root = await mkdtemp(join(tmpdir(), 'amdgpu-'));
    folders.push(root);
    const files: Readonly<Record<string, string>> = {
      'card0/device/vendor': '0x8086',
      'card1/device/vendor': '0x1002',
      'card1/device/mem_info_vram_total': '25753026560',
      'card1/device/mem_info_vram_used': '1073741824',
      'card1/device/gpu_busy_percent': '12',
      'card1/device/unique_id': '9246aa11bb22cc33',
      'card1/device/hwmon/hwmon4/temp1_input': '47000',
      'card1/device/hwmon/hwmon4/power1_average': '31000000',
      'card2/device/vendor': '0x1002',
      'card2/device/mem_info_vram_total': '536870912',
      'card1-DP-1/device/vendor': '0x1002',
    };
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), `${text}\n`);
    }
    expect(await readAmdgpu(root)).toEqual([
      {
        uuid: 'amd-9246aa11bb22cc33',
        name: 'AMD graphics card',
        isSplit: false,
        index: 0,
        memoryTotal: 25_753_026_560,
        memoryUsed: 1_073_741_824,
        utilisation: 12,
        temperature: 47,
        power: 31,
      },
    ]);
    expect(await readAmdgpu(join(root, 'nowhere'))).toEqual([]);
  });
});
