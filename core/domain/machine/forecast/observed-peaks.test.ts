import { describe, expect, it } from 'vitest';
import type { ObservedPeak } from '../../../contract/machine/forecast.schema.ts';
import { correctForecast } from './correct-forecast.ts';
import type { VramForecast } from './forecast-vram.ts';
import { isTelling } from './is-telling.ts';
import { toMemoryHolders } from './memory-holders.ts';
import { MAX_PEAKS, findPeak, rememberPeak } from './observed-peaks.ts';

const GIB = 1024 ** 3;

function peak(part: Partial<ObservedPeak> = {}): ObservedPeak {
  return {
    family: 'flux',
    familyName: 'Flux',
    width: 1024,
    height: 1024,
    batch: 1,
    frames: 1,
    precision: 'fp8',
    gpu: 'RTX 4090',
    need: 14 * GIB,
    isFull: false,
    forecast: 15 * GIB,
    runs: 1,
    at: 1,
    ...part,
  };
}

const reckoned: VramForecast = {
  comfortable: 16 * GIB,
  minimum: 2 * GIB,
  decode: 4 * GIB,
  ram: 0,
  outcome: 'fits',
  decodesWhole: true,
  card: { total: 24 * GIB, heldByComfy: 0, heldByOthers: 1 * GIB },
  assumptions: [],
};

describe('what is remembered of runs', () => {
  it('is the least of those alike, and how many there were', () => {
    const first = rememberPeak([], peak({ need: 16 * GIB }));
    const second = rememberPeak(first, peak({ need: 14 * GIB, at: 2 }));
    expect(rememberPeak(second, peak({ need: 15 * GIB, at: 3 }))).toEqual([
      peak({ need: 14 * GIB, runs: 3, at: 3 }),
    ]);
  });

  it('keeps other sizes apart, the newest last, and no more than there is room for', () => {
    const many = Array.from({ length: MAX_PEAKS + 10 }, (_, index) => peak({ width: 64 + index }));
    const kept = many.reduce<readonly ObservedPeak[]>(rememberPeak, []);
    expect(kept).toHaveLength(MAX_PEAKS);
    expect(kept.at(-1)?.width).toBe(64 + MAX_PEAKS + 9);
  });

  it('takes a run that left room for better proof than one that filled the card', () => {
    const full = rememberPeak([], peak({ need: 23 * GIB, isFull: true }));
    expect(findPeak(full, peak())).toEqual({ kind: 'full', runs: 1 });
    const both = rememberPeak(full, peak({ need: 14 * GIB }));
    expect(findPeak(both, peak())).toEqual({ kind: 'same', need: 14 * GIB, runs: 2 });
  });
});

describe('a forecast with what was seen here', () => {
  it('is what a run like it took', () => {
    const corrected = correctForecast(reckoned, findPeak([peak({ runs: 3 })], peak()));
    expect(corrected).toMatchObject({ comfortable: 14 * GIB, basis: 'observed', outcome: 'fits' });
    expect(corrected.evidence).toEqual(['3 runs like this took 14.0 GB here.']);
  });

  it('is judged anew: what was seen may be more than the card has left', () => {
    const corrected = correctForecast(reckoned, { kind: 'same', need: 23.5 * GIB, runs: 1 });
    expect(corrected.outcome).toBe('slow');
  });

  it('leans on other sizes of the same model from three runs on, on the same card', () => {
    const seen = [
      peak({ width: 512, need: 18 * GIB, forecast: 15 * GIB, runs: 2 }),
      peak({ width: 768, need: 18 * GIB, forecast: 15 * GIB }),
    ];
    const corrected = correctForecast(reckoned, findPeak(seen, peak()));
    expect(corrected.comfortable / GIB).toBeCloseTo(19.2);
    expect(corrected.evidence).toEqual([
      '3 runs of this model here took 20 % more than reckoned, so this is too.',
    ]);
    expect(findPeak(seen.slice(1), peak())).toEqual({ kind: 'none' });
    expect(findPeak(seen, peak({ gpu: 'RTX 3090' }))).toEqual({ kind: 'none' });
    expect(findPeak(seen, peak({ precision: '16-bit' }))).toEqual({ kind: 'none' });
    expect(findPeak([], peak())).toEqual({ kind: 'none' });
  });

  it('is never corrected out of all proportion', () => {
    const wild = [peak({ width: 512, need: 150 * GIB, forecast: GIB, runs: 9 })];
    expect(findPeak(wild, peak())).toMatchObject({ factor: 1.6 });
  });

  it('stays as reckoned after runs that filled the card, and says that', () => {
    const corrected = correctForecast(reckoned, { kind: 'full', runs: 2 });
    expect(corrected).toMatchObject({ comfortable: 16 * GIB, basis: 'reckoned' });
    expect(corrected.evidence[0]).toContain('filled the card');
    expect(correctForecast(reckoned, { kind: 'none' }).evidence).toEqual([]);
  });
});

describe('which runs are learned from', () => {
  const measured = {
    source: 'driver',
    gpu: 'RTX',
    samples: 9,
    intervalMs: 500,
    nodes: [],
  } as const;
  const slot = (type: string) => ({ type });
  const view = {
    node: (nodeId: string) =>
      ({
        '4': { inputs: [], outputs: [slot('MODEL'), slot('VAE')] },
        '3': { inputs: [slot('MODEL')], outputs: [slot('LATENT')] },
        '8': { inputs: [slot('VAE'), slot('LATENT')], outputs: [slot('IMAGE')] },
      })[nodeId],
  } as unknown as Parameters<typeof isTelling>[2];

  it('are those that sampled and decoded, whatever loader was cached', () => {
    expect(isTelling(measured, ['4'], view)).toBe(true);
    expect(isTelling(measured, ['4', '3'], view)).toBe(false);
    expect(isTelling(measured, ['8'], view)).toBe(false);
  });

  it('are those that were measured often enough', () => {
    expect(isTelling({ ...measured, samples: 3 }, [], view)).toBe(false);
  });
});

describe('who holds the memory', () => {
  const holder = (pid: number, name: string, memoryUsed?: number) => ({
    uuid: 'GPU-a',
    pid,
    name,
    ...(memoryUsed === undefined ? {} : { memoryUsed: memoryUsed * GIB }),
  });

  it('is told the largest first, with the Python nearest to what ComfyUI holds as ComfyUI', () => {
    const holders = [
      holder(1, 'blender', 2),
      holder(2, 'python.exe', 1),
      holder(3, 'python.exe', 9.4),
      { ...holder(4, 'Nuke', 5), uuid: 'GPU-b' },
    ];
    expect(toMemoryHolders(holders, 'GPU-a', 9 * GIB)).toEqual([
      { name: 'python.exe', pid: 3, isComfy: true, bytes: 9.4 * GIB },
      { name: 'blender', pid: 1, isComfy: false, bytes: 2 * GIB },
      { name: 'python.exe', pid: 2, isComfy: false, bytes: 1 * GIB },
    ]);
  });

  it('takes no program for ComfyUI that holds far less or far more, nor one that is no Python', () => {
    const holders = [holder(1, 'python', 3), holder(2, 'python', 12), holder(3, 'blender', 9)];
    expect(toMemoryHolders(holders, undefined, 9 * GIB).some(({ isComfy }) => isComfy)).toBe(false);
  });
});
