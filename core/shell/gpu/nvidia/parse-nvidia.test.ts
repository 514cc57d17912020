import { describe, expect, it } from 'vitest';
import { parseHolders } from './parse-holders.ts';
import { allFields, fewFields, parseSample } from './parse-sample.ts';
import { readTrouble } from './read-trouble.ts';

const MIB = 1024 ** 2;

describe('parseSample', () => {
  it('reads a card that tells everything', () => {
    const line =
      '0, GPU-8f1d6a3e-9c1b-0a44-7d5c-2b6f4e1a9d03, 24564, 12700, 98, 61, 312.40, [N/A], 8.9, 580.95.05, NVIDIA GeForce RTX 4090';
    expect(parseSample(line, allFields)).toEqual({
      uuid: 'GPU-8f1d6a3e-9c1b-0a44-7d5c-2b6f4e1a9d03',
      name: 'NVIDIA GeForce RTX 4090',
      isSplit: false,
      index: 0,
      memoryTotal: 24564 * MIB,
      memoryUsed: 12700 * MIB,
      utilisation: 98,
      temperature: 61,
      power: 312.4,
      computeCapability: '8.9',
      driver: '580.95.05',
    });
  });

  it('reads each field for itself, a split card, and a name with a comma', () => {
    const line =
      '1, GPU-bbbb, 81920, 4, [N/A], 35, [Not Supported], Enabled, 8.0, 580.95, NVIDIA A100, 80 GB';
    expect(parseSample(line, allFields)).toEqual({
      uuid: 'GPU-bbbb',
      name: 'NVIDIA A100, 80 GB',
      isSplit: true,
      index: 1,
      memoryTotal: 81920 * MIB,
      memoryUsed: 4 * MIB,
      temperature: 35,
      computeCapability: '8.0',
      driver: '580.95',
    });
  });

  it.each([
    ['[N/A]'],
    ['N/A'],
    ['[Not Supported]'],
    ['[Unknown Error]'],
    ['[Insufficient Permissions]'],
    ['[GPU requires reset]'],
    ['ERR!'],
    ['Requested functionality has been deprecated'],
    ['-1'],
  ])('leaves out a number that reads %j', (value) => {
    const line = ['0', 'GPU-a', value, value, value, value, value, '[N/A]', '8.9', '1', 'RTX'];
    expect(parseSample(line.join(', '), allFields)).toEqual({
      uuid: 'GPU-a',
      name: 'RTX',
      isSplit: false,
      index: 0,
      computeCapability: '8.9',
      driver: '1',
    });
  });

  it.each([
    '',
    'Unable to determine the device handle for GPU0000:01:00.0: Unknown Error',
    '0, , , , , , , , , , ',
    '0, [N/A], 24564, 1, 2, 3, 4, [N/A], 8.9, 580, RTX',
    '<html>',
  ])('takes %j for no measurement', (line) => {
    expect(parseSample(line, allFields)).toBeUndefined();
  });

  it('reads the short list too', () => {
    const line = '0, GPU-aaaa, 8192, 100, 7, Quadro';
    expect(parseSample(line, fewFields)).toMatchObject({ utilisation: 7, name: 'Quadro' });
  });
});

describe('parseHolders', () => {
  it('names who holds memory, by the file of the program alone', () => {
    const text = [
      'GPU-a, 4242, /opt/ComfyUI/venv/bin/python3.11, 9216',
      'GPU-a, 5151, C:\\Program Files\\Nuke15.1\\Nuke15.1.exe, [N/A]',
      'GPU-b, 77, /usr/bin/blender, the, second, 512',
      'GPU-b, 78, [Not Found], 12',
      'No running processes found',
      '',
    ];
    expect(parseHolders(text.join('\r\n'))).toEqual([
      { uuid: 'GPU-a', pid: 4242, name: 'python3.11', memoryUsed: 9216 * MIB },
      { uuid: 'GPU-a', pid: 5151, name: 'Nuke15.1.exe' },
      { uuid: 'GPU-b', pid: 77, name: 'blender, the, second', memoryUsed: 512 * MIB },
      { uuid: 'GPU-b', pid: 78, name: 'a program without a name', memoryUsed: 12 * MIB },
    ]);
  });
});

describe('readTrouble', () => {
  it.each([
    ['Failed to initialize NVML: Driver/library version mismatch', 'driver-mismatch'],
    [
      "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.",
      'driver-gone',
    ],
    ['No devices were found', 'no-card'],
    ['Unable to determine the device handle for GPU0000:01:00.0: GPU is lost.', 'driver-gone'],
    ['<html>', undefined],
  ])('%s: %s', (text, trouble) => {
    expect(readTrouble(text)).toBe(trouble);
  });
});
