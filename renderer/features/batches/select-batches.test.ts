import { describe, expect, it } from 'vitest';
import { appError } from '../../../core/contract/errors.ts';
import type { Batch } from '../../../core/contract/run/batch.schema.ts';
import type { Run } from '../../../core/contract/run/run.schema.ts';
import { finishedRun } from '../../../tests/fakes/tool-context.ts';
import {
  comparedRuns,
  describeBatch,
  describeEstimate,
  describeItem,
  failuresOf,
  iconOf,
} from './select-batches.ts';

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
    expect(describeBatch({ runs }, batch({ status: 'cancelled' }))).toBe(
      'Stopped, 1 of 2 rendered',
    );
  });

  it('does not count one that failed as rendered', () => {
    const failed = finishedRun({ promptId: 'b', status: 'failed' });
    const rest = runs.slice(0, 1);
    expect(describeBatch({ runs: [...rest, failed] }, batch({ status: 'done' }))).toBe(
      '1 of 2 rendered',
    );
    const both = [...rest, finishedRun({ promptId: 'b' })];
    expect(describeBatch({ runs: both }, batch({ status: 'done' }))).toBe('2 renders done');
  });

  it('says how long the ticked ones take, or that nobody knows yet', () => {
    expect(describeEstimate(batch({ estimateMs: 30_000 }), 2)).toBe(
      '2 renders, one after another: about 20 s in all.',
    );
    expect(describeEstimate(batch(), 1)).toBe('1 render. How long that takes is not known yet.');
  });

  it('tells of each item where it stands', () => {
    const told = (shown: Batch) => shown.items.map((item) => describeItem({ runs }, shown, item));
    expect(told(batch())).toEqual(['As asked', 'Starting', 'Left out']);
    const waiting: Batch['items'] = [{ label: 'CFG 8', ops: [], status: 'waiting' }];
    expect(told(batch({ items: waiting }))).toEqual(['Waits']);
    expect(told(batch({ items: waiting, status: 'cancelled' }))).toEqual(['Not rendered']);
  });

  it('says cancelled, not left out, of one that was stopped while it rendered', () => {
    const stopped = finishedRun({ promptId: 'c', status: 'cancelled' });
    const item = { label: 'CFG 8', ops: [], status: 'left-out', promptId: 'c' } as const;
    expect(describeItem({ runs: [stopped] }, batch(), item)).toBe('Cancelled');
  });

  it('tells of what went wrong, in the queue or before it, once where it reads the same', () => {
    const error = { code: 'comfy/not-connected', data: {} } as const;
    const other = appError('comfy/missing-nodes', { classTypes: ['A'] });
    const failed = finishedRun({ promptId: 'a', status: 'failed', failure: error });
    const [first] = batch().items;
    const items: Batch['items'] = [
      ...(first === undefined ? [] : [first]),
      { label: 'CFG 6', ops: [], status: 'refused', error },
      { label: 'CFG 8', ops: [], status: 'waiting' },
      { label: 'CFG 9', ops: [], status: 'refused', error: other },
    ];
    expect(failuresOf({ runs: [failed] }, batch({ items }))).toEqual([
      { labels: ['CFG 4', 'CFG 6'], error },
      { labels: ['CFG 9'], error: other },
    ]);
    expect(items.map((item) => iconOf({ runs: [failed] }, batch(), item))).toEqual([
      'alert',
      'alert',
      'clock',
      'alert',
    ]);
  });

  it('compares two in the order of the sheet, once both were started', () => {
    const labels = comparedRuns({ runs }, batch(), [1, 0])?.map(({ label }) => label);
    expect(labels).toEqual(['CFG 4', 'CFG 6']);
    expect(comparedRuns({ runs }, batch(), [0, 2])).toBeUndefined();
  });
});
