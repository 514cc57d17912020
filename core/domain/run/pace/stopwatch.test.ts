import { describe, expect, it } from 'vitest';
import type { ProgressEvent } from '../track-progress.ts';
import { STOPPED, measuredNodes, timeNodes } from './stopwatch.ts';

const payload = {
  '1': { class_type: 'CheckpointLoaderSimple', inputs: {} },
  '2': { class_type: 'KSampler', inputs: { steps: 20 } },
};

function measure(events: readonly (readonly [number, ProgressEvent])[]) {
  let watch = STOPPED;
  for (const [at, event] of events) watch = timeNodes(watch, event, at);
  return measuredNodes(watch, payload);
}

describe('timeNodes', () => {
  it('measures each node and its longest silence', () => {
    const measured = measure([
      [0, { kind: 'node-started', nodeId: '1' }],
      [5_000, { kind: 'node-finished', nodeId: '1' }],
      [5_010, { kind: 'node-started', nodeId: '2' }],
      [9_010, { kind: 'step', nodeId: '2', value: 1, max: 20 }],
      [9_510, { kind: 'step', nodeId: '2', value: 2, max: 20 }],
      [10_010, { kind: 'ended' }],
    ]);
    expect(measured).toEqual([
      { classType: 'CheckpointLoaderSimple', units: 4, ms: 5_000, quietMs: 5_000 },
      { classType: 'KSampler', units: 20, ms: 5_000, quietMs: 4_000 },
    ]);
  });

  it('does not measure the node that was stopped', () => {
    const measured = measure([
      [0, { kind: 'node-started', nodeId: '1' }],
      [10, { kind: 'node-started', nodeId: '2' }],
      [20, { kind: 'interrupted' }],
      [30, { kind: 'ended' }],
    ]);
    expect(measured.map(({ classType }) => classType)).toEqual(['CheckpointLoaderSimple']);
  });
});
