import { describe, expect, it } from 'vitest';
import { RunMeasurementSchema } from '../../contract/machine/measurement.schema.ts';
import { type CardMeasure, type RunMeasures, takeMeasure, toMeasurement } from './measure-run.ts';

const GIB = 1024 ** 3;

function driver(gpuPercent: number, used: number): CardMeasure {
  const vramTotal = 24 * GIB;
  return {
    source: 'driver',
    gpu: 'RTX 4090',
    gpuPercent,
    vramUsed: used * GIB,
    vramTotal,
    isUnified: false,
  };
}

function fold(
  steps: readonly (readonly [at: number, node: string | undefined, measure: CardMeasure])[],
): RunMeasures {
  const folded = steps.reduce<RunMeasures | undefined>(
    (state, [at, node, measure]) => takeMeasure(state, measure, node, at),
    undefined,
  );
  if (folded === undefined) throw new Error('nothing was measured');
  return folded;
}

const titleOf = (nodeId: string): string =>
  ({ '3': 'KSampler', '8': 'VAE Decode' })[nodeId] ?? nodeId;

describe('what was measured of a run', () => {
  it('is the mean load, the highest memory, and each node’s own', () => {
    const measures = fold([
      [0, undefined, driver(2, 1)],
      [500, '4', driver(10, 6)],
      [1_000, '3', driver(100, 9)],
      [1_500, '3', driver(100, 8.5)],
      [2_000, '8', driver(88, 12.4)],
    ]);
    expect(RunMeasurementSchema.parse(toMeasurement(measures, titleOf))).toEqual({
      source: 'driver',
      gpu: 'RTX 4090',
      samples: 5,
      intervalMs: 500,
      gpuPercent: 60,
      vramPeak: 12.4 * GIB,
      vramBefore: 1 * GIB,
      vramTotal: 24 * GIB,
      nodes: [
        { nodeId: '4', nodeTitle: '4', vramPeak: 6 * GIB, samples: 1 },
        { nodeId: '3', nodeTitle: 'KSampler', vramPeak: 9 * GIB, samples: 2 },
        { nodeId: '8', nodeTitle: 'VAE Decode', vramPeak: 12.4 * GIB, samples: 1 },
      ],
    });
  });

  it('has no load where only ComfyUI tells, and still counts as the driver’s once that spoke', () => {
    const told: CardMeasure = {
      source: 'comfyui',
      gpu: 'RTX',
      vramUsed: GIB,
      vramTotal: 24 * GIB,
      isUnified: false,
    };
    const only = toMeasurement(fold([[0, '3', told]]), titleOf);
    expect(only).toMatchObject({ source: 'comfyui', samples: 1, intervalMs: 0 });
    expect(only.gpuPercent).toBeUndefined();
    const both = fold([
      [0, '3', told],
      [500, '3', driver(90, 2)],
      [1_000, '3', told],
    ]);
    expect(toMeasurement(both, titleOf)).toMatchObject({
      source: 'driver',
      gpuPercent: 90,
      vramPeak: 2 * GIB,
    });
  });

  it('goes without what a card does not tell, and does not trip over a clock that was set back', () => {
    const { source, gpu, gpuPercent, isUnified } = driver(50, 1);
    const load = { source, gpu, gpuPercent: gpuPercent ?? 0, isUnified };
    const measured = toMeasurement(
      fold([
        [5_000, '3', load],
        [1_000, '3', load],
      ]),
      titleOf,
    );
    expect(measured).toEqual({
      source: 'driver',
      gpu: 'RTX 4090',
      samples: 2,
      intervalMs: 0,
      gpuPercent: 50,
      nodes: [],
    });
  });

  it('tells two hundred nodes at most', () => {
    const measures = fold(
      Array.from({ length: 300 }, (_, index) => [index, String(index), driver(1, 1)] as const),
    );
    expect(toMeasurement(measures, titleOf).nodes).toHaveLength(200);
  });
});
