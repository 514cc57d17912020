import { describe, expect, it } from 'vitest';
import type { Output, Run } from '../../../core/contract/run/run.schema.ts';
import {
  activeRuns,
  newestPeakOf,
  newestPictureOf,
  pictureBefore,
  picturesOf,
} from './select-runs.ts';

function output(assetId: string, nodeId = '9', folder: Output['folder'] = 'output'): Output {
  const file = { filename: `${assetId}.png`, subfolder: '', folder };
  return { assetId, nodeId, nodeTitle: 'Save Image', kind: 'image', ...file };
}

function run(promptId: string, status: Run['status'], outputs: readonly Output[] = []): Run {
  return {
    promptId,
    status,
    outputs,
    requestedBy: 'artist',
    revision: 0,
    server: '',
    payloadDigest: '',
    keyValues: {},
    label: promptId,
    proposedAt: 0,
    warnings: [],
  };
}

describe('runs', () => {
  it('puts the working run before the waiting ones', () => {
    const runs = [
      run('a', 'queued'),
      run('b', 'verified'),
      run('c', 'running'),
      run('d', 'proposed'),
    ];
    expect(activeRuns(runs).map((item) => item.promptId)).toEqual(['c', 'a', 'd']);
  });

  it('shows saved pictures rather than previews, and previews when there is nothing else', () => {
    const preview = output('p', '5', 'temp');
    expect(picturesOf(run('a', 'verified', [preview, output('s')]))).toHaveLength(1);
    expect(picturesOf(run('a', 'verified', [preview]))).toEqual([preview]);
  });

  it('compares with the nearest earlier picture of the same node', () => {
    const runs = [
      run('a', 'verified', [output('a1', '7'), output('a2')]),
      run('b', 'failed'),
      run('c', 'verified', [output('c1')]),
    ];
    expect(pictureBefore(runs, runs[2]!, output('c1'))?.assetId).toBe('a2');
    expect(pictureBefore(runs, runs[0]!, output('a2'))).toBeUndefined();
    const node = { nodeId: '9', nodeTitle: 'Save Image' };
    expect(newestPictureOf(runs, node)).toBe('c1');
    expect(newestPictureOf(runs, { ...node, nodeTitle: 'Blur' })).toBeUndefined();
  });

  it('finds what a node took in the newest measured run, inner nodes for the one that holds them', () => {
    const nodeOf = (nodeId: string, nodeTitle: string, vramPeak: number) => ({
      nodeId,
      nodeTitle,
      vramPeak,
      samples: 1,
    });
    const measured = (nodes: readonly ReturnType<typeof nodeOf>[]): Run => ({
      ...run('m', 'verified'),
      measured: { source: 'driver', gpu: 'RTX', samples: 1, intervalMs: 0, nodes },
    });
    const runs = [
      measured([nodeOf('3', 'KSampler', 9)]),
      measured([
        nodeOf('3', 'KSampler', 5),
        nodeOf('12:4', 'Load', 6),
        nodeOf('12:8', 'Decode', 7),
      ]),
      run('short', 'verified'),
    ];
    expect(newestPeakOf(runs, { nodeId: '3', nodeTitle: 'KSampler' })).toBe(5);
    expect(newestPeakOf(runs, { nodeId: '12', nodeTitle: 'My subgraph' })).toBe(7);
    // Another workflow of the same session may use the same number.
    expect(newestPeakOf(runs, { nodeId: '3', nodeTitle: 'Upscale' })).toBeUndefined();
    expect(newestPeakOf([], { nodeId: '3', nodeTitle: 'KSampler' })).toBeUndefined();
  });
});
