import { describe, expect, it } from 'vitest';
import { type GpuSample, GpuTroubleSchema } from '../../../contract/machine/gpu.schema.ts';
import { HardwareSchema } from '../../../contract/machine/hardware.schema.ts';
import type { Device, SystemStats } from '../../../contract/machine/machine.schema.ts';
import {
  generationOfArchitecture,
  generationOfCapability,
  generationOfName,
} from './card-generation.ts';
import { cardOf, deriveHardware } from './derive-hardware.ts';
import { describeGpuTrouble } from './describe-gpu-trouble.ts';
import { describeHardware } from './describe-hardware.ts';
import { adviseOnPrecision } from './hardware-advice.ts';
import type { UsedModel } from '../read-workload.ts';

const GIB = 1024 ** 3;

function stats(device: Partial<Device>): SystemStats {
  return {
    os: 'nt',
    comfyVersion: '0.3.64',
    pythonVersion: '3.12',
    torchVersion: '2.8.0+cu128',
    ramTotal: 128 * GIB,
    ramFree: 96 * GIB,
    devices: [
      {
        name: 'cuda:0 NVIDIA GeForce RTX 3090 : cudaMallocAsync',
        type: 'cuda',
        index: 0,
        vramTotal: 24 * GIB,
        vramFree: 22 * GIB,
        torchVramTotal: 0,
        torchVramFree: 0,
        ...device,
      },
    ],
    arguments: [],
  };
}

const facts = {
  os: 'Windows 11 Pro',
  cpu: 'AMD Ryzen Threadripper PRO 5975WX',
  processors: 64,
  ramTotal: 127.7 * GIB,
};
const rtx3090: GpuSample = {
  uuid: 'GPU-a',
  name: 'NVIDIA GeForce RTX 3090',
  isSplit: false,
  index: 0,
  memoryTotal: 24 * GIB,
  memoryUsed: 2 * GIB,
  computeCapability: '8.6',
  driver: '580.95',
};

describe('the generation of a card', () => {
  it.each([
    ['5.2', 'Maxwell'],
    ['6.1', 'Pascal'],
    ['7.0', 'Volta'],
    ['7.5', 'Turing'],
    ['8.0', 'Ampere'],
    ['8.6', 'Ampere'],
    ['8.9', 'Ada Lovelace'],
    ['9.0', 'Hopper'],
    ['10.0', 'Blackwell'],
    ['12.0', 'Blackwell'],
  ])('of compute capability %s is %s', (capability, name) => {
    expect(generationOfCapability(capability)?.name).toBe(name);
  });

  it.each([
    ['NVIDIA GeForce RTX 5090', 'Blackwell'],
    ['NVIDIA RTX PRO 6000 Blackwell Workstation Edition', 'Blackwell'],
    ['NVIDIA GeForce RTX 4090', 'Ada Lovelace'],
    ['NVIDIA RTX 6000 Ada Generation', 'Ada Lovelace'],
    ['NVIDIA L40S', 'Ada Lovelace'],
    ['NVIDIA H100 80GB HBM3', 'Hopper'],
    ['NVIDIA GeForce RTX 3080 Ti', 'Ampere'],
    ['NVIDIA RTX A6000', 'Ampere'],
    ['NVIDIA A100-SXM4-80GB', 'Ampere'],
    ['NVIDIA GeForce GTX 1660 SUPER', 'Turing'],
    ['Tesla T4', 'Turing'],
    ['Quadro RTX 8000', 'Turing'],
    ['Tesla V100-SXM2-32GB', 'Volta'],
    ['NVIDIA GeForce GTX 1080 Ti', 'Pascal'],
    ['NVIDIA GeForce GTX 980', 'Maxwell'],
    ['AMD Radeon RX 7900 XTX', 'RDNA 3'],
    ['AMD Radeon RX 9070 XT', 'RDNA 4'],
    ['AMD Instinct MI300X', 'CDNA 3'],
    ['Intel(R) Arc(TM) A770 Graphics', 'Arc'],
    ['Apple M4 Max', 'Apple silicon'],
    ['Practice GPU', undefined],
    ['cpu', undefined],
  ])('%s is %s by its name', (card, name) => {
    expect(generationOfName(card)?.name).toBe(name);
  });

  it.each([
    ['gfx1100', 'RDNA 3'],
    ['gfx1201', 'RDNA 4'],
    ['gfx1030', 'RDNA 2'],
    ['gfx942', 'CDNA 3'],
    ['gfx90a', 'CDNA 2'],
    ['gfx803', undefined],
  ])('%s is %s', (architecture, name) => {
    expect(generationOfArchitecture(architecture)?.name).toBe(name);
  });

  it('calculates in fp8 from Ada on, and in bf16 from Ampere on', () => {
    expect(generationOfCapability('8.6')?.precisions).toMatchObject({
      bf16: 'hardware',
      fp8: 'storage',
    });
    expect(generationOfCapability('8.9')?.precisions.fp8).toBe('hardware');
    expect(generationOfCapability('7.5')?.precisions.bf16).toBe('storage');
    expect(generationOfCapability('4.1')).toBeUndefined();
  });
});

