import { describe, expect, it } from 'vitest';
import type { Batch } from '../../../core/contract/batch.schema.ts';
import type { Run } from '../../../core/contract/run.schema.ts';
import { finishedRun } from '../../../tests/fakes/tool-context.ts';
import { comparedRuns, describeBatch, describeEstimate, describeItem } from './select-batches.ts';

const runs: Run[] = [
  finishedRun({ promptId: 'a', label: 'CFG 4' }),
  finishedRun({ promptId: 'b', label: 'CFG 6', status: 'running' }),
];

function batch(part: Partial<Batch> = {}): Batch {
  return {
    batchId: 'batch',
    title: 'CFG 4, 6 and 8',
    axes: [],
    items: [
      { label: 'CFG 4', ops: [], status: 'started', promptId: 'a' },
      { label: 'CFG 6', ops: [], status: 'started', promptId: 'b' },
      { label: 'CFG 8', ops: [], status: 'left-out' },
    ],
    baseEntryId: '0',
    baseRevision: 0,
    digest: 'd',
    status: 'running',
    proposedBy: 'artist',
    proposedAt: 0,
    ...part,
  };
}

describe('a plan in words', () => {
  it('counts what is over among what was kept', () => {
    expect(describeBatch({ runs }, batch())).toBe('1 of 2 done');
    expect(describeBatch({ runs }, batch({ status: 'cancelled' }))).toBe('Stopped after 1 of 2');
  });

  it('says how long the ticked ones take, or that nobody knows yet', () => {
    expect(describeEstimate(batch({ estimateMs: 30_000 }), 2)).toBe('2 renders, about 20 s in all');
    expect(describeEstimate(batch(), 1)).toBe('1 render; how long they take is not known yet');
  });

  it('tells of each item where it stands', () => {
    expect(batch().items.map((item) => describeItem({ runs }, item))).toEqual([
      'As asked',
      'Starting',
      'Left out',
    ]);
  });

  it('compares two in the order of the sheet, once both were started', () => {
    const labels = comparedRuns({ runs }, batch(), [1, 0])?.map(({ label }) => label);
    expect(labels).toEqual(['CFG 4', 'CFG 6']);
    expect(comparedRuns({ runs }, batch(), [0, 2])).toBeUndefined();
  });
});
