import { describe, expect, it } from 'vitest';
import { callTool, comfyGone, emptyContext } from '../../../tests/fakes/tool-context.ts';
import { getSystemStats } from './get-system-stats.tool.ts';

describe('get_system_stats', () => {
  it('tells graphics memory in gigabytes', async () => {
    expect(await callTool(getSystemStats, {}, emptyContext())).toMatchObject({
      ok: true,
      text: 'NVIDIA GeForce RTX 4090: 18.0 of 24.0 GB free. Memory: 96.0 of 128.0 GB free. ComfyUI 0.3.64',
    });
  });

  it('hands on that ComfyUI does not answer', async () => {
    expect(await callTool(getSystemStats, {}, emptyContext({ comfy: comfyGone() }))).toMatchObject({
      error: { code: 'comfy/unreachable' },
    });
  });
});