describe('deriveHardware', () => {
  it('joins what the driver, the system and ComfyUI tell of this machine', () => {
    const second = { ...rtx3090, uuid: 'GPU-b', name: 'NVIDIA T400', memoryTotal: 2 * GIB };
    const hardware = deriveHardware(stats({}), { facts, gpus: [second, rtx3090] });
    expect(HardwareSchema.parse(hardware)).toMatchObject({
      source: 'driver',
      os: 'Windows 11 Pro',
      processors: 64,
      comfyGpu: 1,
    });
    expect(cardOf(hardware)).toMatchObject({
      maker: 'nvidia',
      generation: 'Ampere',
      computeCapability: '8.6',
    });
    expect(describeHardware(hardware).slice(1)).toEqual([
      'NVIDIA GeForce RTX 3090: 24 GB, Ampere (compute capability 8.6). Calculates in fp16 and bf16; holds fp8 models, which saves memory but no time.',
      'Windows 11 Pro, AMD Ryzen Threadripper PRO 5975WX, 64 processors, 128 GB memory.',
    ]);
  });

  it('tells of another machine only what ComfyUI does, with the generation by the name', () => {
    const hardware = deriveHardware(stats({}));
    expect(hardware).toMatchObject({ source: 'comfyui', os: 'Windows', comfyGpu: 0 });
    expect(hardware.cpu).toBeUndefined();
    expect(cardOf(hardware)).toMatchObject({
      name: 'NVIDIA GeForce RTX 3090',
      generation: 'Ampere',
    });
  });

  it('does not take shared memory, nor DirectML’s one gigabyte, for memory of the card', () => {
    const mac = deriveHardware(stats({ name: 'mps', type: 'mps', vramTotal: 64 * GIB }));
    expect(cardOf(mac)).toMatchObject({ maker: 'apple', isUnified: true });
    const made = stats({ name: 'privateuseone:0 Radeon', type: 'privateuseone', vramTotal: GIB });
    expect(cardOf(deriveHardware(made))?.memory).toBeUndefined();
  });

  it('has no card where ComfyUI works on the processor', () => {
    const hardware = deriveHardware(stats({ type: 'cpu', name: 'cpu' }));
    expect(hardware.gpus).toEqual([]);
    expect(cardOf(hardware)).toBeUndefined();
  });

  it('names a nameless AMD card as ComfyUI does', () => {
    const amd = { uuid: 'amd-1', name: 'AMD graphics card', isSplit: false, memoryTotal: 24 * GIB };
    const told = stats({ name: 'cuda:0 AMD Radeon RX 7900 XTX : native' });
    expect(cardOf(deriveHardware(told, { facts, gpus: [amd] }))).toMatchObject({
      name: 'AMD Radeon RX 7900 XTX',
      maker: 'amd',
      generation: 'RDNA 3',
    });
  });
});

describe('advice on number formats', () => {
  const fp8: UsedModel = {
    folder: 'diffusion_models',
    name: 'flux1-dev-fp8.safetensors',
    part: 'model',
    isHalved: false,
  };

  it('says that fp8 saves memory but no time on a card without it', () => {
    const card = cardOf(deriveHardware(stats({}), { facts, gpus: [rtx3090] }));
    expect(adviseOnPrecision(card, [fp8])).toEqual([
      'Your card (Ampere) has no fp8 hardware: flux1-dev-fp8.safetensors in fp8 takes less memory but is not faster.',
    ]);
    const halved = { ...fp8, name: 'flux1-dev.safetensors', isHalved: true };
    expect(adviseOnPrecision(card, [halved])).toHaveLength(1);
  });

  it('warns of what a card cannot load, and is silent where all is well or unknown', () => {
    const mac = cardOf(deriveHardware(stats({ name: 'mps', type: 'mps' })));
    expect(adviseOnPrecision(mac, [fp8])[0]).toContain('cannot load fp8');
    const ada = cardOf(deriveHardware(stats({ name: 'cuda:0 NVIDIA GeForce RTX 4090 : native' })));
    expect(adviseOnPrecision(ada, [fp8])).toEqual([]);
    expect(adviseOnPrecision(ada, [{ ...fp8, name: 'sd_xl_base.safetensors' }])).toEqual([]);
    expect(adviseOnPrecision(undefined, [fp8])).toEqual([]);
  });
});

describe('describeGpuTrouble', () => {
  it('says for every trouble what it is, and what to do about those that can be helped', () => {
    const helpless = ['not-looked', 'nobody-looks', 'other-machine', 'practice'];
    for (const trouble of GpuTroubleSchema.options) {
      const { sentence, nextStep } = describeGpuTrouble(trouble);
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(nextStep !== undefined, trouble).toBe(!helpless.includes(trouble));
    }
  });
});
