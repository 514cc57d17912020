import { describe, expect, it } from 'vitest';
import type { Batch } from '../../contract/run/batch.schema.ts';
import { appError } from '../../contract/errors.ts';
import { batchReducer, withStartedItem, withoutBase } from './batch-reducer.ts';

const by = { role: 'artist', name: 'artist' } as const;
const error = appError('run/lost', { promptId: 'p' });
const proposed: Batch = {
  batchId: 'b',
  title: 'CFG 4 and 6',
  axes: [],
  items: [
    { label: 'CFG 4', ops: [], status: 'waiting' },
    { label: 'CFG 6', ops: [], status: 'waiting' },
  ],
  baseEntryId: '0',
  baseRevision: 0,
  digest: 'd',
  status: 'proposed',
  proposedBy: 'artist',
  proposedAt: 0,
};
const accepted = batchReducer(
  [proposed],
  { type: 'batch/accepted', batchId: 'b', keptItems: [1], by },
  5,
);

describe('a batch', () => {
  it('runs with what was kept of it once it is accepted, and is accepted once', () => {
    expect(accepted[0]).toMatchObject({
      status: 'running',
      decidedAt: 5,
      items: [{ status: 'left-out' }, { status: 'waiting' }],
    });
    const again = { type: 'batch/accepted', batchId: 'b', keptItems: [0], by } as const;
    expect(batchReducer(accepted, again, 6)).toBe(accepted);
  });

  it('knows the run that an item became', () => {
    const run = { promptId: 'p', batch: { batchId: 'b', index: 1 } };
    const items = withStartedItem(accepted, run)[0]?.items;
    expect(items?.[1]).toMatchObject({ status: 'started', promptId: 'p' });
  });

  it('pauses with its reason and goes on without it', () => {
    const paused = batchReducer(accepted, { type: 'batch/paused', batchId: 'b', error }, 6);
    expect(paused[0]).toMatchObject({ status: 'paused', pausedBy: error });
    const going = batchReducer(paused, { type: 'batch/continued', batchId: 'b', by }, 7);
    expect(going[0]?.status).toBe('running');
    expect(going[0]).not.toHaveProperty('pausedBy');
  });

  it.each(['done', 'cancelled'] as const)('takes nothing more once it is %s', (status) => {
    const ended = batchReducer(accepted, { type: 'batch/ended', batchId: 'b', status }, 8);
    expect(ended[0]).toMatchObject({ status, endedAt: 8 });
    expect(batchReducer(ended, { type: 'batch/paused', batchId: 'b', error }, 9)).toBe(ended);
    expect(batchReducer(ended, { type: 'batch/ended', batchId: 'b', status: 'done' }, 9)).toBe(
      ended,
    );
  });

  it('is off when another workflow is opened before the answer, and loses its base after it', () => {
    expect(withoutBase([proposed])[0]?.status).toBe('rejected');
    expect(withoutBase(accepted)[0]).toMatchObject({ status: 'running', isBaseGone: true });
  });
});
