import { describe, expect, it } from 'vitest';
import { callTool, comfyGone, emptyContext } from '../../../tests/fakes/tool-context.ts';
import { getAgentStats } from './get-agent-stats.tool.ts';

describe('get_agent_stats', () => {
  it('tells counts and times, and that a silent server is left alone', async () => {
    const stats = {
      answered: 12,
      failed: 3,
      retried: 1,
      heldBack: 2,
      p50Ms: 4,
      p95Ms: 90,
      p99Ms: 95,
      breaker: 'open' as const,
      breakerChanges: 1,
    };
    const comfy = { ...comfyGone(), requestStats: () => stats };
    const box = { ...comfyGone(), requestStats: () => ({ ...stats, breaker: 'closed' as const }) };
    const otherServers = [
      { ...box, connection: { ...box.connection, url: 'http://box:8188' } },
      { connection: box.connection },
    ];
    expect(await callTool(getAgentStats, {}, emptyContext({ comfy, otherServers }))).toMatchObject({
      value: { stats: { breaker: 'open' }, others: [{ url: 'http://box:8188' }] },
      text: expect.stringMatching(
        /left alone for a while\.\nhttp:\/\/box:8188: 12 answered[^\n]* 90 ms\.$/,
      ),
    });
    expect(await callTool(getAgentStats, {}, emptyContext({ comfy }))).toMatchObject({
      ok: true,
      text: '12 answered, 3 failed, 2 held back; half within 4 ms, 95 of 100 within 90 ms. It does not answer now and is left alone for a while.',
    });
  });

  it('says so when nothing can be asked', async () => {
    expect(await callTool(getAgentStats, {}, emptyContext({ comfy: null }))).toMatchObject({
      error: { code: 'comfy/not-connected' },
    });
  });
});
