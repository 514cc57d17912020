import { describe, expect, it } from 'vitest';
import { createPracticeServer } from '../../../practice/create-practice-server.ts';
import { createRecordedComfy } from '../../../../tests/fakes/comfy/recorded-comfy.ts';
import { parseComfyAddress } from '../address.ts';
import { createComfyHttp } from '../create-comfy-http.ts';
import { appError } from '../../../contract/errors.ts';
import { createManualClock } from '../../../../tests/fakes/ports/manual-clock.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { createRequestMetrics } from './request-metrics.ts';
import { createRetryBudget } from './retry-budget.ts';

const gone = appError('comfy/unreachable', { url: 'u', reason: 'nobody answered' });

describe('createCircuitBreaker', () => {
  it('opens after three failures in a row and says why', () => {
    const breaker = createCircuitBreaker(createManualClock());
    breaker.failed(gone);
    breaker.failed(gone);
    breaker.succeeded();
    breaker.failed(gone);
    breaker.failed(gone);
    expect(breaker.refuse()).toBeUndefined();
    breaker.failed(gone);
    expect(breaker.refuse()).toEqual(gone);
    expect(breaker.state).toBe('open');
  });

  it('lets one trial through after 30 s, and its outcome decides', () => {
    const clock = createManualClock();
    const breaker = createCircuitBreaker(clock);
    for (let i = 0; i < 3; i += 1) breaker.failed(gone);
    clock.advance(29_999);
    expect(breaker.refuse()).toEqual(gone);
    clock.advance(1);
    expect(breaker.refuse()).toBeUndefined();
    expect(breaker.refuse()).toEqual(gone);
    breaker.failed(gone);
    expect(breaker.refuse()).toEqual(gone);
    clock.advance(30_000);
    expect(breaker.refuse()).toBeUndefined();
    breaker.succeeded();
    expect([breaker.refuse(), breaker.state, breaker.changes]).toEqual([undefined, 'closed', 5]);
  });
});

describe('createRetryBudget', () => {
  it('refuses the third in a minute and gives again after it', () => {
    const clock = createManualClock();
    const budget = createRetryBudget(clock, 2);
    expect([budget.take(), budget.take(), budget.take()]).toEqual([true, true, false]);
    clock.advance(60_000);
    expect(budget.take()).toBe(true);
  });
});

describe('createRequestMetrics', () => {
  it('tells percentiles of the newest thousand times', () => {
    const metrics = createRequestMetrics();
    for (let ms = 1; ms <= 2_000; ms += 1) metrics.answered(ms);
    metrics.failed(5_000);
    expect(metrics.read()).toEqual({
      answered: 2_000,
      failed: 1,
      retried: 0,
      heldBack: 0,
      p50Ms: 1_502,
      p95Ms: 1_952,
      p99Ms: 1_992,
    });
  });
});

describe('the request layer', () => {
  it('stops asking a server that does not answer, still probes it, and goes on when it is back', async () => {
    const server = await createRecordedComfy();
    const url = server.url;
    const port = Number(new URL(url).port);
    await server.close();
    const address = parseComfyAddress(url);
    if (!address.ok) throw new Error('unreadable address');
    const http = createComfyHttp(address.value, { clock: createManualClock() });
    for (let i = 0; i < 3; i += 1) await http.getJson('/queue');
    expect(await http.getJson('/queue')).toMatchObject({ error: { code: 'comfy/unreachable' } });
    expect(http.stats()).toMatchObject({ failed: 3, heldBack: 1, breaker: 'open' });
    const back = await createPracticeServer({ port });
    expect(await http.getJson('/prompt', { isProbe: true })).toMatchObject({ ok: true });
    expect(await http.getJson('/queue')).toMatchObject({ ok: true });
    expect(http.stats()).toMatchObject({ breaker: 'closed', breakerChanges: 2, answered: 2 });
    http.dispose();
    await back.close();
  });
});
