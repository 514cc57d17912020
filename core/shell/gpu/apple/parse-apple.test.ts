import { describe, expect, it } from 'vitest';
import { parseDisplays } from './parse-displays.ts';
import { parseIoreg } from './parse-ioreg.ts';

const REGISTRY = `+-o AGXAcceleratorG14X  <class AGXAcceleratorG14X, id 0x1000003d1, registered, matched, active, busy 0 (4 ms), retain 144>
    {
      "IOClass" = "AGXAcceleratorG14X"
      "PerformanceStatistics" = {"In use system memory (driver)"=0,"Alloc system memory"=52967440384,"Tiler Utilization %"=10,"recoveryCount"=0,"Renderer Utilization %"=15,"Device Utilization %"=16,"In use system memory"=2363801600}
      "model" = "Apple M2 Max"
      "gpu-core-count" = 38
    }
`;

describe('parseIoreg', () => {
  it('tells the load and the memory in use of an Apple chip', () => {
    expect(parseIoreg(REGISTRY)).toEqual({
      name: 'Apple M2 Max',
      cores: 38,
      utilisation: 16,
      memoryUsed: 2_363_801_600,
    });
  });

  it('does not believe a load above 100 nor a memory beyond all machines', () => {
    const text = REGISTRY.replace('Device Utilization %"=16', 'Device Utilization %"=101').replace(
      '"=2363801600',
      '"=18446744071562067968',
    );
    expect(parseIoreg(text)).toEqual({ name: 'Apple M2 Max', cores: 38 });
  });

  it('takes the renderer where the device tells nothing, and anything else for none', () => {
    expect(parseIoreg(REGISTRY.replace('"Device Utilization %"=16,', ''))).toMatchObject({
      utilisation: 15,
    });
    expect(parseIoreg('')).toBeUndefined();
  });
});

describe('parseDisplays', () => {
  it('tells a card with memory of its own from one that shares the machine’s', () => {
    const text = JSON.stringify({
      SPDisplaysDataType: [
        { _name: 'kHW_AppleM2Item', sppci_model: 'Apple M2', sppci_cores: '10' },
        { _name: 'Radeon Pro 5500M', spdisplays_vram: '4 GB' },
        { sppci_model: 'Intel UHD Graphics 630', spdisplays_vram_shared: '1536 MB' },
        {},
      ],
    });
    expect(parseDisplays(text)).toEqual([
      { name: 'Apple M2' },
      { name: 'Radeon Pro 5500M', memory: 4 * 1024 ** 3 },
      { name: 'Intel UHD Graphics 630' },
    ]);
    expect(parseDisplays('nothing')).toEqual([]);
  });
});
