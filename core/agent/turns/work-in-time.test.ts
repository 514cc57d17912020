import { expect, it } from 'vitest';
import { createManualClock } from '../../../tests/fakes/ports/manual-clock.ts';
import { type Cancellation, createCancellation, neverCancelled } from '../../base/cancellation.ts';
import { ok } from '../../base/result.ts';
import { workInTime } from './work-in-time.ts';

const limit = (timeoutMs: number | undefined, cancellation = neverCancelled) => {
  const clock = createManualClock();
  return { clock, name: 'list_models', timeoutMs, cancellation };
};

it('a tool that hangs is told to stop, and its caller is answered with the time it had', async () => {
  const limits = limit(30_000);
  let told: Cancellation | undefined;
  const answer = workInTime<number>(limits, (cancellation) => {
    told = cancellation;
    return new Promise(() => undefined);
  });
  limits.clock.advance(29_999);
  expect(told?.isCancelled).toBe(false);
  limits.clock.advance(1);
  expect(await answer).toMatchObject({
    error: { code: 'tool/timed-out', data: { name: 'list_models', seconds: 30 } },
  });
  expect(told?.isCancelled).toBe(true);
});

it('a tool that is done in time is not disturbed later', async () => {
  const limits = limit(30_000);
  let told: Cancellation | undefined;
  const answer = await workInTime(limits, async (cancellation) => {
    told = cancellation;
    return ok(7);
  });
  limits.clock.advance(60_000);
  expect(answer).toEqual({ ok: true, value: 7 });
  expect(told?.isCancelled).toBe(false);
});

it('the artist’s own stop reaches the tool, with a limit and without one', async () => {
  for (const timeoutMs of [30_000, undefined]) {
    const source = createCancellation();
    source.cancel();
    const seen = await workInTime(limit(timeoutMs, source.token), async ({ isCancelled }) =>
      ok(isCancelled),
    );
    expect(seen).toEqual({ ok: true, value: true });
  }
});
