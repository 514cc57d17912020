import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../../../tests/fakes/ports/manual-clock.ts';
import { watchStall } from './watch-stall.ts';

const PATIENCE_MS = 60_000;

function watch(canHear = () => true) {
  const clock = createManualClock();
  const told: number[] = [];
  const stall = watchStall({
    clock,
    canHear,
    patience: () => PATIENCE_MS,
    onStalled: (quietMs) => told.push(quietMs),
  });
  return { clock, told, stall };
}

describe('watchStall', () => {
  it('tells once when nothing moved for longer than expected', () => {
    const { clock, told } = watch();
    clock.advance(PATIENCE_MS * 3);
    expect(told).toEqual([PATIENCE_MS]);
  });

  it('says nothing while something moves, and tells again after it moved and stopped', () => {
    const { clock, told, stall } = watch();
    for (let at = 0; at < 20; at += 1) {
      clock.advance(PATIENCE_MS / 2);
      stall.heard();
    }
    expect(told).toEqual([]);
    clock.advance(PATIENCE_MS);
    stall.heard();
    clock.advance(PATIENCE_MS);
    expect(told).toEqual([PATIENCE_MS, PATIENCE_MS]);
  });

  it('waits twice as long once the artist said to wait', () => {
    const { clock, told, stall } = watch();
    clock.advance(PATIENCE_MS);
    stall.keepWaiting();
    clock.advance(PATIENCE_MS * 2 - 5_000);
    expect(told).toEqual([PATIENCE_MS]);
    clock.advance(5_000);
    expect(told).toEqual([PATIENCE_MS, PATIENCE_MS * 2]);
  });

  it('does not count the time in which the server could not be heard', () => {
    let canHear = false;
    const { clock, told } = watch(() => canHear);
    clock.advance(PATIENCE_MS * 10);
    canHear = true;
    clock.advance(PATIENCE_MS - 5_000);
    expect(told).toEqual([]);
    clock.advance(5_000);
    expect(told).toEqual([PATIENCE_MS]);
  });

  it('takes a night asleep for one tick, because that is all that was awake', () => {
    const due: (() => void)[] = [];
    const told: number[] = [];
    const clock = {
      after: (_ms: number, callback: () => void) => {
        due.push(callback);
        return { dispose: () => undefined };
      },
    };
    const parts = { clock, canHear: () => true, patience: () => PATIENCE_MS };
    watchStall({ ...parts, onStalled: (quietMs) => told.push(quietMs) });
    // However late it comes, a timer rings once.
    due.shift()?.();
    due.shift()?.();
    expect(told).toEqual([]);
  });
});
