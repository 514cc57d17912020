import { describe, expect, it } from 'vitest';
import { err, ok } from '../../base/result.ts';
import { appError } from '../../contract/errors.ts';
import { createManualClock } from '../../../tests/fakes/ports/manual-clock.ts';
import { createScriptedComfy } from '../../../tests/fakes/ports/scripted-comfy.ts';
import { createProgressGate, followRun } from './follow-run.ts';

/** Lets every promise that is ready settle. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
}

describe('a run whose history cannot be had', () => {
  it('ends as the live connection told it when the server forgot it right after', async () => {
    const comfy = createScriptedComfy();
    const clock = createManualClock();
    const told: string[] = [];
    followRun({
      comfy,
      promptId: 'p',
      clock,
      findResults: async () => ok({ files: [], isProof: false, canTell: true }),
      observer: {
        queued: () => undefined,
        started: () => told.push('started'),
        event: () => undefined,
        ended: (ending) => told.push('lost' in ending ? ending.lost.code : ending.entry.ending),
      },
    });
    await settle();
    comfy.tell({ kind: 'started', promptId: 'p' });
    comfy.tell({ kind: 'interrupted', promptId: 'p' });
    comfy.tell({ kind: 'ended', promptId: 'p' });
    for (let look = 0; look < 20; look += 1) {
      await settle();
      clock.advance(2_000);
    }
    await settle();
    expect(told).toEqual(['started', 'interrupted']);
  });
});

describe('a run whose history entry is too large to read', () => {
  it.each([
    { isProof: true, ending: 'succeeded' },
    { isProof: false, ending: 'run/lost' },
  ])(
    'ends by its pictures when nobody heard its end (proof: $isProof)',
    async ({ isProof, ending }) => {
      const comfy = {
        ...createScriptedComfy(),
        history: async () => err(appError('comfy/too-large', { limit: 1 })),
      };
      const clock = createManualClock();
      const told: string[] = [];
      followRun({
        comfy,
        promptId: 'p',
        clock,
        findResults: async () => ok({ files: [], isProof, canTell: true }),
        observer: {
          queued: () => undefined,
          started: () => undefined,
          event: () => undefined,
          ended: (how) => told.push('lost' in how ? how.lost.code : how.entry.ending),
        },
      });
      for (let look = 0; look < 5; look += 1) {
        await settle();
        clock.advance(2_000);
      }
      await settle();
      expect(told).toEqual([ending]);
    },
  );
});

describe('createProgressGate', () => {
  it('goes on at its pace after the clock was set back by an hour', () => {
    const clock = createManualClock(4_000_000);
    let offset = 0;
    const stepped = { now: () => clock.now() + offset, after: clock.after };
    const released: number[] = [];
    const gate = createProgressGate(stepped, 100, ({ fraction }) => released.push(fraction));
    gate.push({ finishedNodes: 0, totalNodes: 2, fraction: 0.1 });
    offset = -3_600_000;
    gate.push({ finishedNodes: 1, totalNodes: 2, fraction: 0.5 });
    clock.advance(100);
    expect(released).toEqual([0.1, 0.5]);
  });
});
