import { describe, expect, it } from 'vitest';
import type { Run } from '../../contract/run/run.schema.ts';
import type { Turn } from '../../contract/session.schema.ts';
import { isTurnBusy } from './turn-waits.ts';

const artist = { role: 'artist', name: 'artist' } as const;
const turn: Turn = {
  turnId: 'turn-1',
  message: 'render',
  author: artist,
  status: 'thinking',
  parts: [],
  startedAt: 1,
};
const run: Run = {
  promptId: 'run-1',
  label: 'Render',
  status: 'running',
  requestedBy: 'artist',
  turnId: 'turn-1',
  revision: 0,
  server: 'http://127.0.0.1:8188',
  payloadDigest: 'd',
  keyValues: {},
  proposedAt: 1,
  outputs: [],
  warnings: [],
};

describe('isTurnBusy', () => {
  it('holds while the turn itself is at work, and no longer once it is over or waits for a yes', () => {
    expect(isTurnBusy(turn, { runs: [] })).toBe(true);
    expect(isTurnBusy({ ...turn, status: 'awaiting-approval' }, { runs: [] })).toBe(false);
    expect(isTurnBusy({ ...turn, status: 'done' }, { runs: [] })).toBe(false);
  });

  it('does not hold while a render of the turn is on its way, until its verdict', () => {
    expect(isTurnBusy(turn, { runs: [run] })).toBe(false);
    expect(isTurnBusy(turn, { runs: [{ ...run, status: 'succeeded' }] })).toBe(false);
    expect(isTurnBusy(turn, { runs: [{ ...run, status: 'verified' }] })).toBe(true);
  });

  it('is not changed by renders that belong to other turns', () => {
    expect(isTurnBusy(turn, { runs: [{ ...run, turnId: 'turn-2' }] })).toBe(true);
  });
});
