import { describe, expect, it } from 'vitest';
import { createRateLimiter } from './rate-limiter.ts';

describe('the rate limiter', () => {
  it('lets a burst through, then says how long to wait, then fills again', () => {
    let now = 0;
    const limiter = createRateLimiter({ burst: 2, perSecond: 0.5 }, { now: () => now });
    expect([limiter.take('a'), limiter.take('a'), limiter.take('a')]).toEqual([0, 0, 2]);
    now = 2_000;
    expect([limiter.take('a'), limiter.take('a')]).toEqual([0, 2]);
  });

  it('keeps clients apart, and never holds more than the burst', () => {
    let now = 0;
    const limiter = createRateLimiter({ burst: 1, perSecond: 1 }, { now: () => now });
    expect([limiter.take('a'), limiter.take('b'), limiter.take('a')]).toEqual([0, 0, 1]);
    now = 60_000;
    expect([limiter.take('a'), limiter.take('a')]).toEqual([0, 1]);
  });

  it('takes nothing away when the machine’s clock is set back', () => {
    let now = 3_600_000;
    const limiter = createRateLimiter({ burst: 2, perSecond: 1 }, { now: () => now });
    expect(limiter.take('a')).toBe(0);
    now = 0;
    expect([limiter.take('a'), limiter.take('a')]).toEqual([0, 1]);
  });

  it('forgets the client that was silent longest when there are too many', () => {
    const limiter = createRateLimiter({ burst: 1, perSecond: 0 }, { now: () => 0 });
    for (let index = 0; index <= 1_024; index += 1) limiter.take(`client ${index}`);
    expect(limiter.take('client 0')).toBe(0);
    expect(limiter.take('client 1024')).toBeGreaterThan(0);
  });
});
