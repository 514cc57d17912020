import { describe, expect, it } from 'vitest';
import { type RunTimes, expectedRunMs, learnTimes, timeOf } from './run-times.ts';

const node = (classType: string, ms: number, units = 1) => ({ classType, units, ms, quietMs: ms });
const payload = {
  '1': { class_type: 'VAEDecode', inputs: {} },
  '2': { class_type: 'KSampler', inputs: { steps: 20 } },
};

describe('learnTimes', () => {
  it('expects of another number of steps what the steps so far took', () => {
    const times = learnTimes({}, 's', [node('KSampler', 4_000, 40), node('VAEDecode', 900, 3)]);
    expect(expectedRunMs(times, 's', payload)).toBe(20 * 100 + 900);
  });

  it('keeps servers apart', () => {
    const times = learnTimes({}, 'fast', [node('KSampler', 100, 20)]);
    expect(expectedRunMs(times, 'slow', payload)).toBeUndefined();
  });

  it('is not led astray by one measurement across a clock that was set', () => {
    let times: RunTimes = {};
    for (let run = 0; run < 5; run += 1) times = learnTimes(times, 's', [node('KSampler', 1_000)]);
    times = learnTimes(times, 's', [node('KSampler', 3_600_000), node('KSampler', -3_600_000)]);
    expect(timeOf(times, 's', 'KSampler')?.msPerUnit).toBeLessThan(2_500);
    expect(timeOf(times, 's', 'KSampler')?.quietMs).toBeLessThan(5_000);
  });

  it('forgets the least recent beyond its bounds', () => {
    let times: RunTimes = {};
    const classes = Array.from({ length: 450 }, (_, index) => node(`Class${String(index)}`, 1));
    for (let server = 0; server < 20; server += 1) {
      times = learnTimes(times, `s${String(server)}`, classes);
    }
    expect(Object.keys(times)).toHaveLength(12);
    expect(Object.keys(times)).toContain('s19');
    expect(Object.keys(times['s19'] ?? {})).toHaveLength(400);
    expect(timeOf(times, 's19', 'Class0')).toBeUndefined();
    expect(timeOf(times, 's19', 'Class449')).toBeDefined();
  });
});

describe('expectedRunMs', () => {
  it('says nothing where most of the work was never measured', () => {
    const times = learnTimes({}, 's', [node('VAEDecode', 900, 3)]);
    expect(expectedRunMs(times, 's', payload)).toBeUndefined();
  });

  it('leaves out what the cache spares', () => {
    const times = learnTimes({}, 's', [node('KSampler', 2_000, 20), node('VAEDecode', 300, 3)]);
    expect(expectedRunMs(times, 's', payload, (id) => id === '2')).toBe(300);
  });
});
