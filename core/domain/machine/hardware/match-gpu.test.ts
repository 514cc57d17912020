import { describe, expect, it } from 'vitest';
import type { GpuSample } from '../../../contract/machine/gpu.schema.ts';
import type { Device } from '../../../contract/machine/machine.schema.ts';
import { toCardName } from './device-name.ts';
import { matchGpu } from './match-gpu.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

function card(part: Partial<GpuSample>): GpuSample {
  return {
    uuid: 'GPU-a',
    name: 'NVIDIA GeForce RTX 4090',
    isSplit: false,
    index: 0,
    memoryTotal: 24564 * MIB,
    memoryUsed: 1 * GIB,
    ...part,
  };
}

function device(part: Partial<Device> = {}): Device {
  return {
    name: 'cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync',
    type: 'cuda',
    index: 0,
    // torch sees less than the driver.
    vramTotal: 24217 * MIB,
    vramFree: 24217 * MIB - 9 * GIB,
    torchVramTotal: 8 * GIB,
    torchVramFree: 0.5 * GIB,
    ...part,
  };
}

describe('toCardName', () => {
  it.each([
    ['cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync', 'NVIDIA GeForce RTX 4090'],
    ['cuda:1 AMD Radeon RX 7900 XTX : native', 'AMD Radeon RX 7900 XTX'],
    ['xpu:0 Intel(R) Arc(TM) A770 Graphics', 'Intel(R) Arc(TM) A770 Graphics'],
    ['mps', 'mps'],
    ['cpu', 'cpu'],
  ])('%s: %s', (name, expected) => {
    expect(toCardName(name)).toBe(expected);
  });
});

describe('matchGpu', () => {
  it('takes the card of the same name although the driver lists another one first', () => {
    const small = card({ uuid: 'GPU-b', name: 'NVIDIA T400', memoryTotal: 2 * GIB, index: 0 });
    expect(matchGpu(device(), [small, card({ index: 1 })])?.uuid).toBe('GPU-a');
  });

  it('tells two of one name apart by their memory', () => {
    const half = card({ uuid: 'GPU-b', name: 'NVIDIA A100', memoryTotal: 40 * GIB });
    const whole = card({ uuid: 'GPU-c', name: 'NVIDIA A100', memoryTotal: 80 * GIB });
    const own = device({ name: 'cuda:0 NVIDIA A100 : native', vramTotal: 79.1 * GIB });
    expect(matchGpu(own, [half, whole])?.uuid).toBe('GPU-c');
  });

  it('tells two equal cards apart by how full they are', () => {
    const full = card({ uuid: 'GPU-b', memoryUsed: 9.5 * GIB, index: 1 });
    expect(matchGpu(device(), [card({}), full])?.uuid).toBe('GPU-b');
  });

  it('asks the start option where both are as full, and else leaves it open', () => {
    const other = card({ uuid: 'GPU-b', index: 1 });
    expect(matchGpu(device(), [card({}), other])).toBeUndefined();
    expect(matchGpu(device(), [card({}), other], ['--cuda-device', '1'])?.uuid).toBe('GPU-b');
    expect(matchGpu(device(), [card({}), other], ['--cuda-device=0'])?.uuid).toBe('GPU-a');
  });

  it('knows a part of a split card by its name alone', () => {
    const split = card({ name: 'NVIDIA A100-SXM4-40GB', isSplit: true, memoryTotal: 40 * GIB });
    const part = device({
      name: 'cuda:0 NVIDIA A100-SXM4-40GB MIG 3g.20gb : native',
      vramTotal: 19.6 * GIB,
    });
    expect(matchGpu(part, [split])?.uuid).toBe('GPU-a');
  });

  it('takes a nameless AMD card by its size, and Apple’s for its kind', () => {
    const amd = card({ uuid: 'amd-1', name: 'AMD graphics card', memoryTotal: 24 * GIB });
    const own = device({ name: 'cuda:0 AMD Radeon RX 7900 XTX : native', vramTotal: 23.98 * GIB });
    expect(matchGpu(own, [amd])?.uuid).toBe('amd-1');
    const mac = card({ uuid: 'mac-0', name: 'Apple M4 Max', isUnified: true });
    expect(matchGpu(device({ name: 'mps', type: 'mps' }), [mac])?.uuid).toBe('mac-0');
    expect(matchGpu(device(), [mac])).toBeUndefined();
  });

  it('matches nothing to a processor, nor to no device', () => {
    expect(matchGpu(device({ type: 'cpu', name: 'cpu' }), [card({})])).toBeUndefined();
    expect(matchGpu(undefined, [card({})])).toBeUndefined();
  });
});
