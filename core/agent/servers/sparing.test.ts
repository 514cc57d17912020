import { expect, it } from 'vitest';
import { createManualClock } from '../../../tests/fakes/ports/manual-clock.ts';
import { createSparing } from './sparing.ts';

it('waits ten times as long as the answer took, and no longer than 20 seconds', async () => {
  const clock = createManualClock();
  const sparing = createSparing(clock);
  const takes = (ms: number) => sparing.ask(async () => clock.advance(ms));
  expect(sparing.waitMs).toBe(0);
  await takes(300);
  expect(sparing.waitMs).toBe(3_000);
  clock.advance(2_000);
  expect(sparing.waitMs).toBe(1_000);
  await takes(60_000);
  expect(sparing.waitMs).toBe(20_000);
  await takes(0);
  expect(sparing.waitMs).toBe(0);
});

it('is not held up by a clock that was set back', async () => {
  let now = 100_000;
  const sparing = createSparing({ now: () => now });
  await sparing.ask(async () => {
    now += 100;
  });
  now = 5_000;
  expect(sparing.waitMs).toBe(1_000);
});
