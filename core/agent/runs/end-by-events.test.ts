import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../../tests/fakes/manual-clock.ts';
import { createScriptedComfy } from '../../../tests/fakes/scripted-comfy.ts';
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
      observer: {
        queued: () => undefined,
        started: () => told.push('started'),
        event: () => undefined,
        ended: (ending) => told.push('error' in ending ? ending.error.code : ending.entry.ending),
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
