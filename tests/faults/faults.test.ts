import { describe, expect, it } from 'vitest';
import { runKillRounds } from './kill-rounds.ts';
import { faultNames, runFaultRound } from './wire-rounds.ts';

const nothingWrong = { lost: 0, wrongEndings: 0, details: [] };

describe('what the artist was told is saved, and how runs ended, under faults', () => {
  it.concurrent.each(faultNames)(
    'hold when the fault is %s',
    { timeout: 120_000 },
    async (fault) => {
      const tally = await runFaultRound(fault, 11, { isCutAfter: true });
      expect(tally).toMatchObject(nothingWrong);
      expect(tally.acknowledged).toBeGreaterThan(0);
    },
  );

  it('hold when the core is killed at six random moments', { timeout: 120_000 }, async () => {
    const tally = await runKillRounds(6, 3);
    expect(tally).toMatchObject({ ...nothingWrong, kills: 6 });
  });
});
